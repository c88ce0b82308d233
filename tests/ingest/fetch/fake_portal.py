"""A portal on this machine that behaves as the national one is said to, faults included."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen"
WELCOME = "/thu-tuc-hanh-chinh"


def uuid(number: int) -> str:
    return f"019d2bf7-0000-7000-8000-{number:012d}"


def procedure(number: int, **fields: Any) -> dict[str, Any]:
    """A made-up detail with the keys of a real one."""
    return {
        "id": uuid(number),
        "code": f"9.{number:06d}",
        "codeNotation": f"9.{number:06d}",
        "name": f"Cấp thẻ thư viện số {number}",
        "decisionNo": "",
        "departmentPromulgateCode": "G99",
        "isWard": number % 2 == 0,
        "isProvince": True,
        "updatedAt": 1775836631278,
        "executionSteps": [{"name": "", "description": "Bạn đọc nộp đơn.\n" * 20}],
    } | fields


@dataclass
class Arrival:
    """One request as the server saw it."""

    at: float
    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class FakePortal:
    """Holds procedures, answers as the portal does, writes down who asked what and when.

    ``faults`` maps "list", "welcome", "robots" or a procedure's id to what goes
    wrong, one entry a request; "always:…" stays.
    """

    procedures: list[dict[str, Any]]
    rows: list[Any] | None = None
    total: int | None = None
    robots: str | None = None
    row_keys: tuple[str, ...] = ("id", "code", "codeNotation", "name")
    faults: dict[str, deque[Any]] = field(default_factory=dict)
    latency: float = 0.0
    arrivals: list[Arrival] = field(default_factory=list)
    most_at_once: int = 0
    errors: list[BaseException] = field(default_factory=list)
    url: str = ""
    session: int = 1
    busy: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, whom: str, *faults: Any) -> None:
        """Let the next requests for ``whom`` go wrong."""
        self.faults.setdefault(whom, deque()).extend(faults)

    def next_fault(self, whom: str) -> Any:
        queue = self.faults.get(whom)
        if not queue:
            return None
        if str(queue[0]).startswith("always:"):
            return queue[0].removeprefix("always:")
        return queue.popleft()

    def asked(self) -> Counter[str]:
        """How often each detail was asked for."""
        return Counter(a.body["id"] for a in self.arrivals if a.path == DETAIL)

    def pages(self) -> list[dict[str, Any]]:
        """The bodies of the list's requests."""
        return [a.body for a in self.arrivals if a.path == LIST]

    def listed(self, body: dict[str, Any]) -> dict[str, Any]:
        """One page of the list."""
        found = self.rows
        if found is None:
            found = [
                {key: p[key] for key in self.row_keys}
                for p in self.procedures
                if body["departmentCode"] in ("", p["departmentPromulgateCode"])
            ]
        ids = [row.get("id") if isinstance(row, dict) else row for row in found]
        start = ids.index(body["lastId"]) + 1 if body["lastId"] else 0
        page = found[start : start + body["limit"]]
        cursor = ids[start + len(page) - 1] if page else ""
        total = len(found) if self.total is None else self.total
        return {"items": page, "lastId": cursor, "total": total}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer waits 40 ms for an acknowledgement
    portal: FakePortal

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve(None)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self._serve(json.loads(self.rfile.read(length)))

    def _serve(self, body: Any) -> None:
        at, portal = time.monotonic(), self.portal
        with portal.lock:
            portal.arrivals.append(
                Arrival(at, self.command, self.path, dict(self.headers.items()), body)
            )
            portal.busy += 1
            portal.most_at_once = max(portal.most_at_once, portal.busy)
        try:
            time.sleep(portal.latency)
            self._answer(body)
        finally:
            with portal.lock:
                portal.busy -= 1

    def _answer(self, body: Any) -> None:
        portal = self.portal
        if self.path == "/robots.txt":
            if not self._spoilt("robots"):
                self._text(404 if portal.robots is None else 200, portal.robots or "")
        elif self.path == WELCOME and self.command == "GET":
            if not self._spoilt("welcome"):
                self._text(200, "<html>", {"Set-Cookie": f"session={portal.session}; Path=/"})
        elif self.command != "POST":
            self._text(200, "<html><title>Request Rejected</title></html>")
        elif f"session={portal.session}" not in self.headers.get("Cookie", ""):
            self._text(403, "no cookie")
        elif self.path == LIST:
            if body["limit"] > 200:
                self._text(400, "")
            elif not self._spoilt("list"):
                self._json({"code": "OK", "data": portal.listed(body)})
        elif self.path == DETAIL and not self._spoilt(body["id"]):
            found = [p for p in portal.procedures if p["id"] == body["id"]]
            answer = {"code": "OK", "data": found[0]} if found else {"code": "NOT_FOUND"}
            self._json(answer, 201 if found else 200)

    def _spoilt(self, whom: str) -> bool:
        """Do what goes wrong this time, if anything does."""
        fault = self.portal.next_fault(whom)
        if fault is None:
            return False
        name, _, value = str(fault).partition(" ")
        if name == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif name == "cut":  # the length promises more than comes
            self._head(200, 5000)
            self.wfile.write(b'{"code": "OK", "da')
            self.close_connection = True
        elif name == "drip":  # never silent for long, never done
            self._head(200, 1000)
            for _ in range(40):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
            self.close_connection = True
        elif name == "slow":
            time.sleep(float(value))
            self.close_connection = True
        elif name == "say":
            self._text(200, value)
        elif name == "forget":  # the session is over
            self.portal.session += 1
            self._text(403, "")
        else:
            self._text(int(name), "", {"Retry-After": value} if value else {})
        return True

    def _json(self, answer: Any, status: int = 200) -> None:
        self._text(status, json.dumps(answer, ensure_ascii=False))

    def _text(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        content = text.encode()
        self._head(status, len(content), headers)
        self.wfile.write(content)

    def _head(self, status: int, length: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, portal: FakePortal) -> None:
        super().__init__(("127.0.0.1", 0), type("Handler", (_Handler,), {"portal": portal}))
        self.portal = portal

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no fault of the server; all else fails the test."""
        error = sys.exception()
        if error and not isinstance(error, OSError | ValueError):  # ValueError: closed file
            self.portal.errors.append(error)


@contextmanager
def serving(portal: FakePortal) -> Iterator[FakePortal]:
    """Open the portal on a free port of this machine."""
    server = _Server(portal)
    portal.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert portal.errors == []


def held(out: Path) -> dict[str, dict[str, Any]]:
    """The details in the folder by code."""
    files = sorted(out.glob("*.json"))
    return {f.stem: json.loads(f.read_text(encoding="utf-8"))["data"] for f in files}
