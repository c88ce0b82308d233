"""Curated records: YAML, one or several records a file."""

from __future__ import annotations

from typing import Any

import yaml

from ingest.formats.legacy import clean_record, decode
from ingest.formats.rows import Raw, RefusedError, Rows, Unreadable


class _Loader(yaml.SafeLoader):
    """Refuses aliases: a few lines of them can stand for billions of values."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)


def read(content: bytes, where: str) -> Rows:
    """Every record of a YAML file."""
    try:
        documents: list[Any] = list(yaml.load_all(decode(content), _Loader))
    except yaml.YAMLError as error:
        yield Unreadable(where, _reason(error))
        return
    except RefusedError:
        raise
    except ValueError:
        yield Unreadable(where, "có một ngày hoặc một số không đúng; hãy sửa lại cho đúng")
        return
    for document in documents:
        for item in document if isinstance(document, list) else [document]:
            if isinstance(item, dict):
                yield _record(item, where)
            else:
                why = "không phải một hồ sơ; hãy xem mẫu trong data/procedures"
                yield Unreadable(where, why)


def _record(item: dict[str, Any], where: str) -> Raw | Unreadable:
    try:
        return Raw("yaml", where, clean_record(_with_text_keys(item)))
    except RefusedError as error:
        return Unreadable(where, str(error))


def _with_text_keys(value: Any) -> Any:
    """YAML takes a date or a number for a key; records have none of these."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    return [_with_text_keys(item) for item in value] if isinstance(value, list) else value


def _reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f"dòng {mark.line + 1} " if mark else ""
    if getattr(error, "problem", None) == "alias":
        return f"{line}dùng tên thay thế (*); hãy viết lại đầy đủ nội dung ở đó"
    return f"{line}không phải YAML đúng; hãy kiểm tra thụt lề và dấu ngoặc"
