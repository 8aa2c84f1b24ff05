import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.dossier import dossier_bytes, read_dossier, read_review, reviewed, write_dossier
from onrecord.errors import InputError
from onrecord.model import ContactOutcome, Correction, Dossier, Review


@pytest.fixture
def review(tmp_path: Path, dossier: Dossier, review_text: str) -> Review:
    path = tmp_path / "review.yaml"
    path.write_text(review_text, "utf-8")
    return read_review(path, dossier)


def with_fields(noun: Review, **fields: object) -> Review:
    return noun.model_copy(update=fields)


# Writing


def test_what_is_written_is_read_back(tmp_path: Path, dossier: Dossier) -> None:
    path = tmp_path / "dossier.json"
    write_dossier(dossier, path)
    assert read_dossier(path) == dossier
    assert read_dossier(path).hash == dossier.hash
    assert [entry.name for entry in tmp_path.iterdir()] == ["dossier.json"]


def test_the_same_dossier_gives_the_same_bytes(dossier: Dossier) -> None:
    turned = dict(reversed(dossier.options.items()))
    assert list(turned) != list(dossier.options)
    other = dossier.model_copy(update={"options": turned})
    assert other == dossier
    assert dossier_bytes(other) == dossier_bytes(dossier)
    assert dossier_bytes(dossier).endswith(b"}\n")


def test_a_review_is_kept(tmp_path: Path, dossier: Dossier, review: Review) -> None:
    path = tmp_path / "dossier.json"
    write_dossier(reviewed(dossier, review), path)
    assert read_dossier(path).review == review


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dossier.json"
    path.write_text("old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(InputError, match=r"cannot write the dossier .*: Permission denied; give"):
        write_dossier(dossier, path)
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["dossier.json"]


def test_a_missing_folder_is_named(tmp_path: Path, dossier: Dossier) -> None:
    with pytest.raises(InputError, match="no-such-folder"):
        write_dossier(dossier, tmp_path / "no-such-folder" / "dossier.json")
    with pytest.raises(InputError, match="names no file"):
        write_dossier(dossier, Path("/"))


# Reading


def complaint(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_dossier(path)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def test_a_missing_file(tmp_path: Path) -> None:
    assert "there is no dossier" in complaint(tmp_path / "none.json")


def test_a_folder(tmp_path: Path) -> None:
    assert "Is a directory" in complaint(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe\x00", b"rating: False", b"[" * 200_000, b"{}" * 2]
)
def test_what_is_not_json(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    assert "is not JSON" in complaint(path)


@pytest.mark.parametrize(
    "content", [b"[]", b"null", b"{}", b'{"format": "onrecord-dossier-2"}', b'{"format": ["x"]}']
)
def test_a_foreign_format(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.json"
    path.write_bytes(content)
    assert "is not a dossier of format 'onrecord-dossier-1'" in complaint(path)


def beyond_the_text(plain: dict[str, Any]) -> None:
    plain["evidence"][0]["passage"]["end"] = 10_000


def another_text(plain: dict[str, Any]) -> None:
    plain["documents"][0]["text"] = "Nobody has been killed, all is well."


def no_document(plain: dict[str, Any]) -> None:
    plain["documents"].pop()


def another_type(plain: dict[str, Any]) -> None:
    plain["archive_sequence"] = "2"
    plain["claim"]["made_on"] = "yesterday"


def one_more_field(plain: dict[str, Any]) -> None:
    plain["verdict"] = "False"


def not_a_number(plain: dict[str, Any]) -> None:
    plain["assessment"]["outcome"]["probability"] = float("nan")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (beyond_the_text, "lies beyond the"),
        (another_text, "documents.0: document id"),
        (no_document, "quotes a document that is not in the dossier"),
        (another_type, "(and 1 more)"),
        (one_more_field, "verdict: Extra inputs are not permitted"),
        (not_a_number, "does not hold together"),
    ],
)
def test_what_does_not_hold_together(
    tmp_path: Path, dossier: Dossier, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    plain = json.loads(dossier_bytes(dossier))
    change(plain)
    path = tmp_path / "altered.json"
    path.write_text(json.dumps(plain))
    assert words in complaint(path)


def test_a_review_of_something_else(tmp_path: Path, dossier: Dossier, review: Review) -> None:
    plain = json.loads(dossier_bytes(reviewed(dossier, review)))
    plain["assessment"]["outcome"]["label"] = "True"
    path = tmp_path / "altered.json"
    path.write_text(json.dumps(plain))
    assert "review this dossier, or publish the one that was reviewed" in complaint(path)


# Reviews


def test_a_review_written_by_a_person(dossier: Dossier, review: Review) -> None:
    assert review.dossier == dossier.hash
    assert review.published == "2022-08-20"
    assert review.contacts[0].date == "2022-08-15"
    assert review.contacts[0].outcome is ContactOutcome.NO_ANSWER


def test_ratings_and_dates_may_be_written_plainly(
    tmp_path: Path, dossier: Dossier, review: Review, review_text: str
) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text(review_text.replace('"False"', "False"), "utf-8")
    assert read_review(path, dossier) == review


def test_a_review_in_json(tmp_path: Path, dossier: Dossier, review: Review) -> None:
    path = tmp_path / "review.json"
    path.write_text(review.to_json(), "utf-8")
    assert read_review(path, dossier) == review


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is no review: give a mapping"),
        ("- a\n- b", "is no review: give a mapping"),
        ("a: [", "is neither YAML nor JSON"),
        ("a: !!python/object/apply:os.system ['true']", "is neither YAML nor JSON"),
        ("rating: Fals", "headline: Field required (and 4 more)"),
        ("{rating: x, 1: y}", "is no review"),
        ("[" * 5000, "is neither YAML nor JSON"),
        ("a: &a [*a]", "is no review"),
    ],
)
def test_what_is_no_review(tmp_path: Path, dossier: Dossier, content: str, words: str) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        read_review(path, dossier)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"False"', '"Fake"', "has no rating 'Fake'"),
        ("Ed Itor", "ada writer", "author and editor must be two people"),
        ("2022-08-20", "soon", "'soon' is not an EDTF date"),
        ("2022-08-20", "2022-02-30", "published: '2022-02-30'"),
        ("2022-08-20", "2022", "published: Input should be a valid string"),
    ],
)
def test_a_review_with_a_mistake(
    tmp_path: Path, dossier: Dossier, review_text: str, old: str, new: str, words: str
) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(review_text.replace(old, new), "utf-8")
    with pytest.raises(InputError) as caught:
        read_review(path, dossier)
    assert words in str(caught.value)


def test_a_missing_review(tmp_path: Path, dossier: Dossier) -> None:
    with pytest.raises(InputError, match="there is no review"):
        read_review(tmp_path / "none.yaml", dossier)


# Reviewing


def test_a_review_makes_a_dossier_reviewed(dossier: Dossier, review: Review) -> None:
    published = reviewed(dossier, review)
    assert published.review == review
    assert published.hash == dossier.hash
    assert dossier.review is None


def test_a_review_of_another_dossier_is_refused(dossier: Dossier, review: Review) -> None:
    with pytest.raises(InputError, match="the review is of dossier sha256:0"):
        reviewed(dossier, with_fields(review, dossier="sha256:0"))


def test_a_review_that_cites_what_is_not_there_is_refused(dossier: Dossier, review: Review) -> None:
    paragraph = review.explanation[0].model_copy(update={"cites": ("e9",)})
    with pytest.raises(InputError, match="cites evidence that is not here"):
        reviewed(dossier, with_fields(review, explanation=(paragraph,)))


def test_a_later_version_takes_the_place_of_an_earlier_one(
    dossier: Dossier, review: Review
) -> None:
    correction = Correction(date="2022-08-21", text="A date was wrong.", editor="Ed Itor")
    second = with_fields(review, version=2, corrections=(correction,))
    published = reviewed(reviewed(dossier, review), second)
    assert published.review == second
    assert reviewed(published, second) == published
    with pytest.raises(InputError, match="give the new review version 3 or later, got 1"):
        reviewed(published, review)
    with pytest.raises(InputError, match="drops or alters a correction that was published"):
        reviewed(published, with_fields(review, version=3))
