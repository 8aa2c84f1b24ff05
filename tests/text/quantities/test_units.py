import pytest

from onrecord.text.quantities.units import Unit, counted, is_plural, singular, unit_of


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("people", "person"),
        ("civilians", "person"),
        ("men", "man"),
        ("children", "child"),
        ("companies", "company"),
        ("boxes", "box"),
        ("churches", "church"),
        ("jets", "jet"),
        ("aircraft", "aircraft"),
        ("wheat", "wheat"),
        ("glass", "glass"),
    ],
)
def test_singular(word: str, noun: str) -> None:
    assert singular(word) == noun


def test_plural() -> None:
    assert [word for word in ("jets", "glass", "men", "gas", "is") if is_plural(word)] == [
        "jets",
        "men",
    ]


@pytest.mark.parametrize(
    ("head", "state", "unit"),
    [
        ("deaths", None, "person killed"),
        ("people", "killed", "person killed"),
        ("", "killed", "person killed"),
        ("jets", None, "jet"),
        ("", None, ""),
    ],
)
def test_counted(head: str, state: str | None, unit: str) -> None:
    assert counted(head, state) == unit


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("%", Unit("share")),
        ("% of voter", Unit("share", noun="voter")),
        ("USD", Unit("USD")),
        ("kilometre", Unit("length", 1000.0)),
        ("person killed", Unit("count", noun="person", state="killed")),
        ("jet", Unit("count", noun="jet")),
        ("", Unit("count")),
    ],
)
def test_a_unit_is_taken_apart(printed: str, unit: Unit) -> None:
    assert unit_of(printed) == unit
    assert unit_of(printed).money == (printed == "USD")
