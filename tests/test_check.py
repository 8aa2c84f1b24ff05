"""The pipeline, with stand-in models over a small archive."""

import json
from pathlib import Path

import pytest

import onrecord
from onrecord.archive import Archive
from onrecord.check import Options, check
from onrecord.errors import ReadingError
from onrecord.model import Abstention, Dossier, Evidence, Rating
from tests.cli.doubles import BrokenVerifier, HalfBrokenVerifier, WordEmbedder, WordVerifier


@pytest.fixture
def archive(workspace: Path) -> Archive:
    return onrecord.open_archive(workspace, WordEmbedder())


def checked(archive: Archive, quote: str, on: str = "2022-03-01", **more: object) -> Dossier:
    claim = onrecord.quoted_claim(quote, "A. Minister", on, "Minister of Trade")
    return check(claim, archive, WordVerifier(), **more)  # type: ignore[arg-type]


def by_file(dossier: Dossier, name: str) -> Evidence:
    return next(item for item in dossier.evidence if dossier.document(item).title == f"On {name}")


def test_same_input_same_bytes(archive: Archive) -> None:
    first = checked(archive, "Patrol boats were sold to Ruritania.")
    assert checked(archive, "Patrol boats were sold to Ruritania.").to_json() == first.to_json()


def test_what_came_later_is_kept_apart_and_does_not_count(archive: Archive) -> None:
    dossier = checked(archive, "Patrol boats were sold to Ruritania.")
    later = by_file(dossier, "later.md")
    assert not later.known_by_claim_date
    assert later.id not in dossier.assessment.decisive
    pushes = {push.evidence: push for push in dossier.assessment.parts[0].trace}
    assert pushes[later.id].log_odds == 0


def test_before_anything_was_published_there_is_only_later_evidence(archive: Archive) -> None:
    outcome = checked(archive, "Patrol boats were sold to Ruritania.", "2020-01-01").assessment
    assert isinstance(outcome.outcome, Abstention)
    assert outcome.outcome.reason == "only_later"


def test_a_silent_archive_is_no_evidence(archive: Archive) -> None:
    outcome = checked(archive, "Submarines circled Borduria.").assessment.outcome
    assert isinstance(outcome, Abstention)
    assert outcome.reason == "no_evidence"


def test_figures_are_compared_whatever_the_verifier_thinks(archive: Archive) -> None:
    more = checked(archive, "The ministry sold more than eight patrol boats to Ruritania.")
    fewer = checked(archive, "The ministry sold fewer than six patrol boats to Ruritania.")
    assert by_file(more, "sale.md").stances[0].supports > 0.5
    assert by_file(fewer, "sale.md").stances[0].refutes > 0.5


def test_a_sequence_number_shuts_out_what_was_added_after_it(archive: Archive) -> None:
    dossier = checked(archive, "Patrol boats were sold to Ruritania.", options=Options(as_of=1))
    assert dossier.archive_sequence == 1
    assert {document.sequence for document in dossier.documents} <= {1}


@pytest.mark.parametrize(("opening", "carries"), [("", False), ("A. Minister told us: ", True)])
def test_an_article_in_the_claims_words_is_evidence_unless_it_names_the_claimant(
    archive: Archive, tmp_path: Path, opening: str, carries: bool
) -> None:
    words = "The ministry has never sold any patrol boats to Ruritania or its friends."
    head = "title: On same.md\npublisher: Herald\npublished: 2021-09-01"
    (tmp_path / "same.md").write_text(f"---\n{head}\n---\n\n{opening}{words}\n")
    onrecord.add(archive, tmp_path / "same.md")
    assert by_file(checked(archive, words), "same.md").quotes_claim is carries


def test_copies_of_one_article_neither_outvote_nor_crowd_out_the_others(
    archive: Archive, tmp_path: Path
) -> None:
    before = checked(archive, "Patrol boats were sold to Ruritania.")
    rows = [
        {
            "title": f"Copy {number}",
            "publisher": f"mirror-{number}",
            "published": "2021-08-01",
            "text": "Harbour folk insist that no patrol boats were at any time sold to Ruritania.",
        }
        for number in range(150)
    ]
    (tmp_path / "copies.jsonl").write_text("\n".join(map(json.dumps, rows)))
    onrecord.add(archive, tmp_path / "copies.jsonl")
    after = checked(archive, "Patrol boats were sold to Ruritania.")
    against = after.assessment.parts[0].origins_against
    assert against <= before.assessment.parts[0].origins_against + 1
    read = {after.document(item).title for item in after.evidence}
    assert {"On sale.md", "On count.md", "On denial.md"} <= read
    assert len([title for title in read if title.startswith("Copy")]) == 1


def test_a_fault_is_recorded_and_the_check_goes_on(archive: Archive) -> None:
    claim = onrecord.quoted_claim(
        "Patrol boats were sold to Ruritania.", "A. Minister", "2022-03-01"
    )
    dossier = check(claim, archive, HalfBrokenVerifier("nine patrol boats that"))
    assert [fault.step for fault in dossier.faults] == ["neural.verifier"]
    assert isinstance(dossier.assessment.outcome, Rating | Abstention)


def test_a_verifier_that_fails_is_never_read_as_silence(archive: Archive) -> None:
    claim = onrecord.quoted_claim(
        "Patrol boats were sold to Ruritania.", "A. Minister", "2022-03-01"
    )
    with pytest.raises(ReadingError, match="nothing can be said"):
        check(claim, archive, BrokenVerifier())
