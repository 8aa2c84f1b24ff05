import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onrecord.model import Document, Passage, Snapshot, Source, When, new_document
from tests.model import strategies as nouns

SOURCE = Source(id="irrawaddy", name="The Irrawaddy")
DAY = When(edtf="2022-08-05", basis="printed")


def document(text: str = "Words.", **changes: object) -> Document:
    fields = {"source": SOURCE, "title": "Title", "text": text, "published": DAY, "url": None}
    return new_document(**(fields | changes))  # type: ignore[arg-type]


@settings(deadline=None)
@given(nouns.new_documents, st.integers(1, 99), nouns.texts)
def test_place_and_moment_of_fetching_are_no_part_of_the_id(
    first: Document, sequence: int, moment: str
) -> None:
    moved = Document.from_plain(
        json.loads(first.to_json()) | {"sequence": sequence, "retrieved_at": moment}
    )
    assert moved.id == first.id


@pytest.mark.parametrize(
    "changes",
    [
        {"authors": ("A. Writer",)},
        {"note": "Summary."},
        {"language": "my"},
        {"snapshot": Snapshot(sha256="0", media_type="text/html", size_bytes=1)},
        {"source": SOURCE.model_copy(update={"name": "Irrawaddy"})},
        {"published": When(text="Friday", edtf="2022-08-05", basis="relative to publication")},
    ],
)
def test_same_content_has_the_same_id(changes: dict[str, object]) -> None:
    assert document(**changes).id == document().id


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Words!"},
        {"text": "Words. "},
        {"text": "Wörds."},
        {"text": "Wo\u0308rds."},
        {"title": "title"},
        {"url": "https://example.org/1"},
        {"url": ""},
        {"published": When(edtf="2022-08-06", basis="printed")},
        {"published": When(edtf=None, basis="none")},
        {"source": Source(id="rfa", name="The Irrawaddy")},
    ],
)
def test_other_content_has_another_id(changes: dict[str, object]) -> None:
    assert document(**changes).id != document().id


def test_content_cannot_move_from_one_field_to_the_next_unseen() -> None:
    assert document(title='a","b', text="c").id != document(title="a", text='b","c').id


def test_an_id_that_is_not_the_hash_of_the_content_is_refused() -> None:
    forged = json.loads(document().to_json()) | {"text": "Other words."}
    with pytest.raises(ValidationError, match="not the hash"):
        Document.from_plain(forged)


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(ValidationError, match="text"):
        document("")


@given(st.data())
def test_a_passage_is_the_slice_of_the_text(data: st.DataObject) -> None:
    whole = document(data.draw(nouns.some_texts))
    passage = data.draw(nouns.passages(whole))
    quotation = passage.of(whole)
    assert quotation == whole.text[passage.start : passage.end]
    assert quotation
    assert len(quotation) == passage.end - passage.start


@pytest.mark.parametrize(
    ("text", "start", "end", "quotation"),
    [
        ("a😀b", 1, 2, "😀"),
        ("👩\u200d👩\u200d👧!", 0, 1, "👩"),
        ("e\u0301t\u00e9", 1, 3, "\u0301t"),
        ("\r\n\x00x", 1, 3, "\n\x00"),
        ("\u202eabc", 1, 4, "abc"),
    ],
)
def test_spans_count_code_points(text: str, start: int, end: int, quotation: str) -> None:
    whole = document(text)
    assert Passage(document=whole.id, start=start, end=end).of(whole) == quotation


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2), (5, 5)])
def test_an_empty_or_backward_passage_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValidationError):
        Passage(document="d-1", start=start, end=end)


def test_a_passage_beyond_the_text_is_refused() -> None:
    whole = document("12345")
    assert Passage(document=whole.id, start=0, end=5).of(whole) == "12345"
    with pytest.raises(ValueError, match="beyond the 5 characters"):
        Passage(document=whole.id, start=4, end=6).of(whole)


def test_a_passage_of_another_document_is_refused() -> None:
    with pytest.raises(ValueError, match="asked of document"):
        Passage(document="d-other", start=0, end=1).of(document())


@pytest.mark.parametrize(("group", "key"), [(None, "a"), ("g", "g")])
def test_a_source_is_independent_unless_it_shares_a_group(group: str | None, key: str) -> None:
    assert Source(id="a", name="A", group=group).independence == key
