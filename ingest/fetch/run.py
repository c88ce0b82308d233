"""One run: reads the list as far as needed, then fetches what is missing, three at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ingest.fetch.answers import Detail, Item, stamp_of
from ingest.fetch.errors import BadAnswerError, StoppedError, UnreachableError, UnusableError
from ingest.fetch.folder import Folder
from ingest.fetch.portal import Portal
from ingest.fetch.settings import PortalSettings
from ingest.fetch.state import State

BARREN_PAGES = 3
FAILURES_IN_A_ROW = 5
Show = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Order:
    """What was asked for: whose procedures, which of them, how many at most."""

    department: str = ""
    commune: bool = False
    update: bool = False
    limit: int | None = None


@dataclass
class Counts:
    """What a run found and did; the failures by code, each with its reason."""

    listed: int = 0
    total: int = 0
    doubles: int = 0
    refused: int = 0
    fetched: int = 0
    updated: int = 0
    unchanged: int = 0
    already: int = 0
    left_out: int = 0
    unlisted: list[str] = field(default_factory=list)
    left: int = 0
    failed: dict[str, str] = field(default_factory=dict)


class Run:
    """Fetches one order into one folder. ``counts`` is true at every moment."""

    def __init__(
        self, settings: PortalSettings, order: Order, folder: Folder, state: State, show: Show
    ) -> None:
        self.counts = Counts()
        self._settings, self._order = settings, order
        self._folder, self._state, self._show = folder, state, show
        self._pending: list[Item] = []
        self._asked: set[str] = set()
        self._left_out: set[str] = set()
        self._failures_in_a_row = 0
        self._again = False
        self._done = 0

    async def go(self, portal: Portal) -> None:
        """Do it. Raises UnusableError, StoppedError; what has been fetched stays."""
        self._folder.sweep()
        await portal.obey_robots()
        self._begin()
        await self._list(portal)
        await self._fetch(portal)
        if self._state.complete and not self.counts.left and not self._again:
            self._state.finish()

    def _begin(self) -> None:
        """Take up the list of an unfinished round, if it is of the same scope and not too old."""
        settings = self._settings
        scope = "|".join(
            (
                settings.portal_url,
                settings.portal_list_path,
                self._order.department,
                *(f"{k}={v}" for k, v in sorted(settings.portal_list_fields.items())),
            )
        )
        self._state.begin(scope, time.time(), settings.portal_list_hours * 3600)
        self._asked, self._left_out = self._state.asked(), self._state.left_out()
        self._sort(self._state.items())

    async def _list(self, portal: Portal) -> None:
        """Read the list from where it was left, to its end or as far as the limit needs it."""
        barren = 0
        while not self._state.complete and not self._enough():
            cursor = self._state.cursor
            try:
                page = await portal.page(self._order.department, cursor)
            except (BadAnswerError, UnreachableError) as error:
                raise self._no_list(error) from error
            before = self.counts.listed
            empty = not page.items and not page.refused
            last = empty or page.cursor in ("", cursor) or barren >= BARREN_PAGES
            self._sort(self._state.add(page, last=last))
            barren = 0 if self.counts.listed > before else barren + 1  # a cursor that goes round
            self._show("Đọc danh sách", self.counts.listed, self.counts.total)
        refused = self._state.refused()
        self.counts.refused = len(refused)
        self.counts.failed |= dict(refused)
        if self._state.complete and not self.counts.listed and not refused:
            self._state.finish()
            raise UnusableError(
                "Danh sách của Cổng trống; hãy kiểm tra lại mã cơ quan và các cài đặt."
            )
        if self._state.complete:
            listed = {item.code for item in self._state.items()}
            self.counts.unlisted = sorted(self._folder.codes() - listed)

    def _no_list(self, error: Exception) -> UnusableError | StoppedError:
        if not self.counts.listed:
            return UnusableError(f"Không đọc được danh sách thủ tục của Cổng: {error}.")
        return StoppedError(
            f"Mới đọc được {self.counts.listed} hàng của danh sách thì phải dừng: {error}. "
            "Chạy lại lệnh này để đọc tiếp."
        )

    def _enough(self) -> bool:
        limit = self._order.limit
        return limit is not None and len(self._pending) >= limit

    def _sort(self, items: list[Item]) -> None:
        """Tell the items that have to be fetched from those that need not."""
        for item in items:
            if self._wanted(item):
                self._pending.append(item)
        self.counts.listed += len(items)
        self.counts.total, self.counts.doubles = self._state.total, self._state.doubles
        self.counts.left = len(self._pending)

    def _wanted(self, item: Item) -> bool:
        held = self._folder.held(item)
        if held is not None:
            stays = not self._order.update or item.id in self._asked or _is_current(item, held)
            self.counts.already += stays
            return not stays
        if not self._order.commune or item.id not in self._left_out:
            return True
        again = self._order.update and item.id not in self._asked
        self.counts.left_out += not again
        return again

    async def _fetch(self, portal: Portal) -> None:
        """Fetch what is pending; what failed before comes last."""
        chosen = sorted(self._pending, key=lambda item: item.tries)[: self._order.limit]
        queue = iter(chosen)

        async def work() -> None:
            for item in queue:
                await self._one(portal, item)
                self._done += 1
                self._show("Tải thủ tục", self._done, len(chosen))

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._settings.portal_connections):
                    group.create_task(work())
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _one(self, portal: Portal, item: Item) -> None:
        try:
            self._keep(item, await portal.detail(item))
        except BadAnswerError as error:
            self._failures_in_a_row = 0
            self._fail(item, error)
        except UnreachableError as error:
            self._again = True
            self._failures_in_a_row += 1
            self._fail(item, error)
            if self._failures_in_a_row >= FAILURES_IN_A_ROW:
                raise StoppedError(
                    f"{FAILURES_IN_A_ROW} thủ tục liền nhau không tải được ({error}) nên dừng "
                    "để không làm phiền Cổng; hãy chạy lại sau."
                ) from error

    def _fail(self, item: Item, error: Exception) -> None:
        self._state.mark_tried(item)
        self.counts.left -= 1
        self.counts.failed[item.code] = str(error)

    def _keep(self, item: Item, detail: Detail) -> None:
        """Write a detail, unless it is out of scope or says what the file says already."""
        held = self._folder.held(item)
        if held == detail.data:
            self.counts.unchanged += 1
        elif held is None and self._order.commune and not detail.at_commune:
            self._state.leave_out(item)
            self.counts.left_out += 1
        else:
            self._folder.write(item.code, detail.content)
            self._state.take_in(item)
            self.counts.fetched += held is None
            self.counts.updated += held is not None
        self._state.mark_asked(item)
        self._failures_in_a_row = 0
        self.counts.left -= 1


def _is_current(item: Item, held: dict[str, Any]) -> bool:
    """Whether the list itself tells that a detail is the newest; a list without dates does not."""
    return "updatedAt" in item.stamp and item.stamp.items() <= stamp_of(held).items()
