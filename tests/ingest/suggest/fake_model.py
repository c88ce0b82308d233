"""An OpenAI-style server on 127.0.0.1 that says what a test tells it to, over real HTTP."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ingest.phrases import read_file

CARD, HALL, LOST, TREE, TREE_ABOVE = (f"9.00000{n}" for n in range(1, 6))
"""The made-up records of tests/conftest.py; the last two bear one name."""
GOOD = {
    "names": ["xin cái thẻ mượn sách", "đăng ký đọc sách ở xã"],
    "situations": ["nghỉ hè con gái muốn đem truyện ở kho sách của xã về nhà coi"],
}
HALL_DRAFTS = {
    "names": ["hỏi mượn hội trường của làng"],
    "situations": ["tháng sau cưới con trai, sân nhà hẹp quá nên cần chỗ rộng bày cỗ"],
}


@dataclass(frozen=True)
class Say:
    """One answer: the model's ``text`` under ``status``, or the bytes of ``raw``, after a while."""

    text: str = ""
    status: int = 200
    raw: bytes | None = None
    after: float = 0.0
    finish: str = "stop"


def good(**drafts: list[str]) -> Say:
    """A well-formed answer with these drafts; GOOD when none are given."""
    return Say(json.dumps(drafts or GOOD, ensure_ascii=False))


def drafted(out: Path) -> dict[str, list[str]]:
    """The drafts in a file, by code, read as phrases are read."""
    return {code: [e.text for e in entries] for code, entries in read_file(out).items()}


@dataclass
class FakeModel:
    """Gives ``answers`` in turn, then ``default`` for ever; keeps every request's body."""

    answers: deque[Say] = field(default_factory=deque)
    default: Say | None = None
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    url: str = ""

    def told(self) -> list[str]:
        """What stood in each request's user message."""
        return [body["messages"][-1]["content"] for body in self.bodies]

    def asked(self) -> list[str]:
        """The name of the record in each request."""
        return [told.split("Tên: ")[1].splitlines()[0] for told in self.told()]

    def next(self) -> Say:
        if self.answers:
            return self.answers.popleft()
        assert self.default, "the server was asked once too often"
        return self.default


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    model: FakeModel

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model.bodies.append(body)
        self.model.keys.append(self.headers.get("Authorization"))
        found = self.path == "/v1/chat/completions"
        say = self.model.next() if found else Say(status=404)
        time.sleep(say.after)
        with suppress(BrokenPipeError, ConnectionResetError):  # who asked has gone
            self._send(say, body["model"])

    def _send(self, say: Say, name: str) -> None:
        content = _envelope(say, name) if say.raw is None else say.raw
        self.send_response(say.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Retry-After-Ms", "1")
        self.end_headers()
        self.wfile.write(content)


def _envelope(say: Say, name: str) -> bytes:
    if say.status != 200:
        return json.dumps({"error": {"message": "no", "type": "x", "code": None}}).encode()
    message = {"role": "assistant", "content": say.text}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": name,
            "choices": [{"index": 0, "message": message, "finish_reason": say.finish}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }
    ).encode()


@contextmanager
def serving(model: FakeModel) -> Iterator[FakeModel]:
    """Serve ``model`` on a free port."""
    handler = type("Handler", (_Handler,), {"model": model})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
