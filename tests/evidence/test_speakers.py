import pytest

from onrecord.evidence.speakers import Speakers


def who(text: str, *sources: str) -> list[str | None]:
    """Who each of the sources is, asked for in their order."""
    speakers = Speakers(text)
    found: list[str | None] = []
    place = 0
    for source in sources:
        start = text.index(source, place)
        place = start + len(source)
        named = speakers.named((start, place))
        found.append(named.name if named else None)
    return found


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        ("Ann Roe said so. She left.", ("Ann Roe", "She"), ["Ann Roe", "Ann Roe"]),
        ("Ann Roe said so. Roe left.", ("Ann Roe", "Roe"), ["Ann Roe", "Ann Roe"]),
        ("A clerk said so. He left.", ("A clerk", "He"), ["A clerk", "A clerk"]),
        ("Mr. Roe said so. She left.", ("Mr. Roe", "She"), ["Roe", None]),
        ("The spokeswoman said so. He left.", ("The spokeswoman", "He"), ["The spokeswoman", None]),
        (
            "Ann Roe and Bo Li met. She left.",
            ("Ann Roe", "Bo Li", "She"),
            ["Ann Roe", "Bo Li", None],
        ),
        ("Ann Roe said so.\n\nShe left.", ("Ann Roe", "She"), ["Ann Roe", "Ann Roe"]),
        ("Ann Roe said so.\n\nIt rained.\n\nShe left.", ("Ann Roe", "She"), ["Ann Roe", None]),
        (
            "Border Watch said so. It left.",
            ("Border Watch", "It"),
            ["Border Watch", "Border Watch"],
        ),
        ("Border Watch said so. They left.", ("Border Watch", "They"), ["Border Watch"] * 2),
        ("Ann Roe said so. It left.", ("Ann Roe", "It"), ["Ann Roe", None]),
        ("He left.", ("He",), [None]),
        ("who said so", ("who",), [None]),
    ],
)
def test_pronouns(text: str, sources: tuple[str, ...], expected: list[str | None]) -> None:
    assert who(text, *sources) == expected


@pytest.mark.parametrize(
    ("text", "sources", "last"),
    [
        (
            "The group Border Watch said so. The group left.",
            ("The group Border Watch", "The group"),
            "Border Watch",
        ),
        (
            "Border Watch said so. The organisation left.",
            ("Border Watch", "The organisation"),
            "Border Watch",
        ),
        (
            "A report from Border Watch said so. That report left.",
            ("A report from Border Watch", "That report"),
            "Border Watch",
        ),
        ("A navy clerk said so. The clerk left.", ("A navy clerk", "The clerk"), "A navy clerk"),
        ("Ann Roe said so. The group left.", ("Ann Roe", "The group"), "The group"),
    ],
)
def test_nouns_that_take_up_a_name(text: str, sources: tuple[str, ...], last: str) -> None:
    assert who(text, *sources)[-1] == last


def test_i_is_who_is_quoted() -> None:
    speakers = Speakers("Ann Roe: I said so.")
    ann = speakers.named((0, 7))
    assert speakers.named((9, 10), ann) == ann
    assert speakers.named((9, 10)) is None
