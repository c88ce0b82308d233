"""Says in plain Vietnamese what is wrong with a record, where, and what to do."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pydantic import ValidationError

from index.procedure import Procedure

_NUMBER = "phải là một con số; hãy sửa lại"
_ADVICE = {
    "missing": "thiếu trường này; hãy bổ sung",
    "extra_forbidden": "trường này không có trong mẫu hồ sơ; hãy xóa hoặc sửa tên trường",
    "string_type": "phải là chữ; hãy đặt giá trị trong dấu ngoặc kép",
    "string_too_short": "đang để trống; hãy điền hoặc xóa trường này",
    "int_type": "phải là số nguyên; hãy sửa lại",
    "bool_type": "phải là true hoặc false; hãy sửa lại",
    "finite_number": "phải là một con số có hạn; hãy sửa lại",
    "greater_than_equal": "không được là số âm; hãy sửa lại",
    "greater_than": "phải lớn hơn 0; hãy sửa lại",
    "tuple_type": "phải là một danh sách; hãy thêm dấu gạch đầu dòng",
    "dict_type": "phải gồm các cặp khóa: giá trị; hãy sửa lại",
    "too_short": "có quá ít mục; hãy bổ sung",
    "date_from_datetime_parsing": "phải là ngày dạng 2026-06-10; hãy sửa lại",
    "date_parsing": "phải là ngày dạng 2026-06-10; hãy sửa lại",
    "date_type": "phải là ngày dạng 2026-06-10; hãy sửa lại",
    "model_type": "phải gồm các trường con; hãy sửa lại theo mẫu",
    "json_invalid": "không phải JSON đúng; hãy kiểm tra lại tệp",
}
_PATTERNS = {
    "code": 'phải có dạng "1.001193" đặt trong dấu ngoặc kép; hãy sửa lại',
    "replaced_by": 'phải có dạng "1.001193" đặt trong dấu ngoặc kép; hãy sửa lại',
}
_UNION = ("int", "float")
"""What pydantic adds to the place of a fault in a number; no field is called so."""
_SLUG = "chỉ gồm chữ thường không dấu, số và gạch dưới; hãy sửa lại"


class RecordError(ValueError):
    """A record that can't be used. ``problems`` has one sentence a fault."""

    def __init__(self, where: str, problems: list[str]) -> None:
        self.where = where
        self.problems = problems
        super().__init__("; ".join(f"{where}: {problem}" for problem in problems))


def to_procedure(data: Any, where: str) -> Procedure:
    """Validate plain data (as YAML or JSON give it) into a Procedure.

    ``where`` (file, line) leads every message. Raises RecordError.
    """
    if not isinstance(data, dict):
        raise RecordError(where, ["không phải một hồ sơ; hãy xem mẫu trong data/procedures"])
    try:
        return Procedure.model_validate_json(json.dumps(data, default=_plain))
    except ValidationError as error:
        problems = [_sentence(dict(fault)) for fault in error.errors()]
        raise RecordError(where, list(dict.fromkeys(problems))) from error
    except (TypeError, ValueError) as error:
        raise RecordError(where, [f"có giá trị không dùng được ({error}); hãy sửa lại"]) from error


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _sentence(fault: dict[str, Any]) -> str:
    path = [str(part) for part in fault["loc"] if part not in _UNION]
    place = f"trường {'.'.join(path)}: " if path else ""
    return place + _advice(fault, path)


def _advice(fault: dict[str, Any], path: list[str]) -> str:
    kind = fault["type"]
    if fault["loc"] and fault["loc"][-1] in _UNION:
        return _NUMBER
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(path[-1], _SLUG)
    if kind == "literal_error":
        return f"chỉ nhận {fault['ctx']['expected']}; hãy chọn một".replace(" or ", " hoặc ")
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    return _ADVICE.get(kind, f"không đúng ({fault['msg']}); hãy sửa lại theo mẫu")
