"""What every HTTP answer has in common: problem documents, headers, limits, pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest
from fastapi import FastAPI

from bot.answer import Assistant
from bot.channels.web import create_app
from bot.draft import Tools
from bot.memory import Memories
from index.search import Hits, Searcher
from prompts import say

Serving = Callable[[FastAPI], AbstractContextManager[str]]
CHECKLIST = "/api/procedures/1.014064/checklist"
ERRORS: list[tuple[str, str, int, dict[str, object]]] = [
    ("GET", "/nowhere", 404, {}),
    ("GET", "/static/nothing.js", 404, {}),
    ("GET", "/static/..%2f..%2fweb.py", 404, {}),
    ("GET", "/api/procedures/9.999999", 404, {}),
    ("GET", "/api/procedures/%3Cscript%3E", 404, {}),
    ("POST", "/api/procedures/9.999999/checklist", 404, {"json": {"answers": {}}}),
    ("GET", "/api/chat", 405, {}),
    ("DELETE", "/api/procedures/1.014064", 405, {}),
    ("POST", "/", 405, {}),
    ("POST", "/api/chat", 422, {"json": {}}),
    ("POST", "/api/chat", 422, {"json": {"message": 5}}),
    ("POST", "/api/chat", 422, {"json": {"message": "a", "mood": "b"}}),
    ("POST", "/api/chat", 422, {"json": {"message": "a", "conversation": ""}}),
    ("POST", "/api/chat", 422, {"json": {"message": "a", "conversation": "c" * 101}}),
    ("POST", "/api/chat", 422, {"json": []}),
    ("POST", "/api/chat", 422, {"content": b'{"message": "a'}),
    ("POST", "/api/chat", 422, {"content": b""}),
    ("POST", "/api/chat", 422, {"content": b"message=a"}),
    ("POST", "/api/chat", 400, {"content": b'{"message": "\xff\xfe"}'}),
    ("POST", "/api/chat", 400, {"content": b"[" * 60_000}),
    ("POST", "/api/chat", 413, {"content": b'{"message": "' + b"a" * 70_000 + b'"}'}),
    ("POST", CHECKLIST, 422, {"json": {"answers": {"reason": "nope"}}}),
    ("POST", CHECKLIST, 422, {"json": {"answers": {"nobody": "mat"}}}),
    ("POST", CHECKLIST, 422, {"json": {"answers": {"reason": 1}}}),
    ("POST", CHECKLIST, 413, {"content": b" " * 70_000}),
]
NAMES = [f"{method} {path} {status}" for method, path, status, _ in ERRORS]


def is_problem(response: httpx.Response, status: int) -> dict[str, object]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = response.json()
    assert list(body) == ["type", "title", "status", "detail"]
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert body["title"]
    assert body["detail"]
    return body


def is_hardened(response: httpx.Response) -> None:
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert "server" not in response.headers or "/" not in response.headers["server"]


@pytest.mark.parametrize(("method", "path", "status", "sent"), ERRORS, ids=NAMES)
def test_every_error_is_a_problem_document_with_security_headers(
    web: httpx.Client, method: str, path: str, status: int, sent: dict[str, object]
) -> None:
    headers = {"content-type": "application/json"}
    response = web.request(method, path, headers=headers, **sent)  # type: ignore[arg-type]
    is_problem(response, status)
    is_hardened(response)


@pytest.mark.parametrize("path", ["/api/chat", CHECKLIST])
def test_a_large_body_without_a_length_is_refused_too(web: httpx.Client, path: str) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"message": "'
        for _ in range(300):
            yield b"a" * 1000
        yield b'"}'

    headers = {"content-type": "application/json"}
    is_problem(web.post(path, content=pieces(), headers=headers), 413)


def test_a_body_in_pieces_under_the_limit_is_read(web: httpx.Client) -> None:
    pieces = iter([b'{"message": ', b'"xin ch\xc3', b'\xa0o"}'])
    response = web.post("/api/chat", content=pieces, headers={"content-type": "application/json"})
    assert response.json()["text"] == say("greeting")


def test_a_refused_method_names_those_allowed(web: httpx.Client) -> None:
    assert web.get("/api/chat").headers["allow"] == "POST"


def test_an_unreadable_body_is_told_in_vietnamese(web: httpx.Client) -> None:
    headers = {"content-type": "application/json"}
    response = web.post("/api/chat", content=b'{"message": "\xff"}', headers=headers)
    assert "There was an error" not in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (CHECKLIST, b'{"answers": {"\\ud800": "a"}}'),
        (CHECKLIST, b'{"answers": {"reason": "\\ud800"}}'),
    ],
)
def test_half_a_character_is_refused_like_any_other_fault(
    web: httpx.Client, path: str, body: bytes
) -> None:
    headers = {"content-type": "application/json", "connection": "close"}
    is_problem(web.post(path, content=body, headers=headers), 422)


def test_half_a_character_in_a_message_is_no_fault(web: httpx.Client) -> None:
    headers = {"content-type": "application/json"}
    response = web.post("/api/chat", content=b'{"message": "\\ud83d"}', headers=headers)
    assert response.json()["text"] == say("empty")


def test_a_problem_says_which_part_of_the_body_is_wrong(web: httpx.Client) -> None:
    assert "message" in web.post("/api/chat", json={"message": 5}).json()["detail"]
    detail = web.post(CHECKLIST, json={"answers": {"reason": "nope"}}).json()["detail"]
    assert "reason=nope" in detail


class FailsLater(Searcher):
    """A searcher whose index is lost after the application has started."""

    started = False

    def search(self, question: str, k: int = 10) -> Hits:
        if self.started:
            raise OSError("the index is gone")
        self.started = True
        return super().search(question, k)


@pytest.fixture
def failing(tools: Tools, serving: Serving) -> Iterator[httpx.Client]:
    searcher = FailsLater(tools.searcher.snapshot, tools.searcher.encoder)
    app = create_app(Assistant(Tools(searcher, tools.settings), Memories(60)))
    fresh = httpx.Limits(max_keepalive_connections=0)
    with serving(app) as address, httpx.Client(base_url=address, limits=fresh) as client:
        yield client


def test_a_failure_inside_is_a_problem_that_tells_nothing_of_it(failing: httpx.Client) -> None:
    response = failing.get("/api/procedures", params={"q": "a"})
    is_problem(response, 500)
    assert "index" not in response.text
    assert failing.get("/healthz").status_code == 200


def test_a_failure_inside_has_security_headers_too(failing: httpx.Client) -> None:
    is_hardened(failing.get("/api/procedures", params={"q": "a"}))


def test_a_failure_inside_an_answer_is_still_a_reply(failing: httpx.Client) -> None:
    reply = failing.post("/api/chat", json={"message": "tách hộ"}).json()
    assert (reply["status"], reply["text"]) == ("error", say("failed", hotline="18001096"))


def assets(html: str) -> list[str]:
    return re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)""", html)


def test_the_chat_page_greets_and_loads_only_from_here(web: httpx.Client) -> None:
    page = web.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert " ".join(say("greeting").split()) in " ".join(page.text.split())
    is_hardened(page)
    loaded = [url for url in assets(page.text) if not url.startswith(("tel:", "#"))]
    assert [url for url in loaded if not url.startswith("/static/")] == []
    assert {url: web.get(url).status_code for url in loaded} == dict.fromkeys(loaded, 200)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|<style|\sstyle=", page.text)


def test_the_chat_page_does_not_echo_its_address(web: httpx.Client) -> None:
    assert "zq9" not in web.get("/", params={"q": "<script>zq9</script>"}).text


def test_the_documentation_loads_nothing_from_elsewhere(web: httpx.Client) -> None:
    page = web.get("/docs")
    assert page.status_code == 200
    is_hardened(page)
    assert re.findall(r"https?://[^\s\"']+", page.text) == []
    for url in assets(page.text):
        assert web.get(url).status_code == 200


def test_the_documentation_may_run_what_it_contains(web: httpx.Client) -> None:
    page = web.get("/docs")
    assert re.search(r"<script>\s*\S", page.text)
    policy = page.headers["content-security-policy"]
    assert re.search(r"script-src [^;]*'unsafe-inline'", policy)


def test_the_interface_is_described(web: httpx.Client) -> None:
    described = web.get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert {"/api/chat", "/api/procedures", "/api/procedures/{code}", "/healthz"} <= set(
        described["paths"]
    )
    assert "Reply" in described["components"]["schemas"]
