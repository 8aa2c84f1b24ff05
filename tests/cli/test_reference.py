from pathlib import Path

from onrecord.cli.reference import reference

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_is_what_the_code_says() -> None:
    assert (DOCS / "reference.md").read_text() == reference()
