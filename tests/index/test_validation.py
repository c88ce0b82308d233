"""Every fault of a record is told with its file, its field and what to do."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from index.validation import RecordError, to_procedure

GOOD = """
code: "1.001193"
name: Đăng ký khai sinh
questions:
  - {id: abandoned, ask: "Bé có bị bỏ rơi không?", answers: {co: Có, khong: Không}}
documents:
  - {id: request, name: Tờ khai, original: 1}
"""
PAPER = {"id": "request", "name": "Tờ khai"}
CODE_FORM = 'phải có dạng "1.001193" đặt trong dấu ngoặc kép; hãy sửa lại'
SLUG_FORM = "chỉ gồm chữ thường không dấu, số và gạch dưới; hãy sửa lại"
DATE_FORM = "phải là ngày dạng 2026-06-10; hãy sửa lại"


def fee(**fields: Any) -> dict[str, Any]:
    return {"methods": [{"way": "direct", "fees": [fields]}]}


def paper(**fields: Any) -> dict[str, Any]:
    return {"documents": [PAPER | fields]}


FAULTS = {
    "unknown field": (
        {"nmae": "x"},
        "trường nmae: trường này không có trong mẫu hồ sơ; hãy xóa hoặc sửa tên trường",
    ),
    "the model's own name of a field": (
        paper(copies=1),
        "trường documents.0.copies: trường này không có trong mẫu hồ sơ; "
        "hãy xóa hoặc sửa tên trường",
    ),
    "unquoted code": (
        yaml.safe_load("code: 1.001193"),
        "trường code: phải là chữ; hãy đặt giá trị trong dấu ngoặc kép",
    ),
    "malformed code": ({"code": "1193"}, f"trường code: {CODE_FORM}"),
    "code with a line break": ({"code": "1.001193\n"}, f"trường code: {CODE_FORM}"),
    "malformed successor": (
        {"effective": {"replaced_by": "x"}},
        f"trường effective.replaced_by: {CODE_FORM}",
    ),
    "level that is no more": (
        {"levels": ["huyen"]},
        "trường levels.0: chỉ nhận 'xa', 'tinh' hoặc 'bo'; hãy chọn một",
    ),
    "unknown way": (
        {"methods": [{"way": "fax"}]},
        "trường methods.0.way: chỉ nhận 'direct', 'online' hoặc 'post'; hãy chọn một",
    ),
    "unknown question": (
        paper(when={"adopted": "co"}),
        "documents.request.when: không có id adopted; hãy khai báo hoặc sửa lại",
    ),
    "unknown answer": (
        paper(when={"abandoned": ["co", "maybe"]}),
        "documents.request.when.abandoned: không có id maybe; hãy khai báo hoặc sửa lại",
    ),
    "unknown replacement": (
        paper(instead=["pledge", "oath"]),
        "documents.request.instead: không có id oath, pledge; hãy khai báo hoặc sửa lại",
    ),
    "two papers of one id": (
        {"documents": [PAPER, PAPER]},
        "documents: có hai mục trùng id; hãy đổi id của một mục",
    ),
    "two questions of one id": (
        {"questions": 2 * yaml.safe_load(GOOD)["questions"]},
        "questions: có hai mục trùng id; hãy đổi id của một mục",
    ),
    "free with an amount": (
        fee(free=True, amount=8000),
        "trường methods.0.fees.0: ghi free: true cùng một số tiền khác 0; "
        "hãy giữ lại một trong hai",
    ),
    "negative amount": (
        fee(amount=-1),
        "trường methods.0.fees.0.amount: không được là số âm; hãy sửa lại",
    ),
    "negative count": (
        paper(original=-1),
        "trường documents.0.original: không được là số âm; hãy sửa lại",
    ),
    "negative copies": (
        paper(copy=-2),
        "trường documents.0.copy: không được là số âm; hãy sửa lại",
    ),
    "half a sheet": (
        paper(original=1.5),
        "trường documents.0.original: phải là số nguyên; hãy sửa lại",
    ),
    "no time at all": (
        {"methods": [{"way": "post", "time": {"value": 0}}]},
        "trường methods.0.time.value: phải lớn hơn 0; hãy sửa lại",
    ),
    "Vietnamese date": (
        {"source": {"checked_on": "10/06/2026"}},
        f"trường source.checked_on: {DATE_FORM}",
    ),
    "impossible date": (
        yaml.safe_load("source: {checked_on: '2026-02-30'}"),
        f"trường source.checked_on: {DATE_FORM}",
    ),
    "date with an hour": (
        yaml.safe_load("source: {checked_on: 2026-06-10 10:00:00}"),
        f"trường source.checked_on: {DATE_FORM}",
    ),
    "empty name": ({"name": "  "}, "trường name: đang để trống; hãy điền hoặc xóa trường này"),
    "id with marks": (
        {"documents": [{"id": "tờ_khai", "name": "Tờ khai"}]},
        f"trường documents.0.id: {SLUG_FORM}",
    ),
    "text for a list": (
        {"levels": "xa"},
        "trường levels: phải là một danh sách; hãy thêm dấu gạch đầu dòng",
    ),
    "text for a group": (
        {"source": "Bộ Tư pháp"},
        "trường source: phải gồm các trường con; hãy sửa lại theo mẫu",
    ),
    "one answer": (
        {"questions": [{"id": "q", "ask": "?", "answers": {"co": "Có"}}], "documents": []},
        "trường questions.0.answers: có quá ít mục; hãy bổ sung",
    ),
    "law without number or name": (
        {"legal_basis": [{}]},
        "trường legal_basis.0: thiếu cả number lẫn name; hãy ghi ít nhất một",
    ),
    "set instead of a list": (
        {"aliases": {"khai sinh"}},
        "có giá trị không dùng được (set); hãy sửa lại",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_in_one_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RecordError) as caught:
        to_procedure(yaml.safe_load(GOOD) | change, "khai-sinh.yaml")
    assert caught.value.problems == [sentence]
    assert str(caught.value) == f"khai-sinh.yaml: {sentence}"
    assert caught.value.where == "khai-sinh.yaml"


def test_the_record_without_faults_loads() -> None:
    assert to_procedure(yaml.safe_load(GOOD), "khai-sinh.yaml").documents[0].original == 1


def test_every_fault_of_a_record_is_told_and_each_names_the_file() -> None:
    data = yaml.safe_load(GOOD) | {"levels": ["huyen"]}
    del data["name"]
    with pytest.raises(RecordError) as caught:
        to_procedure(data, "a.yaml")
    assert str(caught.value) == (
        "a.yaml: trường name: thiếu trường này; hãy bổ sung; "
        "a.yaml: trường levels.0: chỉ nhận 'xa', 'tinh' hoặc 'bo'; hãy chọn một"
    )


@pytest.mark.parametrize("data", [None, [], "1.001193", 1.001193])
def test_what_is_no_record_at_all_is_told_where_a_model_lies(data: Any) -> None:
    with pytest.raises(RecordError) as caught:
        to_procedure(data, "a.yaml")
    assert str(caught.value) == ("a.yaml: không phải một hồ sơ; hãy xem mẫu trong data/procedures")


def test_a_date_that_yaml_has_read_is_taken() -> None:
    data = yaml.safe_load(GOOD + "source: {checked_on: 2026-06-10}")
    assert str(to_procedure(data, "a.yaml").source.checked_on) == "2026-06-10"


def test_free_with_an_amount_of_zero_is_no_contradiction() -> None:
    record = to_procedure(yaml.safe_load(GOOD) | fee(free=True, amount=0), "a.yaml")
    assert (record.methods[0].fees[0].free, record.methods[0].fees[0].amount) == (True, 0)


def test_an_amount_written_as_text_is_one_fault_of_that_field() -> None:
    with pytest.raises(RecordError) as caught:
        to_procedure(yaml.safe_load(GOOD) | fee(amount="8.000đ"), "a.yaml")
    assert caught.value.problems == [
        "trường methods.0.fees.0.amount: phải là một con số; hãy sửa lại"
    ]


def test_a_condition_that_no_answer_meets_is_refused() -> None:
    with pytest.raises(RecordError, match=r"a\.yaml: .*when"):
        to_procedure(yaml.safe_load(GOOD) | paper(when={"abandoned": []}), "a.yaml")
