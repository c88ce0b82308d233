"""Question files: bad lines are named, the split holds, faults are found."""

import json

import pytest

from evaluation.check_questions import code_sides, find_faults, main, recorded_sides, write_sides
from evaluation.labelled import FOLDER, Answerable, Questions, load, side_of


def asked(ident, *gold, text=None, form="accented"):
    return Answerable(
        id=ident, question=text or f"hỏi về {ident}", gold=gold, aspects=("fee",),
        style="matter", form=form,
    )  # fmt: skip


def questions(*answerable):
    return Questions(answerable=answerable, ambiguous=(), outside=(), conversations=(), hostile=())


def test_questions_that_share_a_code_stand_on_one_side():
    sets = questions(asked("a", "1"), asked("b", "2", "1"), asked("c", "3", "2"), asked("d", "9"))
    sides = sets.sides()
    assert sides["a"] == sides["b"] == sides["c"] == side_of("1")
    assert sides["d"] == side_of("9")


def test_about_three_keys_in_five_are_for_tuning():
    share = sum(side_of(f"1.{n:06}") == "tune" for n in range(2000)) / 2000
    assert 0.57 < share < 0.63


def test_a_question_that_joins_two_sides_is_a_fault(tmp_path):
    tune = next(c for c in map(str, range(99)) if side_of(c) == "tune")
    check = next(c for c in map(str, range(99)) if side_of(c) == "check" and c > tune)
    before = questions(asked("a", tune), asked("b", check))
    write_sides(tmp_path, code_sides(before))
    after = questions(asked("a", tune), asked("b", check), asked("c", tune, check))
    assert any(
        "was on the side of check" in f for f in find_faults(after, recorded_sides(tmp_path))
    )


def test_faults_are_named():
    sets = questions(asked("a", "1", text="làm"), asked("a", "2", text="Làm"), asked(
        "b", "3", text="làm gì", form="unaccented"))  # fmt: skip
    found = "\n".join(find_faults(sets, {}))
    assert "a: id used 2 times" in found
    assert "asked 2 times: làm" in found
    assert "b: labelled unaccented" in found
    assert "side not recorded" in found
    assert "at least 600 are wanted" in found


def test_a_bad_line_is_named_with_its_number(tmp_path):
    for name in ("answerable", "ambiguous", "outside", "conversations", "hostile"):
        (tmp_path / f"{name}.jsonl").write_text("", encoding="utf-8")
    line = json.dumps({"id": "a", "question": "gì", "gold": [], "aspects": ["fee"]})
    (tmp_path / "answerable.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"answerable\.jsonl:2"):
        load(tmp_path)
    assert main([str(tmp_path)]) == 1


def test_the_committed_questions_are_sound(capsys):
    assert main([]) == 0, capsys.readouterr().err


def test_no_committed_procedure_is_on_both_sides():
    sets = load(FOLDER)
    sides = sets.sides()
    seen = {}
    for item in [*sets.answerable, *sets.ambiguous, *sets.conversations]:
        for code in item.codes:
            assert seen.setdefault(code, sides[item.id]) == sides[item.id], code
