"""Whole answers: what each aspect shows, and what it says where a field is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.messages import Aspect, Reply
from index.procedure import Doubt, Fee, Method, Procedure, Time
from index.validation import to_procedure
from prompts import say

Compose = Callable[..., Reply]
Record = Callable[[str], Procedure]
EMPTY = to_procedure({"code": "9.000001", "name": "Thủ tục thử"}, "here")
MISSING: dict[Aspect, str] = {
    "documents": "giấy tờ cần nộp",
    "fee": "lệ phí",
    "time": "thời hạn giải quyết",
    "where": "nơi nộp",
    "online": "có nộp trực tuyến được không",
    "conditions": "điều kiện riêng",
    "result": "kết quả",
    "forms": "mẫu đơn, tờ khai riêng",
    "legal_basis": "căn cứ pháp lý",
    "steps": "các bước thực hiện",
    "level": "cấp giải quyết",
}


def made(**fields: object) -> Procedure:
    return to_procedure({"code": "9.000001", "name": "Thủ tục thử", **fields}, "here")


@pytest.mark.parametrize(("aspect", "what"), MISSING.items())
def test_a_missing_field_is_said_to_be_missing(compose: Compose, aspect: Aspect, what: str) -> None:
    reply = compose(EMPTY, aspect)
    assert say("unknown_field", what=what) in reply.text
    assert reply.card == {}


def test_an_answer_begins_with_the_name_and_ends_with_the_source(
    compose: Compose, record: Record
) -> None:
    lines = compose(record("1.010038"), "time").text.split("\n")
    assert lines[0] == "**Tách hộ** (mã 1.010038)"
    assert lines[-1] == (
        "_Nguồn: hồ sơ 1.010038 trên Cổng dịch vụ công quốc gia, "
        f"quyết định {record('1.010038').source.decision}, kiểm tra ngày 10/06/2026._"
    )


def test_a_source_without_decision_and_date_says_neither(compose: Compose) -> None:
    last = compose(EMPTY, "time").text.split("\n")[-1]
    assert last == "_Nguồn: hồ sơ 9.000001 trên Cổng dịch vụ công quốc gia._"


def test_ways_that_cost_the_same_share_a_line(compose: Compose, record: Record) -> None:
    text = compose(record("1.002759"), "fee").text
    assert "**Lệ phí**\n- Trực tiếp, trực tuyến, bưu chính: miễn phí\n" in text


def test_no_fee_of_zero_is_called_free(compose: Compose, record: Record) -> None:
    text = compose(record("1.013133"), "fee").text
    assert "- Trực tiếp: 0 đồng" in text
    assert "miễn" not in text.lower()


def test_two_rows_of_one_way_are_told_apart_by_their_notes(
    compose: Compose, record: Record
) -> None:
    text = compose(record("2.000815"), "fee").text
    assert "10 USD/bản. Nộp tại cơ quan đại diện Việt Nam ở nước ngoài." in text


def test_two_times_of_one_way_are_told_apart_by_their_notes(
    compose: Compose, record: Record
) -> None:
    rows = compose(record("1.013225"), "time").text.split("\n")
    assert [r for r in rows if r.startswith("- Trực tiếp: 15 ngày") and "Nhà ở riêng lẻ" in r]
    assert [r for r in rows if r.startswith("- Trực tiếp: 20 ngày") and "Công trình khác" in r]


def test_papers_are_grouped_by_their_condition(compose: Compose, record: Record) -> None:
    text = compose(record("1.014064"), "documents").text
    always, depends = text.split("**Tùy trường hợp của anh/chị**")
    assert "1. Phiếu đề nghị giải quyết thủ tục về căn cước (mẫu DC02) (1 bản chính)." in always
    assert "2. Phiếu thu nhận thông tin căn cước (mẫu CC01)" in always
    heading = "Người cần cấp lại thẻ bao nhiêu tuổi? Nếu **Dưới 14 tuổi**:\n- Giấy tờ, tài liệu"
    assert heading in depends
    both = depends.split("Nếu **Chưa có** hoặc **Tôi không rõ**:\n")[1].split("\n")
    assert both[0].startswith("- Phiếu thu thập thông tin dân cư (mẫu DC01) (1 bản chính).")
    assert both[1].startswith("- Giấy tờ, tài liệu chứng minh thông tin công dân (1 bản chính).")


def test_alternatives_are_named_beside_the_paper_they_replace(
    compose: Compose, record: Record
) -> None:
    text = compose(record("1.001193"), "documents").text
    line = next(row for row in text.split("\n") if row.startswith("- Giấy chứng sinh"))
    assert "Có thể thay bằng: Văn bản của người làm chứng xác nhận về việc sinh; Giấy cam" in line


def test_cases_of_a_portal_record_lead_their_papers(compose: Compose) -> None:
    papers = [
        {"id": "a", "name": "Đơn", "case": "Nộp mới"},
        {"id": "b", "name": "Thẻ cũ", "case": "Cấp lại"},
        {"id": "c", "name": "Ảnh", "case": "Nộp mới"},
    ]
    text = compose(made(documents=papers), "documents").text
    assert "**Giấy tờ cần có**\n_Nộp mới_\n1. Đơn.\n2. Ảnh.\n_Cấp lại_\n3. Thẻ cũ.\n" in text


def test_a_paper_of_no_case_does_not_fall_under_the_case_before_it(compose: Compose) -> None:
    papers = [{"id": "a", "name": "Đơn", "case": "Nộp mới"}, {"id": "b", "name": "Ảnh"}]
    text = compose(made(documents=papers), "documents").text
    assert "_Nộp mới_\n1. Đơn.\n2. Ảnh." not in text


def test_forms_are_listed_once_with_their_address(compose: Compose) -> None:
    form = {"name": "Mẫu 01", "url": "https://example.vn/mau"}
    papers = [{"id": i, "name": "Đơn", "form": form} for i in ("a", "b")]
    papers.append({"id": "c", "name": "Đơn", "form": {"name": "Mẫu 02"}})
    text = compose(made(documents=papers), "forms").text
    listed = "**Mẫu đơn, tờ khai**\n- Mẫu 01: https://example.vn/mau\n- Mẫu 02\n"
    assert listed in text


def test_doubts_show_every_reading_under_the_aspect_they_are_about_only(
    compose: Compose, record: Record
) -> None:
    tach = record("1.014064")
    fee_doubt = next(d for d in tach.doubts if d.field == "methods.fees")
    told = say("doubt", readings=" / ".join(fee_doubt.readings))
    assert len(fee_doubt.readings) == 2
    for aspect in MISSING:
        reply = compose(tach, aspect)
        assert (told in reply.text) == (aspect == "fee")
        assert (fee_doubt.why in reply.notices) == (aspect == "fee")


@pytest.mark.parametrize(
    ("field", "aspects"),
    [
        ("methods.time", {"time"}),
        ("methods", {"fee", "time"}),
        ("documents", {"documents"}),
        ("documents.a", {"documents"}),
        ("conditions", {"conditions"}),
        ("results", {"result"}),
        ("legal_basis", {"legal_basis"}),
        ("steps", {"steps"}),
        ("online", {"online"}),
    ],
)
def test_a_doubt_is_shown_where_its_field_is_told(
    compose: Compose, field: str, aspects: set[str]
) -> None:
    doubtful = made(doubts=[{"field": field, "readings": ["một", "hai"], "why": "vì sao"}])
    shown = {a for a in MISSING if "một / hai" in compose(doubtful, a).text}
    assert shown == aspects


def test_every_aspect_that_tells_a_field_tells_its_doubt(compose: Compose, record: Record) -> None:
    marriage = record("1.000894")
    doubt = next(d for d in marriage.doubts if d.field == "agency.decides")
    where = compose(marriage, "where").text
    assert "- Nơi giải quyết: Ủy ban nhân dân cấp xã" in where
    assert " / ".join(doubt.readings) in where


def test_what_was_not_parsed_is_quoted_as_the_print(compose: Compose) -> None:
    text = compose(made(unparsed={"documents": "1 bộ (02 tờ)…", "steps": "???"}), "documents").text
    assert "Cổng ghi nguyên văn: “1 bộ (02 tờ)…”" in text
    assert "???" not in text


def test_an_overview_shows_summary_place_time_fee_and_papers(
    compose: Compose, record: Record
) -> None:
    reply = compose(record("1.014064"), "overview")
    titles = ["Nộp ở đâu", "Bao lâu có kết quả", "Lệ phí", "Giấy tờ cần có"]
    places = [reply.text.index(f"**{title}**") for title in titles]
    assert places == sorted(places)
    assert str(record("1.014064").summary) in reply.text
    assert [source.section for source in reply.sources] == ["where", "time", "fee", "documents"]
    assert reply.aspects == ("overview",)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("full", "Nộp trực tuyến toàn trình được."),
        ("partial", "Nộp trực tuyến được một phần."),
        ("none", "Không nộp trực tuyến được."),
    ],
)
def test_filing_online_is_said_as_the_record_says_it(
    compose: Compose, value: str, said: str
) -> None:
    assert said in compose(made(online=value), "online").text


def test_filing_online_is_never_concluded_from_silence(compose: Compose) -> None:
    text = compose(made(methods=[{"way": "direct"}, {"way": "post"}]), "online").text
    assert "Hồ sơ trên Cổng không ghi cách nộp trực tuyến, chỉ ghi: trực tiếp, bưu chính." in text


def test_a_way_without_a_fee_is_not_given_the_fee_of_another(compose: Compose) -> None:
    paid, silent = Method(way="direct", fees=(Fee(amount=5000),)), Method(way="online", time=Time())
    text = compose(EMPTY.model_copy(update={"methods": (paid, silent)}), "fee").text
    assert "- Trực tiếp: 5.000 đồng\n" in text
    assert "rực tuyến" not in text


def test_a_doubt_of_an_unknown_field_breaks_nothing(compose: Compose) -> None:
    odd = EMPTY.model_copy(update={"doubts": (Doubt(field="x.y.z", readings=("a",), why="b"),)})
    assert all(compose(odd, aspect).status == "answered" for aspect in MISSING)


@pytest.mark.parametrize("code", ["1.002759", "1.013225", "2.001019", "2.001035", "2.001263"])
def test_every_doubt_is_told_somewhere(compose: Compose, record: Record, code: str) -> None:
    whole = compose(record(code), *MISSING).text
    assert [d.why for d in record(code).doubts if " / ".join(d.readings) not in whole] == []


def test_notes_that_the_steps_refer_to_are_told(compose: Compose, record: Record) -> None:
    insurance = record("1.002759")
    assert any("Phần lưu ý" in step for step in insurance.steps)
    whole = compose(insurance, *MISSING, "overview").text
    assert [note for note in insurance.notes if note.rstrip(".") not in whole] == []
