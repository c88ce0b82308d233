"""Makes a record out of texts and tables in which labels announce the sections.

``Mã thủ tục: 1.001193`` in a Word export, ``Mã thủ tục`` above ``1.001193`` on a
page. The result has the shape of the parsed Word exports: ``thu_tuc_id``,
``metadata``, ``content``, ``tables``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.procedure import CODE
from index.text import fold, nfc
from ingest.formats import tables
from ingest.formats.blocks import Block, Table, Text
from ingest.formats.rows import RefusedError

_METADATA = {
    "mã thủ tục": "mã_thủ_tục",
    "tên thủ tục": "tên_thủ_tục",
    "số quyết định": "số_quyết_định",
    "cấp thực hiện": "cấp_thực_hiện",
    "loại thủ tục": "loại_thủ_tục",
    "lĩnh vực": "lĩnh_vực",
}
_CONTENT = {
    "trình tự thực hiện": "trình_tự_thực_hiện",
    "cách thức thực hiện": "cách_thức_thực_hiện",
    "thành phần hồ sơ": "thành_phần_hồ_sơ",
    "đối tượng thực hiện": "đối_tượng_thực_hiện",
    "cơ quan thực hiện": "cơ_quan_thực_hiện",
    "cơ quan có thẩm quyền": "cơ_quan_có_thẩm_quyền",
    "cơ quan được ủy quyền": "cơ_quan_được_ủy_quyền",
    "cơ quan phối hợp": "cơ_quan_phối_hợp",
    "địa chỉ tiếp nhận hs": "địa_chỉ_tiếp_nhận_hs",
    "địa chỉ tiếp nhận hồ sơ": "địa_chỉ_tiếp_nhận_hs",
    "kết quả thực hiện": "kết_quả_thực_hiện",
    "kết quả xử lý": "kết_quả_thực_hiện",
    "căn cứ pháp lý": "căn_cứ_pháp_lý",
    "yêu cầu, điều kiện thực hiện": "yêu_cầu_điều_kiện_thực_hiện",
    "yêu cầu, điều kiện": "yêu_cầu_điều_kiện_thực_hiện",
    "từ khóa": "từ_khóa",
    "mô tả": "mô_tả",
    "thủ tục hành chính liên quan": "thủ_tục_hành_chính_liên_quan",
}
LABELS = _METADATA | _CONTENT
_WORD_ORDER = """
    mã_thủ_tục số_quyết_định tên_thủ_tục cấp_thực_hiện loại_thủ_tục lĩnh_vực
    trình_tự_thực_hiện cách_thức_thực_hiện thành_phần_hồ_sơ đối_tượng_thực_hiện
    cơ_quan_thực_hiện cơ_quan_có_thẩm_quyền địa_chỉ_tiếp_nhận_hs cơ_quan_được_ủy_quyền
    cơ_quan_phối_hợp kết_quả_thực_hiện căn_cứ_pháp_lý yêu_cầu_điều_kiện_thực_hiện
    từ_khóa mô_tả
""".split()
_PAGE_ORDER = """
    tên_thủ_tục mã_thủ_tục số_quyết_định cấp_thực_hiện loại_thủ_tục lĩnh_vực
    đối_tượng_thực_hiện cơ_quan_có_thẩm_quyền địa_chỉ_tiếp_nhận_hs cơ_quan_được_ủy_quyền
    cơ_quan_phối_hợp thủ_tục_hành_chính_liên_quan trình_tự_thực_hiện cách_thức_thực_hiện
    thành_phần_hồ_sơ căn_cứ_pháp_lý cơ_quan_thực_hiện yêu_cầu_điều_kiện_thực_hiện
    kết_quả_thực_hiện từ_khóa mô_tả
""".split()
_OLD_PAGE_ORDER = """
    trình_tự_thực_hiện cách_thức_thực_hiện thành_phần_hồ_sơ cơ_quan_thực_hiện
    yêu_cầu_điều_kiện_thực_hiện thủ_tục_hành_chính_liên_quan
""".split()
_AFTER = {"chọn cơ quan thực hiện", "nộp hồ sơ", "tìm kiếm nhiều nhất"}
_ENOUGH = 4
_NOT_ONE = (
    "không thấy các mục của một thủ tục (Mã thủ tục, Tên thủ tục, Trình tự thực hiện …); "
    "cần tệp chi tiết thủ tục tải từ Cổng Dịch vụ công"
)


@dataclass(frozen=True)
class _Label:
    place: int
    key: str
    rest: str


def record(blocks: Sequence[Block], *, code: str = "", title: str = "") -> dict[str, Any]:
    """The record in ``blocks``; ``code`` and ``title`` as known from outside the text.

    Raises RefusedError where too few sections are found.
    """
    flat = list(_flattened(blocks))
    labels = _chosen(list(_labels(flat)))
    if len(labels) < _ENOUGH:
        raise RefusedError(_NOT_ONE)
    texts: dict[str, str] = dict.fromkeys(LABELS.values(), "")
    found = tables.Tables()
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        section = flat[label.place + 1 : after.place if after else _end(flat, label.place)]
        texts[label.key] = _section(label, section, found)
    texts["mã_thủ_tục"] = texts["mã_thủ_tục"].partition("\n")[0].strip() or code
    texts["tên_thủ_tục"] = texts["tên_thủ_tục"] or title
    return {
        "thu_tuc_id": code or texts["mã_thủ_tục"],
        "metadata": {key: texts[key] for key in _METADATA.values()},
        "content": {key: texts[key] for key in dict.fromkeys(_CONTENT.values())},
        "tables": found.rows,
    }


def code_in(text: str) -> str:
    """The first procedure code in a file's name or an address."""
    found = CODE.search(text)
    return found.group() if found else ""


def _flattened(blocks: Sequence[Block]) -> Iterator[Block]:
    """Tables without known titles become texts: some pages lay labels out in tables."""
    for block in blocks:
        if isinstance(block, Text):
            yield Text(nfc(block.words).strip(), block.heading)
        elif any(tables.kind_of(row) for row in block.rows):
            yield Table(tuple(tuple(nfc(cell).strip() for cell in row) for row in block.rows))
        else:
            yield from (Text(_line(row)) for row in block.rows if any(row))


def _line(row: tuple[str, ...]) -> str:
    cells = [nfc(cell).strip() for cell in row if cell.strip()]
    if fold(cells[0]).rstrip(": ") in LABELS if cells else False:
        return f"{cells[0].rstrip(': ')}: " + "\n".join(cells[1:])
    return " | ".join(cells)


def _labels(blocks: Sequence[Block]) -> Iterator[_Label]:
    for place, block in enumerate(blocks):
        if isinstance(block, Text):
            before, _, rest = block.words.partition(":")
            if key := LABELS.get(fold(before[:60])):
                yield _Label(place, key, rest.strip())


def _chosen(labels: list[_Label]) -> list[_Label]:
    """Every label once: where a sentence begins like one, the order of sections decides."""
    counts = Counter(label.key for label in labels)
    if all(count == 1 for count in counts.values()):
        return labels
    chains = (_chain(labels, order) for order in (_WORD_ORDER, _PAGE_ORDER, _OLD_PAGE_ORDER))
    in_order = max(chains, key=len)
    chosen = {label.key: label for label in labels} | {label.key: label for label in in_order}
    return sorted(chosen.values(), key=lambda label: label.place)


def _chain(labels: list[_Label], order: list[str]) -> list[_Label]:
    """The most labels that stand in the given order; of equal ones the later."""
    best: list[list[_Label]] = [[] for _ in order]
    ranks = {key: rank for rank, key in enumerate(order)}
    for label in labels:
        if label.key in ranks:
            rank = ranks[label.key]
            before = max(best[:rank], key=len, default=[])
            if len(before) + 1 >= len(best[rank]):
                best[rank] = [*before, label]
    return max(best, key=len)


def _end(blocks: Sequence[Block], begin: int) -> int:
    """Where the last section ends: a page goes on with other things."""
    for place in range(begin + 1, len(blocks)):
        block = blocks[place]
        if isinstance(block, Text) and (block.heading or fold(block.words[:60]) in _AFTER):
            return place
    return len(blocks)


def _section(label: _Label, blocks: Sequence[Block], found: tables.Tables) -> str:
    """The section's text; its tables go into ``found``, each with the text above it."""
    texts = [label.rest]
    for block in blocks:
        if isinstance(block, Text):
            texts.append(block.words)
        elif label.key == "thành_phần_hồ_sơ":
            tables.take(block.rows, " ".join(filter(None, texts)), found)
            texts = []
        else:
            tables.take(block.rows, "", found)
    texts += found.left
    found.left = []
    return "\n".join(filter(None, texts))
