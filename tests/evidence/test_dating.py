import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.evidence.dating import Dated, Timeline, publication_bounds
from onrecord.model import bounds
from tests.text.hostile import texts

PUBLISHED = "2022-08-05"  # a Friday


def dated(text: str, words: str | None = None, published: str | None = PUBLISHED) -> Dated:
    """The dates of the words in the text; of its last sentence when none are given."""
    words = words or text.rpartition("\n")[2]
    start = text.rindex(words)
    return Timeline(text, published).of(start, start + len(words))


def event(text: str, words: str | None = None, published: str | None = PUBLISHED) -> str | None:
    when = dated(text, words, published).event
    return when.edtf if when else None


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("On August 3 the envoy landed in Northland.", "2022-08-03"),
        ("The country has been at war since March 2021.", "2021-03/.."),
        ("He ruled from 2014 to 2018.", "2014/2018"),
        ("They had sold it by Monday.", "../2022-08-01"),
        ("They fought until 2019.", "../2019"),
        ("Talks will be held later this month.", "2022-08"),
        ("It rained.", None),
        ("It is the worst flood since 1976.", None),
        ("It was the first flood in decades.", None),
        ("The 1973 building was home to many.", None),
        ("The party's 2020 candidate spoke.", None),
        ("In the 2016 Northland presidential election, he lost.", "2016"),
        ("It was the first since the retirement of the ships in 2011.", None),
        ("The council condemned the March 2021 massacre.", "2021-03/2022-08-05"),
        ("They welcomed the vote next year.", None),
        ("The envoy's recent trip was short.", "2022-08~"),
        ("For years the firm was alone.", "../2022"),
    ],
)
def test_a_sentence_has_the_date_that_it_gives(text: str, edtf: str | None) -> None:
    assert event(text) == edtf


def test_the_basis_is_kept_with_the_words() -> None:
    when = dated("On August 3 the envoy landed.").event
    assert when is not None
    assert (when.text, when.edtf, when.basis) == (
        "August 3",
        "2022-08-03",
        "year from publication",
    )


VISIT = "On August 3, Minister Olaf Berg made an official visit to Northland."


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("During his Northland trip, Berg thanked the king.", "2022-08-03"),
        ("Berg said he was glad.", "2022-08-03"),
        ("He said that he was glad.", "2022-08-03"),
        ("Berg has said he was glad.", None),
        ("Berg later left the capital.", None),
        ("Sund said he was glad.", None),
        ("It rained.", None),
        ("Ann Sund weighed in on Berg's “rich visit.”", "2022-08-03/2022-08-05"),
        ("That visit ended well.", "2022-08-03"),
        (
            "The visit came just over a week after the army had shot four men.",
            "2022-07-24/2022-07-26",
        ),
        ("The visit came two days before a bridge fell.", "2022-08-05"),
    ],
)
def test_a_sentence_leans_on_what_was_dated_before(words: str, edtf: str | None) -> None:
    assert event(f"{VISIT}\n\n{words}") == edtf


COUP = "Northland's neighbours blocked a rebuke of the February 2021 coup."


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("The firms have shipped arms since the coup.", "2021-02/.."),
        ("In the month following the coup, Ole Dahl visited the capital.", "2021-03"),
        ("At the onset of the coup, trucks rolled in.", "2021-02"),
        ("A hundred died in the post-coup unrest.", "2021-02/.."),
        ("Just days before the takeover, Ole Dahl visited.", "2021-01/2021-02"),
        ("It was the bloodiest day since the coup.", None),
    ],
)
def test_a_sentence_leans_on_an_event_that_is_dated_elsewhere(words: str, edtf: str | None) -> None:
    assert event(f"{COUP}\n\n{words}") == edtf


def test_an_event_may_be_dated_from_outside() -> None:
    text = "The firms have shipped arms since the coup."
    timeline = Timeline(text, PUBLISHED, {"coup": "2021-02-01"})
    when = timeline.of(0, len(text)).event
    assert when is not None
    assert (when.edtf, when.basis) == ("2021-02-01/..", "relative to anchor: coup")


def test_of_two_occasions_it_is_that_with_the_same_people() -> None:
    text = f"{VISIT}\n\nIn May 2021, Colonel Ole Dahl visited Northland.\n\n"
    assert event(text + "During his visit, Dahl spoke.") == "2021-05"
    assert event(text + "During his visit, Berg spoke.") == "2022-08-03"
    assert event(text + "During the visit, rain fell.") == "2021-05"


def test_an_occasion_later_in_the_document_is_not_leant_on() -> None:
    text = f"During his visit, he spoke.\n\n{VISIT}"
    assert event(text, "During his visit, he spoke.") is None


def test_the_subject_is_carried_over_few_sentences_only() -> None:
    between = " ".join(["Rain fell."] * 12)
    assert event(f"{VISIT}\n\n{between}\n\nBerg said he was glad.") is None


@pytest.mark.parametrize(
    ("text", "edtf", "report"),
    [
        (
            "On July 4, the Harbour Times reported that two ships had sailed in March.",
            "2022-03",
            "2022-07-04",
        ),
        (
            "A July 21 report from the Harbour Times said ships sailed.",
            "../2022-07-21",
            "2022-07-21",
        ),
        (
            "In their report, published July 28, Ship Watch said it knew of none.",
            "../2022-07-28",
            "2022-07-28",
        ),
        ("PORT CITY, Aug. 3 (Wire) — Two ships sailed.", None, "2022-08-03"),
        ("Friday, July 29, 2022 Two ships sailed on Monday.", "2022-08-01", "2022-07-29"),
        ("He said on Tuesday that the ships were old.", "2022-08-02", "2022-08-02"),
        ("The Harbour Times reported that ships sailed.", None, None),
    ],
)
def test_the_date_of_a_report_is_not_that_of_the_event(
    text: str, edtf: str | None, report: str | None
) -> None:
    found = dated(text)
    assert (found.event and found.event.edtf) == edtf
    assert (found.report and found.report.edtf) == report


def test_a_report_is_known_by_its_reporter_and_as_that_report() -> None:
    text = "A July 21 report from the Harbour Times said ships sailed.\n\n"
    for words in ("That report noted that ships sank.", "Crews fled, the Harbour Times reported."):
        found = dated(text + words)
        assert found.report is not None
        assert (found.report.edtf, found.event and found.event.edtf) == (
            "2022-07-21",
            "../2022-07-21",
        )


def test_a_reporter_with_two_reports_dates_nothing() -> None:
    text = (
        "On July 4, the Harbour Times reported a storm.\n\n"
        "On July 9, the Harbour Times reported a wreck.\n\n"
        "Crews had fled, the Harbour Times reported."
    )
    assert dated(text).report is None


def test_figures_hold_as_of_a_day_and_nothing_later_is_counted() -> None:
    found = dated("As of August 1, the monitor said, 2,158 people had been killed.")
    assert found.as_of is not None
    assert (found.as_of.edtf, found.event and found.event.edtf) == ("2022-08-01", "../2022-08-01")
    since = dated(f"{COUP}\n\nAs of August 1, 2,158 had died in the post-coup unrest.")
    assert since.event is not None
    assert since.event.edtf == "2021-02/2022-08-01"


SENTENCE = (
    "On July 4 the union, run by sailors in exile, struck, sparking anger, and welcomed the "
    "planned talks next year."
)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("sparking anger", "2022-07-04"),
        ("run by sailors in exile", None),
        ("the planned talks next year", "2023"),
        ("welcomed the planned talks next year", "2022-07-04"),
        (SENTENCE, "2022-07-04"),
    ],
)
def test_a_piece_of_a_sentence(words: str, edtf: str | None) -> None:
    assert event(SENTENCE, words) == edtf


def test_the_date_of_a_relative_clause_stays_there() -> None:
    text = "The group wants bans on firms, which shipped arms in May 2021."
    assert event(text, "The group wants bans on firms") is None
    assert event(text, "which shipped arms in May 2021.") == "2021-05"
    assert event("The firms, which shipped arms in May 2021, closed.", "closed") == "2021-05"


def test_of_several_sentences_the_first_date_counts() -> None:
    text = "It rained. It rained on August 3. It rained on August 4."
    assert event(text, text) == "2022-08-03"


def test_publication_is_bounded_by_the_dates_of_the_text() -> None:
    text = "(Photo of August 3, 2022.) As of August 5, 12 had died. He left in July."
    assert publication_bounds(text) == "2022-08-05/2022-08-31"
    when = dated(text, "He left in July.", published=None).event
    assert when is not None
    assert (when.edtf, when.basis) == ("2022-07", "year from publication, which the text bounds")
    assert publication_bounds("It rained in May.") is None
    assert event("It rained in May.", published=None) is None


def test_a_publication_of_some_days_bounds_what_leans_on_it() -> None:
    within = "2022-08-05/2022-08-31"
    assert event("He left yesterday.", published=within) == "2022-08-04/2022-08-30"
    text = f"{VISIT}\n\nAnn Sund weighed in on Berg's visit."
    assert event(text, published=within) == "2022-08-03/2022-08"


def test_a_date_that_is_no_edtf_is_refused() -> None:
    with pytest.raises(ValueError, match="is not an EDTF date"):
        Timeline("It rained.", "August 2022")


@settings(max_examples=80)
@given(texts, st.sampled_from([None, PUBLISHED, "2022", "2022/..", "../2022-07-28"]), st.data())
def test_any_text_is_dated(text: str, published: str | None, data: st.DataObject) -> None:
    timeline = Timeline(text, published)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = timeline.of(start, end)
    for when in (found.event, found.report, found.as_of):
        assert when is None or (when.edtf is not None and bounds(when.edtf))
    assert found == Timeline(text, published).of(start, end)


@pytest.mark.parametrize(
    "row",
    [
        "the 2021 coup ",
        "in the month following the coup ",
        "May 3 ",
        "He visited on May 3. ",
        "Ann Lee said on Monday ",
        "That report said he came. ",
        "Ann ",
        "“",
    ],
)
def test_hostile_text_of_any_length_is_dated(row: str) -> None:
    text = row * (20_000 // len(row))
    timeline = Timeline(text, PUBLISHED)
    assert timeline.of(0, len(text)) == timeline.of(0, len(text))
