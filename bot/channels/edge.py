"""What every HTTP answer has in common: body limit, security headers, problem documents."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

BODY_LIMIT = 64 * 1024
"""Bytes of a request's body; the longest message allowed is far shorter."""

_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_DOCS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'"
)
_TITLES = {
    400: "Không đọc được",
    404: "Không tìm thấy",
    405: "Không hỗ trợ",
    413: "Quá lớn",
    422: "Dữ liệu chưa đúng",
    500: "Máy gặp trục trặc",
}
_DETAILS = {
    400: "Nội dung gửi lên không đọc được; cần JSON mã UTF-8.",
    404: "Không có trang này.",
    405: "Địa chỉ này không nhận cách gọi đó.",
}


class Edge:
    """ASGI middleware: refuses bodies over the limit, however sent, and adds security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        started = False

        async def hardened(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        body = await _read(receive)
        if body is None:
            await problem(413, "Nội dung gửi lên quá lớn.")(scope, receive, hardened)
            return
        try:
            await self._app(scope, _replay(body, receive), hardened)
        except Exception:
            log.exception("a request failed")
            if started:
                raise
            await problem(500, "Máy gặp trục trặc; xin thử lại sau ít phút.")(
                scope, receive, hardened
            )


async def _read(receive: Receive) -> list[Message] | None:
    """The messages that make up a body, or None when it grows over the limit."""
    messages: list[Message] = []
    size = 0
    while not messages or messages[-1].get("more_body"):
        message = await receive()
        size += len(message.get("body", b""))
        if size > BODY_LIMIT:
            return None
        messages.append(message)
    return messages


def _replay(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def replayed() -> Message:
        return next(waiting, None) or await receive()

    return replayed


def _add_headers(headers: MutableHeaders, path: str) -> None:
    headers["Content-Security-Policy"] = _DOCS_POLICY if path == "/docs" else _POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An RFC 9457 problem document; what is no text in ``detail`` is replaced."""
    detail = detail.encode("utf-8", "replace").decode("utf-8")
    title = _TITLES.get(status, "Lỗi")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Put the edge around ``app``."""
    app.add_middleware(Edge)
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _input_problem)


async def _http_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    ours = request.url.path.startswith("/api/procedures/") and error.status_code != 405
    detail = str(error.detail) if ours else _DETAILS.get(error.status_code, str(error.detail))
    return problem(error.status_code, detail, error.headers)


async def _input_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    places = sorted({".".join(str(p) for p in fault["loc"]) for fault in error.errors()})
    return problem(422, f"Kiểm tra lại: {', '.join(places)}.")
