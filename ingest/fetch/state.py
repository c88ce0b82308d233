"""What has to be remembered between runs beside the details: the list and how far it was read.

A SQLite file, so that a kill at any moment leaves the last whole step. While
it is open, no other run can use the same folder.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.fetch.answers import Item, Page
from ingest.fetch.errors import UnusableError

NAME = ".fetch-state"
_FORMAT = "1"
_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS items (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE,
    stamp TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS refused (code TEXT PRIMARY KEY, reason TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS asked (id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS left_out (id TEXT PRIMARY KEY);
"""


class State:
    """The list of one scope, and which of its items this round has asked for already.

    A round begins with a new list and ends when nothing of it is left to do.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def begin(self, scope: str, now: float, keep_seconds: float) -> None:
        """Go on with the list of an unfinished round of the same scope, else start a new one."""
        age = now - float(self._fact("begun") or 0)
        if self._fact("scope") == scope and 0 <= age <= keep_seconds:
            return
        with self._database:
            for table in ("items", "refused", "asked", "facts"):
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608
            self._tell(scope=scope, begun=str(now), format=_FORMAT)

    def finish(self) -> None:
        """End the round: the next run asks for the list anew."""
        with self._database:
            self._tell(scope="")

    def add(self, page: Page, *, last: bool) -> list[Item]:
        """Keep a page and the cursor behind it; gives the items that were not yet listed."""
        with self._database:
            new = [item for item in page.items if self._insert(item)]
            self._database.executemany("INSERT OR IGNORE INTO refused VALUES (?, ?)", page.refused)
            self._tell(
                cursor=page.cursor,
                total=str(page.total),
                complete="1" if last else "",
                doubles=str(self.doubles + len(page.items) - len(new)),
            )
        return new

    def items(self) -> list[Item]:
        """Everything listed so far, in the portal's order."""
        rows = self._database.execute("SELECT id, code, stamp, tries FROM items ORDER BY place")
        return [Item(key, code, json.loads(stamp), tries) for key, code, stamp, tries in rows]

    def refused(self) -> list[tuple[str, str]]:
        """Rows of the list that are of no use, each with the reason."""
        return list(self._database.execute("SELECT code, reason FROM refused ORDER BY code"))

    @property
    def cursor(self) -> str:
        """Where the list goes on."""
        return self._fact("cursor")

    @property
    def total(self) -> int:
        """How many procedures the portal says that there are."""
        return int(self._fact("total") or 0)

    @property
    def doubles(self) -> int:
        """How many rows repeated an id or a code listed before; the first one counts."""
        return int(self._fact("doubles") or 0)

    @property
    def complete(self) -> bool:
        """Whether the list has been read to its end."""
        return bool(self._fact("complete"))

    def mark_asked(self, item: Item) -> None:
        """Remember that this round has fetched the item."""
        self._keep("INSERT OR IGNORE INTO asked VALUES (?)", item.id)

    def mark_tried(self, item: Item) -> None:
        """Remember that asking failed: the others come first next time."""
        self._keep("UPDATE items SET tries = tries + 1 WHERE id = ?", item.id)

    def leave_out(self, item: Item) -> None:
        """Remember that the item is not done at commune level."""
        self._keep("INSERT OR IGNORE INTO left_out VALUES (?)", item.id)

    def take_in(self, item: Item) -> None:
        """Forget that the item was left out."""
        self._keep("DELETE FROM left_out WHERE id = ?", item.id)

    def asked(self) -> set[str]:
        """Ids that this round has fetched."""
        return self._ids("asked")

    def left_out(self) -> set[str]:
        """Ids known to be done elsewhere than at commune level."""
        return self._ids("left_out")

    def _insert(self, item: Item) -> bool:
        row = (item.id, item.code, json.dumps(item.stamp, sort_keys=True))
        statement = "INSERT OR IGNORE INTO items (id, code, stamp) VALUES (?, ?, ?)"
        return self._database.execute(statement, row).rowcount == 1

    def _keep(self, statement: str, key: str) -> None:
        with self._database:
            self._database.execute(statement, (key,))

    def _ids(self, table: str) -> set[str]:
        return {key for (key,) in self._database.execute(f"SELECT id FROM {table}")}  # noqa: S608

    def _fact(self, name: str) -> str:
        row = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _tell(self, **facts: str) -> None:
        self._database.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())


@contextmanager
def open_state(folder: Path) -> Iterator[State]:
    """Open the state of a folder for this run alone. Raises UnusableError."""
    path = folder / NAME
    try:
        with closing(sqlite3.connect(path, timeout=0)) as database:
            _prepare(database)
            yield State(database)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            sentence = f"Một lần tải khác đang chạy trong {folder}; hãy đợi nó xong rồi chạy lại."
        else:
            sentence = f"Không ghi được {path} ({error}); hãy kiểm tra quyền ghi và chỗ trống."
        raise UnusableError(sentence) from error
    except sqlite3.DatabaseError as error:
        raise UnusableError(
            f"Tệp trạng thái {path} bị hỏng; hãy xóa tệp này rồi chạy lại, "
            "các thủ tục đã tải vẫn còn."
        ) from error


def _prepare(database: sqlite3.Connection) -> None:
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
        database.execute(f"PRAGMA {pragma}")
    _run(database, ["BEGIN EXCLUSIVE", *_TABLES.split(";"), "COMMIT"])
    written = database.execute("SELECT value FROM facts WHERE name = 'format'").fetchone()
    if written and written[0] != _FORMAT:
        raise sqlite3.DatabaseError(f"format {written[0]}")


def _run(database: sqlite3.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        if statement.strip():
            database.execute(statement)
