from collections.abc import Callable

from onrecord.model import Dossier, Evidence, Label
from onrecord.publish.placing import Layout, Place, place_of


def ids(items: tuple[Evidence, ...]) -> list[str]:
    return [item.id for item in items]


def test_every_item_has_one_place(draft: Dossier) -> None:
    layout = Layout(draft)
    assert {place: ids(layout.items(place)) for place in Place} == {
        Place.APPEARANCE: ["e7"],
        Place.SILENT: ["e8"],
        Place.LATE: ["e6"],
        Place.PART: ["e1", "e2", "e3", "e4", "e5"],
    }


def test_home_is_the_part_on_which_an_item_weighs_most(draft: Dossier) -> None:
    layout = Layout(draft)
    homes = {item.id: layout.home(item) for item in layout.items(Place.PART)}
    assert homes == {"e1": "p1", "e2": "p2", "e3": "p1", "e4": "p1", "e5": "p1"}


def test_without_a_trace_the_surest_reading_is_home(make: Callable[..., Dossier]) -> None:
    draft = make()
    bare = tuple(part.model_copy(update={"trace": ()}) for part in draft.assessment.parts)
    layout = Layout(make(assessment=draft.assessment.model_copy(update={"parts": bare})))
    assert layout.home(draft.evidence[1]) == "p1"


def test_heaviest_first(draft: Dossier) -> None:
    assert ids(Layout(draft).on_part("p1", Label.REFUTES)) == ["e1", "e2", "e3"]
    assert ids(Layout(draft).on_part("p2", Label.REFUTES)) == ["e2", "e1"]


def test_late_evidence_that_says_nothing_is_silent(draft: Dossier) -> None:
    silent = draft.evidence[7].model_copy(update={"known_by_claim_date": False})
    assert place_of(silent) is Place.SILENT


def test_anchors_come_from_ranks(make: Callable[..., Dossier]) -> None:
    draft = make()
    odd = draft.evidence[0].model_copy(update={"id": '"><b>'})
    bare = tuple(part.model_copy(update={"trace": ()}) for part in draft.assessment.parts)
    assessment = draft.assessment.model_copy(update={"decisive": (), "parts": bare})
    layout = Layout(make(evidence=(odd, *draft.evidence[1:]), assessment=assessment))
    assert layout.anchors['"><b>'] == "evidence-1"
