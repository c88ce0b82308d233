"""The chat page in a real browser, against the real application."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: pip install playwright")

from playwright.sync_api import Browser, Locator, Page, Route, expect

HOSTILE_CODE = "9.999999"
HOSTILE_TEXT = "<img src=x onerror=\"document.title='hong'\">"
FIRST_LOAD_LIMIT = 60_000
SMALLEST_TARGET = 44

expect.set_options(timeout=15_000)


def ask(page: Page, question: str) -> Locator:
    """Type a question, press Enter, and wait for the answer to it."""
    page.get_by_label("Câu hỏi của anh/chị").fill(question)
    before = page.locator(".bot").count()
    page.keyboard.press("Enter")
    return answer_after(page, before)


def answer_after(page: Page, before: int) -> Locator:
    """The newest answer once there are more than ``before``."""
    expect(page.locator(".bot")).to_have_count(before + 1)
    return page.locator(".bot").last


def fulfil(page: Page, **reply: object) -> None:
    """Let the server answer every question with ``reply``."""
    body = {"status": "answered", "text": "", **reply}
    page.route("**/api/chat", lambda route: route.fulfill(json=body))


def test_a_question_gets_the_named_procedure_with_its_fee(page: Page) -> None:
    answer = ask(page, "Đăng ký tạm trú hết bao nhiêu tiền?")
    expect(answer.get_by_role("heading", name="Đăng ký tạm trú")).to_be_visible()
    expect(answer.get_by_role("heading", name="Lệ phí")).to_be_visible()
    expect(answer).to_contain_text("7.000 đồng")
    expect(answer).to_be_focused()
    expect(page.locator(".you")).to_have_text(re.compile("Đăng ký tạm trú hết bao nhiêu tiền"))
    expect(page.get_by_label("Câu hỏi của anh/chị")).to_have_value("")


def test_sources_are_folded_listed_once_and_open_safely(page: Page) -> None:
    answer = ask(page, "Đăng ký tạm trú")
    fold = answer.locator("details", has_text="Nguồn")
    expect(fold.get_by_role("link")).to_be_hidden()
    fold.get_by_text("Nguồn", exact=True).click()
    expect(fold.get_by_role("listitem")).to_have_count(1)
    portal = answer.get_by_role("link", name="Xem thủ tục này trên Cổng dịch vụ công")
    for link in (portal, fold.get_by_role("link")):
        expect(link).to_have_attribute("href", re.compile("^https://"))
        expect(link).to_have_attribute("rel", "noopener")
        expect(link).to_have_attribute("target", "_blank")
    expect(answer.get_by_text("Cần lưu ý")).to_be_visible()


def test_every_next_question_stays_with_the_procedure(page: Page) -> None:
    ask(page, "Đăng ký khai sinh cần giấy tờ gì?")
    asked = set()
    for _ in range(5):
        chip = page.locator(".chips button").first
        label = chip.inner_text()
        before = page.locator(".bot").count()
        chip.click()
        answer = answer_after(page, before)
        expect(page.locator(".you").last).to_contain_text(label)
        expect(answer.get_by_role("heading", name="Đăng ký khai sinh")).to_be_visible()
        asked.add(label)
    assert {"Lệ phí bao nhiêu?", "Các bước thế nào?", "Căn cứ pháp lý nào?"} <= asked


def test_an_option_answers_an_ambiguous_question(page: Page) -> None:
    reply = ask(page, "xác nhận cư trú")
    option = reply.get_by_role("button").first
    label = option.inner_text()
    before = page.locator(".bot").count()
    with page.expect_request("**/api/chat") as sent:
        option.click()
    assert re.fullmatch(r"\d\.\d{6}", json.loads(sent.value.post_data or "")["message"])
    answer = answer_after(page, before)
    expect(page.locator(".you").last).to_contain_text(label)
    expect(answer.get_by_role("heading", name=label)).to_be_visible()


def test_options_are_not_listed_twice(page: Page) -> None:
    options = [{"label": "Một", "value": "1.000001"}, {"label": "Hai", "value": "1.000002"}]
    fulfil(page, status="clarify", text="Việc nào?\n1. Một\n2. Hai", options=options)
    reply = ask(page, "việc gì đó")
    expect(reply.get_by_text("Một")).to_have_count(1)
    expect(reply.get_by_role("button")).to_have_count(2)


def test_a_new_conversation_forgets_the_procedure(page: Page) -> None:
    ask(page, "Đăng ký khai sinh")
    page.get_by_role("button", name="Cuộc trò chuyện mới").click()
    expect(page.locator(".message")).to_have_count(1)
    expect(page.get_by_role("button", name="Cuộc trò chuyện mới")).to_be_hidden()
    expect(page.locator(".starters button")).to_have_count(4)
    reply = ask(page, "Lệ phí bao nhiêu?")
    expect(reply.get_by_role("heading", name="Đăng ký khai sinh")).to_have_count(0)


def test_a_late_answer_does_not_enter_a_new_conversation(page: Page) -> None:
    held: list[Route] = []
    page.route("**/api/chat", lambda route: held.append(route))
    page.locator(".starters button").first.click()
    expect(page.get_by_text("Đang tìm trong hồ sơ")).to_be_visible()
    page.get_by_role("button", name="Cuộc trò chuyện mới").click()
    expect(page.locator(".message")).to_have_count(1)
    expect(page.get_by_text("Đang tìm trong hồ sơ")).to_have_count(0)
    expect(page.get_by_role("button", name="Thử lại")).to_have_count(0)
    page.unroute("**/api/chat")
    ask(page, "Đăng ký kết hôn cần giấy tờ gì?")


@pytest.mark.parametrize(
    "question", [HOSTILE_TEXT, f"{HOSTILE_CODE} cần giấy tờ gì?", HOSTILE_CODE]
)
def test_markup_of_people_and_records_is_only_text(page: Page, question: str) -> None:
    title = page.title()
    ask(page, question)
    expect(page.locator("#log").get_by_text("<img src=x").first).to_be_visible()
    expect(page.locator("#log img, #log script, #log [onerror]")).to_have_count(0)
    assert page.title() == title


def test_markup_and_script_addresses_in_a_reply_are_only_text(page: Page) -> None:
    bad = "javascript:document.title='hong'"
    fulfil(
        page,
        text=(
            f"**{HOSTILE_TEXT}** (mã 1)\n\n**{HOSTILE_TEXT}**\n- {HOSTILE_TEXT}\n"
            f"_{HOSTILE_TEXT}_\n{bad}"
        ),
        procedure={"code": "1.000001", "name": HOSTILE_TEXT, "url": bad},
        options=[{"label": HOSTILE_TEXT, "value": HOSTILE_TEXT}],
        sources=[{"code": "1", "title": HOSTILE_TEXT, "section": "fee", "url": bad}],
        notices=[HOSTILE_TEXT],
    )
    title = page.title()
    reply = ask(page, "gì đó")
    for summary in reply.locator("summary").all():
        summary.click()
    expect(reply.get_by_text("<img src=x")).to_have_count(7)
    expect(reply.locator("a, img, script")).to_have_count(0)
    assert page.title() == title


def test_offline_keeps_the_text_and_retry_works(page: Page, noise: list[str]) -> None:
    question = page.get_by_label("Câu hỏi của anh/chị")
    page.context.set_offline(True)
    question.fill("Đăng ký kết hôn cần giấy tờ gì?")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_text("đang mất mạng")).to_be_visible()
    expect(question).to_have_value("Đăng ký kết hôn cần giấy tờ gì?")
    expect(page.locator(".you")).to_have_count(0)
    page.context.set_offline(False)
    noise.clear()
    before = page.locator(".bot").count()
    page.get_by_role("button", name="Thử lại").click()
    expect(
        answer_after(page, before).get_by_role("heading", name="Đăng ký kết hôn")
    ).to_be_visible()
    expect(page.get_by_text("đang mất mạng")).to_have_count(0)
    expect(question).to_have_value("")


def test_a_failing_server_is_told_plainly_and_a_chip_can_be_tried_again(
    page: Page, noise: list[str]
) -> None:
    page.route("**/api/chat", lambda route: route.fulfill(status=503, body="<h1>down</h1>"))
    page.locator(".starters button").first.click()
    expect(page.get_by_text("máy chủ đang trục trặc")).to_be_visible()
    expect(page.get_by_role("button", name="Thử lại")).to_be_focused()
    noise.clear()
    page.unroute("**/api/chat")
    page.keyboard.press("Enter")
    expect(
        page.locator(".bot").last.get_by_role("heading", name="Đăng ký khai sinh")
    ).to_be_visible()


def test_a_refusal_shows_what_the_server_says(page: Page, noise: list[str]) -> None:
    problem = json.dumps({"status": 413, "detail": "Nội dung gửi lên quá lớn."})
    page.route("**/api/chat", lambda route: route.fulfill(status=413, body=problem))
    page.get_by_label("Câu hỏi của anh/chị").fill("dài")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nội dung gửi lên quá lớn.")).to_be_visible()
    expect(page.get_by_label("Câu hỏi của anh/chị")).to_have_value("dài")
    noise.clear()


def test_silence_ends_after_fifteen_seconds(page: Page) -> None:
    page.clock.install()
    page.route("**/api/chat", lambda route: None)
    page.get_by_label("Câu hỏi của anh/chị").fill("Đăng ký kết hôn")
    page.keyboard.press("Enter")
    page.clock.fast_forward(14_000)
    expect(page.get_by_text("Đang tìm trong hồ sơ")).to_be_visible()
    page.clock.fast_forward(2_000)
    expect(page.get_by_text("Chờ lâu mà chưa thấy trả lời")).to_be_visible()
    expect(page.get_by_label("Câu hỏi của anh/chị")).to_have_value("Đăng ký kết hôn")


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô nhập câu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    question = page.get_by_label("Câu hỏi của anh/chị")
    expect(question).to_be_focused()
    page.keyboard.type("Đăng ký kết hôn")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("cần giấy tờ gì?")
    expect(question).to_have_value("Đăng ký kết hôn\ncần giấy tờ gì?")
    page.keyboard.press("Enter")
    answer = answer_after(page, 1)
    expect(answer).to_be_focused()
    chip = page.locator(".chips button").first
    for _ in range(20):
        page.keyboard.press("Tab")
        if chip.evaluate("node => node === document.activeElement"):
            break
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(answer_after(page, 2)).to_be_focused()


def test_enter_that_ends_a_composed_word_does_not_send(page: Page) -> None:
    question = page.get_by_label("Câu hỏi của anh/chị")
    question.fill("đăng ký")
    question.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.locator(".you")).to_have_count(0)


def test_screen_readers_get_one_labelled_log_and_named_senders(page: Page) -> None:
    ask(page, "Đăng ký kết hôn")
    expect(page.get_by_role("log", name="Cuộc trò chuyện")).to_have_count(1)
    expect(page.locator("[aria-live], [role=status], [role=alert]")).to_have_count(0)
    expect(page.get_by_role("article", name="Anh/chị hỏi")).to_have_count(1)
    expect(page.get_by_role("article", name="Trợ lý tự động")).to_have_count(2)
    assert page.locator("html").get_attribute("lang") == "vi"


def test_light_markdown_becomes_headings_lists_and_cases(page: Page) -> None:
    text = (
        "**Tên việc** (mã 1.000001)\n\n**Giấy tờ**\n1. Đơn _viết tay_\n2. Thẻ **gốc**\n"
        "**Tùy trường hợp**\nCó thẻ không? Nếu **Có**:\n- Thẻ\n"
        "Có thẻ không? Nếu **Không**:\n- Đơn\n"
        "Lưu ý: nên hỏi trước.\n\nTải mẫu: https://example.vn/mau_don_1.pdf.\nGọi 18001096."
    )
    fulfil(page, text=text)
    reply = ask(page, "gì đó")
    expect(reply.get_by_role("heading", level=3)).to_have_text("Tên việc mã 1.000001")
    expect(reply.get_by_role("heading", level=4)).to_have_text(["Giấy tờ", "Tùy trường hợp"])
    expect(reply.locator("ol > li")).to_have_text(["Đơn viết tay", "Thẻ gốc"])
    expect(reply.get_by_text("Có thẻ không?")).to_have_count(1)
    expect(reply.locator("details.case summary")).to_have_text(["Nếu Có", "Nếu Không"])
    expect(reply.locator("em")).to_have_text("viết tay")
    expect(reply.locator(".note")).to_contain_text("nên hỏi trước.")
    link = reply.get_by_role("link", name="https://example.vn/mau_don_1.pdf")
    expect(link).to_have_attribute("href", "https://example.vn/mau_don_1.pdf")
    expect(reply.get_by_role("link", name="18001096")).to_have_attribute("href", "tel:18001096")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 256), (1280, 800), (1080, 1920)])
def test_nothing_is_cut_off_and_targets_are_large(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    ask(page, "xác nhận cư trú")
    ask(page, "Đăng ký thường trú")
    for summary in page.locator("#log summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in page.locator("button:visible, textarea:visible, summary:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET, target.inner_text()
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 18


def test_the_first_load_is_small(browser: Browser, address: str) -> None:
    context = browser.new_context()
    sizes: list[int] = []
    opened = context.new_page()
    opened.on("response", lambda response: sizes.append(len(response.body())))
    opened.goto(address, wait_until="networkidle")
    context.close()
    assert len(sizes) >= 5
    assert sum(sizes) < FIRST_LOAD_LIMIT


def test_without_scripts_the_page_says_what_to_do(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    expect(opened.locator("noscript p")).to_be_visible()
    expect(opened.locator("noscript p")).to_contain_text("cần JavaScript")
    expect(opened.locator("form")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(360, 740), (1280, 800)])
def test_axe_finds_nothing(
    browser: Browser, address: str, scheme: str, size: tuple[int, int]
) -> None:
    script = Path(os.environ.get("AXE_CORE", "axe.min.js"))
    if not script.is_file():
        pytest.skip("AXE_CORE names no axe.min.js: npm pack axe-core")
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.add_script_tag(path=script)
    faults = axe(page)
    ask(page, "xác nhận cư trú")
    ask(page, "Đăng ký thường trú")
    for summary in page.locator("#log summary").all():
        summary.click()
    page.route("**/api/chat", lambda route: route.abort())
    page.locator(".chips button").first.click()
    expect(page.get_by_role("button", name="Thử lại")).to_be_visible()
    faults += axe(page)
    context.close()
    assert faults == []


def axe(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run({runOnly: tags})", tags)
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found["violations"]]
