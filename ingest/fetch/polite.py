"""Good manners: the pace that all requests share, and the portal's robots.txt."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from urllib.robotparser import RobotFileParser

from ingest.fetch.settings import AGENT

_JITTER = (1.1, 1.5)


class Pacer:
    """Lets requests out one after another, never nearer than ``delay`` seconds.

    The time runs from the moment a request was sent, not from when it was let
    out: a slow connection of one must not bring it close to the next.
    """

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self._free_at = 0.0
        self._gate = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Callable[[], None]]:
        """Wait until a request may go out; gives what to call once it has been sent."""
        await self._gate.acquire()
        waiting = True

        def sent() -> None:
            nonlocal waiting
            if waiting:
                waiting = False
                self.hold(self.delay * random.uniform(*_JITTER))  # noqa: S311
                self._gate.release()

        try:
            while (left := self._free_at - monotonic()) > 0:
                await asyncio.sleep(left)
            yield sent
        finally:
            sent()

    def hold(self, seconds: float) -> None:
        """Let nothing out for so long."""
        self._free_at = max(self._free_at, monotonic() + seconds)


class Rules:
    """What robots.txt allows this program."""

    def __init__(self, text: str) -> None:
        self._parser = RobotFileParser()
        self._parser.parse(text.splitlines())

    def allows(self, url: str) -> bool:
        """Whether this URL may be asked for."""
        return self._parser.can_fetch(AGENT, url)

    @property
    def delay(self) -> float:
        """Seconds between requests that the portal asks for; 0 where it asks for none."""
        rate = self._parser.request_rate(AGENT)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0
        return max(float(self._parser.crawl_delay(AGENT) or 0), by_rate)


def retry_after(header: str | None) -> float | None:
    """The header's seconds, given as a number or a date; None where it says nothing usable."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
