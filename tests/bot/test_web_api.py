"""The JSON API over real HTTP: answers, records, papers, health."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from bot.messages import Reply
from index.procedure import Procedure

Record = Callable[[str], Procedure]


def chat(web: httpx.Client, message: str, **more: Any) -> Reply:
    response = web.post("/api/chat", json={"message": message, **more})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    return Reply.model_validate_json(response.text)


def test_a_question_is_answered_as_the_contract_says(web: httpx.Client) -> None:
    response = web.post("/api/chat", json={"message": "tách hộ hết bao nhiêu tiền"})
    body = response.json()
    assert list(body) == [
        "status",
        "text",
        "procedure",
        "aspects",
        "card",
        "options",
        "sources",
        "candidates",
        "notices",
        "index",
        "timings_ms",
    ]
    assert (body["status"], body["procedure"]["code"]) == ("answered", "1.010038")
    assert body["aspects"] == ["fee"]
    assert body["card"]["methods"][0]["fees"] == [{"amount": 10000, "per": "lần đăng ký"}]
    assert "10.000 đồng/lần đăng ký" in body["text"]
    assert response.headers["cache-control"] == "no-store"


def test_a_conversation_is_remembered_across_requests(web: httpx.Client) -> None:
    chat(web, "tách hộ mất bao lâu", conversation="web-a")
    chat(web, "đăng ký kết hôn cần gì", conversation="web-b")
    follow_up = chat(web, "còn lệ phí thì sao", conversation="web-a")
    assert follow_up.procedure is not None
    assert (follow_up.procedure.code, follow_up.aspects) == ("1.010038", ("fee",))
    assert chat(web, "còn lệ phí thì sao", conversation="web-c").status == "clarify"
    assert chat(web, "còn lệ phí thì sao").status == "clarify"


def test_an_offered_option_is_chosen_in_the_next_request(web: httpx.Client) -> None:
    offered = chat(web, "1.000894 và 1.004873 hết bao nhiêu tiền", conversation="web-d")
    chosen = chat(web, offered.options[1].value, conversation="web-d")
    assert chosen.procedure is not None
    assert (chosen.procedure.code, chosen.aspects) == ("1.004873", ("fee",))


@pytest.mark.parametrize("message", ["", " ", "?", "😀", "\x00", "a" * 20_000, "\u202e"], ids=ascii)
def test_every_message_gets_a_reply(web: httpx.Client, message: str) -> None:
    assert chat(web, message).status in ("clarify", "blocked")


@pytest.mark.parametrize(
    "message",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> tách hộ",
        "{{7*7}}${7*7}{% raw %}",
        "\r\nX-Evil: 1\r\n\r\n<b>",
        "</script><svg/onload=alert(1)>",
    ],
)
def test_hostile_text_comes_back_only_as_json_data(web: httpx.Client, message: str) -> None:
    response = web.post("/api/chat", json={"message": message, "conversation": message})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "x-evil" not in response.headers
    reply = Reply.model_validate_json(response.text)
    assert "49" not in reply.text
    assert message not in reply.text


def test_twenty_people_at_once_each_get_their_own_answer(web: httpx.Client) -> None:
    asked = [
        ("tách hộ mất bao lâu", "1.010038", "5 ngày làm việc"),
        ("mất căn cước làm lại bao lâu có", "1.014064", "7 ngày làm việc"),
        ("hòa giải tranh chấp đất đai mất bao lâu", "1.012812", "40 ngày"),
        ("lệ phí tách hộ", "1.010038", "5.000 đồng/lần đăng ký"),
        ("sao y bản chính bao nhiêu tiền một trang", "2.000815", "2.000 đồng/trang"),
    ] * 4

    def follow(number: int) -> tuple[Reply, Reply]:
        conversation = f"crowd-{number}"
        first = chat(web, asked[number][0], conversation=conversation)
        return first, chat(web, "nộp ở đâu", conversation=conversation)

    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(follow, range(20)))
    for (_, code, quote), (first, second) in zip(asked, replies, strict=True):
        assert first.procedure is not None
        assert second.procedure is not None
        assert (first.procedure.code, second.procedure.code) == (code, code)
        assert quote in first.text
        assert second.aspects == ("where",)


def test_procedures_are_ranked_for_a_question(web: httpx.Client) -> None:
    found = web.get("/api/procedures", params={"q": "tach ho", "k": 5}).json()
    assert found[0] == {"code": "1.010038", "name": "Tách hộ", "score": 1.0}
    scores = [one["score"] for one in found]
    assert (len(found), scores) == (5, sorted(scores, reverse=True))
    assert len(web.get("/api/procedures", params={"q": "tách hộ"}).json()) == 10


@pytest.mark.parametrize(
    "query", ["%00", "%FF%FE", "%20", "%F0%9F%98%80", "!!!", "%E2%80%AE", "a" * 2000]
)
def test_odd_queries_are_searched_all_the_same(web: httpx.Client, query: str) -> None:
    response = web.get(f"/api/procedures?q={query}")
    assert (response.status_code, len(response.json())) == (200, 10)


@pytest.mark.parametrize("query", ["", "q=", "q=a&k=0", "q=a&k=51", "q=a&k=x", "q=" + "a" * 2001])
def test_queries_out_of_bounds_are_refused(web: httpx.Client, query: str) -> None:
    assert web.get(f"/api/procedures?{query}").status_code == 422


def test_a_record_is_given_whole(web: httpx.Client, record: Record) -> None:
    response = web.get("/api/procedures/1.014064")
    assert response.status_code == 200
    assert Procedure.model_validate_json(response.text) == record("1.014064")
    assert response.json()["documents"][0]["original"] == 1


def test_papers_are_sorted_for_a_situation(web: httpx.Client) -> None:
    path = "/api/procedures/1.014064/checklist"
    response = web.post(path, json={"answers": {"reason": "mat", "age": "duoi_14"}})
    assert response.status_code == 200
    groups = {
        name: [paper["id"] for paper in response.json()[name]]
        for name in ("needed", "maybe", "not_needed")
    }
    assert groups == {
        "needed": ["request", "representative", "collected_information"],
        "maybe": ["population_form", "legal_papers"],
        "not_needed": ["old_card"],
    }
    assert [q["id"] for q in response.json()["questions"]] == ["in_database"]
    assert web.post(path, json={}).json()["questions"][0]["answers"]["mat"] == "Thẻ bị mất"


def test_health_and_readiness_are_told(web: httpx.Client) -> None:
    alive, ready = web.get("/healthz"), web.get("/readyz")
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert ready.status_code == 200
    assert ready.json() == {
        "status": "ok",
        "index": chat(web, "xin chào").index,
        "procedures": len(web.get("/api/procedures", params={"q": "a", "k": 50}).json()),
    }
