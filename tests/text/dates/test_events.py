import pytest

from onrecord.text.dates import Anchors, Event, read
from onrecord.text.dates.events import Anchor, events, given
from onrecord.text.dates.words import cut


def only(text: str) -> Event:
    (found,) = events(cut(text))
    return found


@pytest.mark.parametrize(
    ("text", "name", "definite", "signal"),
    [
        ("since the takeover", "coup", True, "since"),
        ("an official visit", "visit", False, None),
        ("during his Northland trip", "visit", True, "during"),
        ("at the onset of the coup", "coup", True, "onset"),
        ("the post-coup crackdown", "coup", True, "after"),
        ("the minister's “rich visit”", "visit", True, None),
        ("They visited", "visit", False, None),
    ],
)
def test_an_event_and_what_ties_it(
    text: str, name: str, definite: bool, signal: str | None
) -> None:
    found = next(event for event in events(cut(text)) if event.name == name)
    assert (found.definite, found.signal) == (definite, signal)
    assert found.verb == (text == "They visited")


@pytest.mark.parametrize(
    ("text", "name", "edtf"),
    [
        ("the February 2021 coup", "coup", "2021-02"),
        ("over its 2014 seizure", "annexation", "2014"),
        ("the coup in February 2021", "coup", "2021-02"),
        ("the invasion of a country in 2021", "invasion", "2021"),
        ("elections next year", "election", "2023"),
    ],
)
def test_a_date_beside_an_event_is_its_date(text: str, name: str, edtf: str) -> None:
    anchor = read(text, "2022-08-05").anchors.of(name, 0)
    assert anchor is not None
    assert anchor.edtf == edtf


@pytest.mark.parametrize(
    "text",
    ["In 2021, after the coup", "in 2021 they met after a coup", "the coup. In 2021", "no date"],
)
def test_a_date_elsewhere_is_not(text: str) -> None:
    assert read(text, "2022-08-05").anchors.of("coup", 0) is None


def test_the_last_before_is_asked_for_and_else_the_first_after() -> None:
    anchors = Anchors([Anchor("coup", "2021", 5), Anchor("coup", "2014", 1)])
    assert [anchors.of("coup", rank).edtf for rank in (0, 1, 4, 9)] == [  # type: ignore[union-attr]
        "2014",
        "2014",
        "2014",
        "2021",
    ]
    assert anchors.of("war", 3) is None


def test_a_given_date_is_known_by_any_word_for_the_event() -> None:
    assert [(anchor.name, anchor.rank) for anchor in given({"Takeover": "2021"})] == [("coup", -1)]
