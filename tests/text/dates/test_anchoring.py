import pytest

from onrecord.text.dates.anchoring import from_event
from onrecord.text.dates.meaning import Origin, Shift, Stretch


@pytest.mark.parametrize(
    ("unit", "amount", "modifier", "sign", "anchor", "expected"),
    [
        ("week", 1, "MORE_THAN", -1, "2022-08-03", "2022-07-24/2022-07-26"),
        ("week", 1, None, 1, "2022-08-03", "2022-08-07/2022-08-13"),
        ("day", 2, None, 1, "2022-08-03", "2022-08-05"),
        ("day", 2, None, 1, "2022-08", "2022-08/2022-09"),
        ("month", 3, None, -1, "2022-08-03", "2022-05"),
        ("month", 3, "LESS_THAN", 1, "2022-08-03", "2022-10"),
        ("year", 2, None, 1, "2022-08-03", "2024"),
        ("year", 2, "APPROX", 1, "2022-08-03", "2024/2025"),
        ("decade", 1, None, -1, "2022", "2012"),
        ("day", None, None, -1, "2022-08-20", "2022-08-10/2022-08-18"),
        ("day", None, None, -1, "2022-08", "2022-07/2022-08"),
        ("day", 2, None, 1, "2022/..", None),
        ("hour", 2, None, 1, "2022-08-03", None),
    ],
)
def test_a_length_from_an_event(
    unit: str, amount: float | None, modifier: str | None, sign: int, anchor: str, expected: str
) -> None:
    assert from_event(Stretch(unit, amount), modifier, sign, anchor) == expected


@pytest.mark.parametrize(
    ("unit", "sign", "anchor", "expected"),
    [
        ("month", 1, "2021-02", "2021-03"),
        ("month", -1, "2021-02", "2021-01"),
        ("month", 1, "2021-02-10", "2021-02-11/2021-03-10"),
        ("month", -1, "2021-02-10", "2021-01-10/2021-02-09"),
        ("day", 1, "2021-02-10", "2021-02-11"),
        ("day", 1, "2021-02", "2021-02/2021-03"),
        ("year", 1, "2021", "2022"),
        ("period", 1, "2021", None),
    ],
)
def test_the_period_beside_an_event(
    unit: str, sign: int, anchor: str, expected: str | None
) -> None:
    assert from_event(Shift(unit, 0, Origin.SENTENCE), None, sign, anchor) == expected
