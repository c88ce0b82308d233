"""Talks to the portal: one pace for every request, another attempt where one may help."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from typing import Any, NamedTuple, TypeVar

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential, wait_random

from ingest.fetch.answers import Detail, Item, Page, envelope, to_detail, to_page
from ingest.fetch.errors import (
    BadAnswerError,
    BlockedError,
    StoppedError,
    UnreachableError,
    UnusableError,
)
from ingest.fetch.polite import Pacer, Rules, retry_after
from ingest.fetch.settings import PortalSettings

LARGEST = 16 * 1024 * 1024
_LONGEST_BACKOFF = 120.0
_MOST_REDIRECTS = 5
_T = TypeVar("_T")


class _Answer(NamedTuple):
    status: int
    content: bytes
    leads_to: httpx.URL | None


class Portal:
    """The portal's list and details; ``open_portal`` makes one."""

    def __init__(self, settings: PortalSettings, client: httpx.AsyncClient) -> None:
        self._settings = settings
        self._client = client
        self._pacer = Pacer(settings.portal_delay)
        self._backoff = wait_exponential(
            multiplier=settings.portal_backoff, max=_LONGEST_BACKOFF
        ) + wait_random(0, settings.portal_backoff)
        self._welcomed = False
        self._door = asyncio.Lock()

    async def obey_robots(self) -> None:
        """Read robots.txt and take over its pace. Raises UnusableError where it forbids us."""
        settings = self._settings
        try:
            rules = Rules(await self._patiently(self._read_robots))
        except (BadAnswerError, UnreachableError) as error:
            raise UnusableError(
                f"Không đọc được robots.txt của {settings.portal_url} ({error}) nên không tải gì; "
                "hãy kiểm tra mạng rồi chạy lại sau."
            ) from error
        for path in (
            settings.portal_welcome_path,
            settings.portal_list_path,
            settings.portal_detail_path,
        ):
            if not rules.allows(str(self._url(path))):
                raise UnusableError(
                    f"robots.txt của {settings.portal_url} không cho tải {path} nên không tải gì; "
                    "hãy liên hệ đơn vị quản lý Cổng để xin phép."
                )
        self._pacer.delay = max(self._pacer.delay, rules.delay)

    async def page(self, department: str, cursor: str) -> Page:
        """The page of the list behind ``cursor``. Raises BadAnswerError, UnreachableError."""
        body = {"q": "", "categoryId": "", **self._settings.portal_list_fields}
        _, data = await self._post(
            self._settings.portal_list_path,
            {
                **body,
                "limit": self._settings.portal_page_size,
                "lastId": cursor,
                "departmentCode": department,
            },
        )
        return to_page(data)

    async def detail(self, item: Item) -> Detail:
        """One procedure. Raises BadAnswerError, UnreachableError."""
        content, data = await self._post(self._settings.portal_detail_path, {"id": item.id})
        return to_detail(content, data, item)

    async def _post(self, path: str, body: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
        async def once() -> tuple[bytes, dict[str, Any]]:
            await self._welcome()
            answer = await self._send("POST", self._url(path), body)
            if answer.status not in (200, 201):
                raise BadAnswerError(f"Cổng trả lời mã {answer.status}")
            return answer.content, envelope(answer.content)

        return await self._patiently(once)

    async def _read_robots(self) -> str:
        """RFC 9309: a missing file allows everything, one that can't be had allows nothing."""
        root = httpx.URL(self._settings.portal_url).join("/robots.txt")
        answer = await self._get(root)
        if answer.status == 401:
            return "User-agent: *\nDisallow: /"
        return answer.content.decode("utf-8", errors="replace") if answer.status == 200 else ""

    async def _welcome(self) -> None:
        """Get the cookies that the portal gives its visitors; whether they help shows later."""
        async with self._door:
            if self._welcomed:
                return
            try:
                await self._get(self._url(self._settings.portal_welcome_path))
            except BlockedError:
                raise
            except UnreachableError:
                pass  # the API may answer all the same
            self._welcomed = True

    async def _get(self, url: httpx.URL) -> _Answer:
        """Ask for a page, and for where it leads to on the same host."""
        answer = await self._send("GET", url)
        for _ in range(_MOST_REDIRECTS):
            if not answer.leads_to or answer.leads_to.host != url.host:
                break
            answer = await self._send("GET", answer.leads_to)
        return answer

    async def _send(self, method: str, url: httpx.URL, body: Any = None) -> _Answer:
        """One request in its turn. Raises UnreachableError where another attempt may help."""
        try:
            async with self._pacer.turn() as sent:

                async def trace(event: str, info: object) -> None:
                    if event.endswith("send_request_body.complete"):
                        sent()

                return await self._exchange(
                    self._client.stream(method, url, json=body, extensions={"trace": trace})
                )
        except (httpx.RequestError, httpx.InvalidURL, TimeoutError) as error:
            late = isinstance(error, httpx.TimeoutException | TimeoutError)
            reason = "Cổng trả lời quá chậm" if late else "mất kết nối với Cổng"
            raise UnreachableError(reason) from error

    async def _exchange(self, stream: AbstractAsyncContextManager[httpx.Response]) -> _Answer:
        async with asyncio.timeout(2 * self._settings.portal_timeout), stream as response:
            self._refuse_busy(response)
            following = response.next_request.url if response.next_request else None
            return _Answer(response.status_code, await _read(response), following)

    def _url(self, path: str) -> httpx.URL:
        return httpx.URL(self._settings.portal_url + path)

    def _refuse_busy(self, response: httpx.Response) -> None:
        status, wait = response.status_code, retry_after(response.headers.get("retry-after"))
        if status in (403, 429):
            self._welcomed = False  # the cookies may be what it did not like
            raise BlockedError(f"Cổng chặn bớt yêu cầu (mã {status})", wait)
        if status == 408 or status >= 500:
            raise UnreachableError(f"Cổng đang lỗi (mã {status})", wait)

    async def _patiently(self, once: Callable[[], Awaitable[_T]]) -> _T:
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._settings.portal_attempts),
            retry=retry_if_exception_type(UnreachableError),
            wait=self._pause,
            reraise=True,
        )
        return await retrying(once)

    def _pause(self, attempt: RetryCallState) -> float:
        """Seconds until the next attempt; where the portal blocks, everyone's next request."""
        error = attempt.outcome.exception() if attempt.outcome else None
        asked = error.wait if isinstance(error, UnreachableError) else None
        if asked is not None and asked > self._settings.portal_patience:
            raise StoppedError(
                f"Cổng yêu cầu đợi {asked / 60:.0f} phút; hãy chạy lại sau chừng ấy thời gian."
            )
        pause = max(asked or 0.0, self._backoff(attempt))
        if isinstance(error, BlockedError):
            self._pacer.hold(pause)
        return pause


async def _read(response: httpx.Response) -> bytes:
    content = bytearray()
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > LARGEST:
            raise BadAnswerError(f"câu trả lời của Cổng dài hơn {LARGEST // 2**20} MB")
    return bytes(content)


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # slow to make, the same for every run


@asynccontextmanager
async def open_portal(settings: PortalSettings) -> AsyncIterator[Portal]:
    """Connect, with no more connections than the settings allow."""
    most = settings.portal_connections
    async with httpx.AsyncClient(
        headers={
            "User-Agent": settings.user_agent,
            "Accept": "application/json, text/html;q=0.9, */*;q=0.5",
            "Accept-Language": "vi",
        },
        limits=httpx.Limits(max_connections=most, max_keepalive_connections=most),
        timeout=settings.portal_timeout,
        verify=_certificates(),
    ) as client:
        yield Portal(settings, client)
