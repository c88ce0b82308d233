"""Claims of a reply traced back to the record."""

import pytest

from bot.compose import compose
from bot.draft import Draft, Tools
from bot.settings import Settings
from evaluation.trace import claims, untraced


@pytest.fixture
def said(tiny_records, tiny_searcher):
    """The composed overview of the library card, as JSON, with its record."""
    record = tiny_records[0]
    draft = Draft(message="", aspects=("overview", "legal_basis"), procedure=record)
    reply = compose(draft, Tools(tiny_searcher, Settings())).reply
    return reply.model_dump(mode="json"), record


def test_a_composed_reply_is_borne_out(said):
    reply, record = said
    assert untraced(reply, record, ()) == []
    assert {"amount", "duration", "date", "code"} <= {kind for kind, _ in claims(reply["text"])}


@pytest.mark.parametrize(
    ("true", "false", "kind"),
    [
        ("5.000 đồng", "50.000 đồng", "amount"),
        ("3 ngày làm việc", "5 ngày làm việc", "duration"),
        ("10/06/2026", "11/06/2026", "date"),
        ("9.000001", "9.000002", "code"),
        ("Đơn xin cấp thẻ", "Giấy khám sức khỏe", "paper"),
    ],
)
def test_an_invented_value_is_found(said, true, false, kind):
    reply, record = said
    assert true in reply["text"]
    spoilt = reply | {"text": reply["text"].replace(true, false)}
    assert any(f.startswith(kind) for f in untraced(spoilt, record, ()))


@pytest.mark.parametrize(
    "words", ["Theo 99/2024/NĐ-CP.", "Xem https://example.com/le-phi", "Căn cứ 12/2020/QH14"]
)
def test_an_invented_law_or_link_is_found(said, words):
    reply, record = said
    assert untraced(reply | {"text": reply["text"] + "\n" + words}, record, ())


def test_a_sibling_may_be_named_by_its_code(said, tiny_records):
    reply, record = said
    told = reply | {"text": reply["text"] + "\n- Tỉnh: mã 9.000005"}
    assert untraced(told, record, ()) == ["code: 9.000005"]
    assert untraced(told, record, (tiny_records[4],)) == []
