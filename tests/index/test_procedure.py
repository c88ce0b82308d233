"""The typed record: what it holds, what it refuses to change, what it survives."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from index.procedure import (
    Change,
    Doubt,
    Effective,
    Fee,
    LegalBasis,
    Method,
    Procedure,
    Question,
    Source,
    Time,
)
from index.snapshot import dump
from index.validation import to_procedure
from ingest.read import curated_dir, read_curated

BIRTH = next(curated_dir().glob("1.001193*.yaml"))
CURATED = sorted(curated_dir().glob("*.yaml"))

texts = st.text(min_size=1, max_size=12).filter(lambda t: t.strip())
slugs = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
codes = st.from_regex(r"[0-9]\.[0-9]{6}", fullmatch=True).filter(str.isascii)
counts = st.none() | st.integers(0, 20)
amounts = st.integers(1, 10**9) | st.floats(0.01, 1e9)
fees = st.builds(
    Fee, amount=st.none() | st.integers(1, 10**9), per=st.none() | texts, text=st.none() | texts
) | (st.builds(Fee, free=st.just(True), note=st.none() | texts))
times = st.builds(
    Time,
    value=st.none() | amounts,
    unit=st.sampled_from(["working_day", "day", "hour", "month", "unknown"]),
    text=st.none() | texts,
)
methods = st.builds(
    Method,
    way=st.sampled_from(["direct", "online", "post"]),
    time=st.none() | times,
    fees=st.lists(fees, max_size=2).map(tuple),
)
several = st.lists(texts, max_size=2).map(tuple)


@st.composite
def documents(draw: st.DrawFn, questions: tuple[Question, ...]) -> tuple[dict[str, Any], ...]:
    """Papers as plain data, with conditions and replacements that exist."""
    ids = draw(st.lists(slugs, max_size=3, unique=True))
    papers = []
    for paper in ids:
        when = {
            q.id: draw(st.lists(st.sampled_from(sorted(q.answers)), min_size=1, unique=True))
            for q in questions
            if draw(st.booleans())
        }
        instead = draw(st.lists(st.sampled_from(ids), max_size=2))
        sheets = {"original": draw(counts), "copy": draw(counts)}
        papers.append({"id": paper, "name": draw(texts), "when": when, "instead": instead} | sheets)
    return tuple(papers)


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    """Records with every kind of field that a snapshot keeps."""
    answers = st.dictionaries(slugs, texts, min_size=2, max_size=3)
    questions = tuple(
        Question(id=name, ask=draw(texts), answers=draw(answers))
        for name in draw(st.lists(slugs, max_size=2, unique=True))
    )
    bare = Procedure(
        code=draw(codes),
        name=draw(texts),
        aliases=draw(several),
        questions=questions,
        methods=draw(st.lists(methods, max_size=2).map(tuple)),
        notes=draw(several),
        legal_basis=draw(st.lists(st.builds(LegalBasis, number=texts), max_size=2).map(tuple)),
        doubts=draw(
            st.lists(
                st.builds(Doubt, field=texts, readings=st.tuples(texts, texts), why=texts),
                max_size=1,
            ).map(tuple)
        ),
        unparsed=draw(st.dictionaries(slugs, texts, max_size=2)),
        origin=draw(st.dictionaries(slugs, st.sampled_from(["curated", "portal"]), max_size=2)),
        changes=draw(
            st.lists(st.builds(Change, field=texts, before=texts, after=texts), max_size=1).map(
                tuple
            )
        ),
        source=draw(st.builds(Source, checked_on=st.none() | st.dates())),
        effective=draw(st.none() | st.builds(Effective, start=st.none() | st.dates())),
    )
    plain = json.loads(bare.model_dump_json(by_alias=True))
    return to_procedure(plain | {"documents": draw(documents(questions))}, "hypothesis")


def test_the_model_record_loads_with_its_typed_fields() -> None:
    record = to_procedure(yaml.safe_load(BIRTH.read_text("utf-8")), BIRTH.name)
    assert (record.code, record.name) == ("1.001193", "Đăng ký khai sinh")
    assert (record.field, record.levels) == ("Hộ tịch", ("xa",))
    assert record.agency.decides == "Ủy ban nhân dân cấp xã"
    assert [m.way for m in record.methods] == ["direct", "online", "post"]
    assert record.results == ("Giấy khai sinh",)
    assert record.source.checked_on == date(2026, 6, 10)
    assert (record.source.decision, record.source.kind) == ("163/QĐ-BTP", "curated")
    assert [d.field for d in record.doubts] == ["methods.fees", "methods.time"]


def test_a_single_answer_and_a_list_of_answers_are_both_conditions() -> None:
    record = to_procedure(yaml.safe_load(BIRTH.read_text("utf-8")), BIRTH.name)
    papers = {d.id: d for d in record.documents}
    assert papers["declaration"].when == {"filing": ("direct", "post")}
    assert papers["electronic_form"].when == {"filing": ("online",)}
    assert papers["birth_certificate"].when == {"abandoned": ("khong",), "birth_paper": ("giay",)}
    assert papers["birth_certificate"].instead == ("witness_statement", "pledge")
    assert (papers["identity"].kind, papers["identity"].original) == ("present", 1)
    assert papers["identity"].copies is None


@pytest.mark.parametrize("path", CURATED, ids=lambda p: p.name.partition("-")[0])
def test_every_curated_file_is_one_record_named_by_its_code(path: Path) -> None:
    (record,) = read_curated([path])
    assert path.name.startswith(f"{record.code}-")
    assert record.source.kind == "curated"


def test_the_words_copy_and_from_stand_in_the_json_and_come_back() -> None:
    record = to_procedure(
        {
            "code": "9.000001",
            "name": "Cấp thẻ",
            "documents": [{"id": "photo", "name": "Ảnh", "original": 0, "copy": 2}],
            "effective": {"from": "2026-01-01", "to": "2026-12-31", "replaced_by": "9.000002"},
        },
        "x.yaml",
    )
    written = json.loads(dump(record))
    assert written["documents"] == [{"id": "photo", "name": "Ảnh", "original": 0, "copy": 2}]
    assert written["effective"] == {
        "from": "2026-01-01",
        "to": "2026-12-31",
        "replaced_by": "9.000002",
    }
    back = Procedure.model_validate_json(dump(record))
    assert back.documents[0].copies == 2
    assert back.effective is not None
    assert back.effective.start == date(2026, 1, 1)


def test_a_record_can_not_be_changed_at_any_depth() -> None:
    record = next(read_curated([BIRTH]))
    with pytest.raises(ValidationError, match="Instance is frozen"):
        record.name = "Đăng ký khai tử"
    with pytest.raises(ValidationError, match="Instance is frozen"):
        record.documents[0].original = 7
    assert (record.name, record.documents[0].original) == ("Đăng ký khai sinh", 1)


def test_defaults_are_left_out_of_the_stored_line() -> None:
    record = Procedure(code="9.000001", name="Cấp thẻ", methods=(Method(way="post"),))
    assert dump(record) == '{"code":"9.000001","name":"Cấp thẻ","methods":[{"way":"post"}]}'


def test_spaces_around_a_text_are_taken_off() -> None:
    assert Procedure(code="9.000001", name="  Cấp thẻ \n").name == "Cấp thẻ"


@given(procedures())
def test_a_record_written_and_read_again_is_the_same(record: Procedure) -> None:
    line = dump(record)
    assert "\n" not in line
    assert Procedure.model_validate_json(line) == record
    assert to_procedure(json.loads(line), "line") == record


@pytest.mark.parametrize(
    "method",
    [
        {"way": "direct", "fees": [{"amount": float("inf")}]},
        {"way": "direct", "time": {"value": float("inf"), "unit": "day"}},
    ],
    ids=["fee", "time"],
)
def test_an_infinite_number_is_refused_or_kept(method: dict[str, Any]) -> None:
    try:
        record = to_procedure({"code": "9.000001", "name": "Cấp thẻ", "methods": [method]}, "x")
    except ValueError:
        return
    assert Procedure.model_validate_json(dump(record)) == record
