"""Whatever the portal sends, judging it gives an answer or a FetchError with a sentence."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.answers import CODE, Item, envelope, shown, to_detail, to_page
from ingest.fetch.errors import FetchError

_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_CODES = _VALUES | st.sampled_from(["1.001193", "../../x", "1.001193\n", "1.001193/.."])
_ROWS = st.fixed_dictionaries({}, optional={"id": _VALUES | st.just("a-1"), "code": _CODES})
_PAGES = st.fixed_dictionaries(
    {}, optional={"items": st.lists(_ROWS | _VALUES) | _VALUES, "lastId": _VALUES, "total": _VALUES}
)


@given(st.binary() | _VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_data_or_a_fault(content: bytes):
    with contextlib.suppress(FetchError):
        assert isinstance(envelope(content), dict)


@given(_PAGES)
def test_any_page_gives_only_safe_items(data: dict[str, Any]):
    with contextlib.suppress(FetchError):
        page = to_page(data)
        assert len(page.items) + len(page.refused) == len(data["items"])
        assert all(CODE.fullmatch(item.code) and "/" not in item.id for item in page.items)
        assert page.cursor.isascii()


@given(_PAGES | _ROWS, st.text())
def test_only_the_procedure_asked_for_is_taken(data: dict[str, Any], name: str):
    with contextlib.suppress(FetchError):
        detail = to_detail(b"", data | {"name": name}, Item("a-1", "1.001193"))
        assert (detail.data["code"], detail.data["id"]) == ("1.001193", "a-1") and name.strip()


@given(_VALUES)
def test_foreign_text_is_short_and_steers_no_terminal(value: Any):
    assert len(shown(value)) <= 60 and shown(value).isprintable()
