from __future__ import annotations

import pytest

from index.procedure import Time
from ingest.parse.times import contradicts, read_time, spans


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("5 Ngày làm việc", 5, "working_day"),
        ("07 Ngày", 7, "day"),
        ("0.5 Giờ", 0.5, "hour"),
        ("2 Tháng", 2, "month"),
        ("1", 1, "unknown"),
    ],
)
def test_times(printed: str, value: float, unit: str):
    assert read_time(printed) == Time.model_validate(
        {"value": value, "unit": unit, "text": printed}
    )


@pytest.mark.parametrize("printed", ["", "Không có thông tin", "Không quy định", "Không"])
def test_no_time_is_said(printed: str):
    assert read_time(printed) is None


@pytest.mark.parametrize("printed", ["Trước khi tàu rời bến", "0 Giờ", "10-25"])
def test_a_time_in_words_has_no_value(printed: str):
    assert read_time(printed) == Time(text=printed)


def test_spans_leave_dates_and_law_numbers_alone():
    text = "Trong 05 (năm) ngày làm việc từ ngày 12 tháng 5 năm 2026, Nghị định 30/2026, 2 giờ"
    assert spans(text) == ((5, "working_day"), (2, "hour"))


FILED = "kể từ ngày nhận đủ hồ sơ"


@pytest.mark.parametrize(
    ("text", "in_steps", "expected"),
    [
        (f"Thư viện cấp thẻ trong 05 ngày làm việc {FILED}.", True, (5, "working_day")),
        (f"Trong 10 ngày {FILED}.", False, (10, "day")),
        (f"Thư viện có ý kiến trong 30 ngày làm việc {FILED}.", True, (30, "working_day")),
        (f"Thư viện cấp thẻ trong 10 ngày làm việc {FILED}.", True, None),
        (f"Thư viện yêu cầu bổ sung trong 02 ngày làm việc {FILED}.", True, None),
        (f"Sơ duyệt 2 ngày, cấp thẻ trong 03 ngày làm việc {FILED}.", True, None),
        (f"Cấp thẻ trong 05 ngày làm việc {FILED}; việc khó được kéo dài.", True, None),
        ("Thẻ có giá trị 12 tháng.", True, None),
    ],
)
def test_times_that_contradict_the_table(
    text: str, in_steps: bool, expected: tuple[float, str] | None
):
    time = Time(value=10, unit="working_day", text="10 Ngày làm việc")
    assert contradicts(time, text, in_steps) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (f"Thư viện cấp thẻ trong 03 ngày làm việc {FILED}. Thẻ mất thì báo trong 30 ngày.", 3),
        (f"Trường hợp mất, cấp thẻ trong 03 ngày {FILED}. Thẻ mất thì báo trong 30 ngày.", None),
        (f"Thư viện cấp thẻ trong 03 ngày {FILED}. Cấp lại trong 05 ngày {FILED}.", None),
        (f"Thư viện cấp thẻ trong 01 ngày {FILED}. Thẻ mất thì báo trong 30 ngày.", None),
    ],
)
def test_a_time_without_unit_is_held_against_what_settling_takes(
    steps: str, expected: float | None
):
    found = contradicts(Time(value=1, unit="unknown", text="1"), steps, in_steps=True)
    assert (found and found[0]) == expected
