from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.model import (
    COARSE,
    FALSE,
    TRUE,
    Abstention,
    AbstentionReason,
    Assessment,
    ClaimPart,
    Evidence,
    PartAssessment,
    Rating,
)
from onrecord.weigh import (
    KnownFrom,
    Scale,
    open_level,
    read_scale,
    shipped_scales,
    suggest,
    weigh,
)
from tests.weigh.test_weigh import OPINION, P1, P2, items

WHY = AbstentionReason
SHIPPED = ("afp", "africa-check", "coarse", "full-fact", "politifact", "polygraph")

MINE = """
id: mine
version: 2
organisation: My Desk
note: Ours.
worst: 1
best: 3
levels:
  - {label: True, value: 3, meaning: Right., known_from: ours, parts_true: all}
  - {label: Mixed, value: 2, meaning: Some., known_from: ours, parts_true: some}
  - {label: False, value: 1, meaning: Wrong., known_from: ours, parts_true: none}
"""


def assessed(*labels: str | WHY, whole: WHY | None = None) -> Assessment:
    """An assessment whose parts came out so, part n with probability .9 - n/100."""
    parts = tuple(
        PartAssessment(
            part=f"p{number}",
            outcome=Abstention(reason=label)
            if isinstance(label, AbstentionReason)
            else Rating(scale=COARSE.id, label=label, probability=round(0.9 - number / 100, 4)),
            origins_for=0,
            origins_against=0,
        )
        for number, label in enumerate(labels, start=1)
    )
    wrong = [part.outcome for part in parts if isinstance(part.outcome, Rating)]
    wrong.sort(key=lambda rating: (rating.label == TRUE, -rating.probability))
    outcome = wrong[0] if whole is None else Abstention(reason=whole, probability=0.6)
    return Assessment(outcome=outcome, parts=parts)


def said(scale: str, *labels: str | WHY) -> str:
    found = suggest(assessed(*labels), read_scale(scale))
    return found.label if isinstance(found, Rating) else found.reason.value


def complaint(tmp_path: Path, text: str) -> str:
    file = tmp_path / "scale.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scale(file)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(file))
    return message.removeprefix(f"{file}: ")


def test_the_shipped_scales_are_these() -> None:
    assert tuple(scale.id for scale in shipped_scales()) == SHIPPED


@pytest.mark.parametrize("name", [*SHIPPED, "template"])
def test_a_shipped_scale_is_read_by_its_id_and_says_where_its_facts_are_from(name: str) -> None:
    scale = read_scale(name)
    assert scale.id == name
    assert scale.reference == f"{name}-{scale.version}"
    known = {level.known_from for level in scale.levels}
    assert scale.sources or known <= {KnownFrom.OURS}


def test_the_coarse_file_is_the_scale_on_which_checks_are_recorded() -> None:
    assert read_scale("coarse").as_rating_scale() == COARSE


@pytest.mark.parametrize(
    ("scale", "labels", "expected"),
    [
        ("coarse", (TRUE, TRUE), "True"),
        ("coarse", (TRUE, FALSE), "False"),
        ("coarse", (FALSE, FALSE), "False"),
        ("coarse", (FALSE, WHY.NO_EVIDENCE), "False"),
        ("polygraph", (TRUE,), "True"),
        ("polygraph", (TRUE, FALSE), "Partially True"),
        ("polygraph", (FALSE, FALSE, WHY.NO_EVIDENCE), "False"),
        ("politifact", (TRUE, TRUE, WHY.NOT_CHECKABLE), "True"),
        ("politifact", (TRUE, TRUE, TRUE, FALSE), "Mostly True"),
        ("politifact", (TRUE, TRUE, FALSE), "Half True"),
        ("politifact", (TRUE, FALSE, FALSE, FALSE), "Half True"),
        ("politifact", (TRUE, FALSE, FALSE, FALSE, FALSE), "Mostly False"),
        ("politifact", (FALSE,), "False"),
        ("afp", (TRUE,), "no_label"),
        ("afp", (TRUE, FALSE), "Partly false"),
        ("afp", (FALSE,), "False"),
        ("africa-check", (TRUE,), "Correct"),
        ("africa-check", (TRUE, FALSE), "Mostly correct"),
        ("africa-check", (TRUE, FALSE, FALSE), "no_label"),
        ("africa-check", (FALSE,), "Incorrect"),
        ("full-fact", (TRUE,), "no_label"),
        ("full-fact", (FALSE,), "no_label"),
    ],
)
def test_shares_of_true_parts_become_labels(
    scale: str, labels: tuple[str | WHY, ...], expected: str
) -> None:
    assert said(scale, *labels) == expected


def test_a_suggestion_names_scale_and_version_and_is_as_sure_as_its_least_sure_part() -> None:
    found = suggest(assessed(FALSE, TRUE, FALSE), read_scale("politifact"))
    assert found == Rating(scale="politifact-1", label="Half True", probability=0.87)


def test_where_one_wrong_part_is_enough_the_surest_counts() -> None:
    found = suggest(assessed(FALSE, TRUE, FALSE), read_scale("coarse"))
    assert found == Rating(scale="coarse-1", label="False", probability=0.89)


@pytest.mark.parametrize("name", SHIPPED)
def test_an_abstention_stays_one(name: str) -> None:
    found = assessed(TRUE, WHY.NO_EVIDENCE, whole=WHY.UNDECIDED_PARTS)
    assert suggest(found, read_scale(name)) == found.outcome


@pytest.mark.parametrize(
    ("scale", "reason", "label"),
    [
        ("africa-check", WHY.CONFLICTING, "Unproven"),
        ("africa-check", WHY.ONE_ORIGIN, "Unproven"),
        ("africa-check", WHY.NO_EVIDENCE, None),
        ("africa-check", WHY.UNCERTAIN, None),
        ("politifact", WHY.CONFLICTING, None),
        ("full-fact", WHY.CONFLICTING, None),
    ],
)
def test_what_stays_open_may_have_a_label_that_people_can_choose(
    scale: str, reason: WHY, label: str | None
) -> None:
    found = open_level(Abstention(reason=reason), read_scale(scale))
    assert (found.label if found else None) == label


@given(st.lists(items(), max_size=6), st.sampled_from([(P1,), (P1, P2), (P1, OPINION), (OPINION,)]))
def test_the_coarse_scale_says_what_weighing_said(
    evidence: list[Evidence], parts: tuple[ClaimPart, ...]
) -> None:
    numbered = [item.model_copy(update={"id": f"e{n}"}) for n, item in enumerate(evidence)]
    assessment = weigh(parts, numbered)
    assert suggest(assessment, read_scale("coarse")) == assessment.outcome


@given(st.lists(st.sampled_from([TRUE, FALSE]), min_size=1, max_size=12))
def test_more_true_parts_never_get_a_lower_value(labels: list[str]) -> None:
    for scale in shipped_scales():
        before = suggest(assessed(*labels), scale)
        after = suggest(assessed(*labels, TRUE), scale)
        values = {level.label: level.value for level in scale.levels}
        pair = [values[found.label] for found in (before, after) if isinstance(found, Rating)]
        if len(pair) == 2:
            low, high = pair
            assert low is not None
            assert high is not None
            assert low <= high


def test_reviews_take_the_scale_with_its_values() -> None:
    scale = read_scale("politifact").as_rating_scale()
    assert (scale.id, scale.worst, scale.best) == ("politifact-1", 1, 5)
    assert scale.level("Half True").value == 3


def test_no_number_is_read_against_the_wrong_end() -> None:
    scale = read_scale("afp").as_rating_scale()
    assert {level.value for level in scale.levels} == {None}


def test_labels_off_the_line_have_no_number() -> None:
    scale = read_scale("africa-check").as_rating_scale()
    assert scale.level("Unproven").value is None
    assert (scale.worst, scale.best) == (1, 5)


def test_who_rates_in_sentences_has_no_scale_for_reviews() -> None:
    with pytest.raises(InputError, match="Full Fact rates in sentences"):
        read_scale("full-fact").as_rating_scale()


@pytest.mark.parametrize("name", ["mine.yaml", "mine.json"])
def test_a_scale_of_ones_own_is_read_from_its_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(MINE if name.endswith("yaml") else _json(MINE), encoding="utf-8")
    scale = read_scale(file)
    assert [level.label for level in scale.levels] == ["True", "Mixed", "False"]
    assert read_scale(str(file)) == scale
    assert suggest(assessed(TRUE, FALSE), scale).probability == 0.88


def _json(text: str) -> str:
    plain = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes strings only
    return Scale.from_plain(_numbered(plain)).to_json()


def _numbered(plain: object) -> object:
    if isinstance(plain, dict):
        return {key: _numbered(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_numbered(value) for value in plain]
    return int(plain) if isinstance(plain, str) and plain.isdigit() else plain


def test_an_unknown_id_names_the_near_one() -> None:
    with pytest.raises(InputError, match="did you mean 'politifact'"):
        read_scale("polititact")
    with pytest.raises(InputError, match="afp, africa-check, coarse, full-fact"):
        read_scale("")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_scale(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="cannot be read"):
        read_scale(tmp_path)
    with pytest.raises(InputError, match="is no path"):
        read_scale("a\0.yaml")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: mine", "id: My Scale", "id: String should match"),
        ("version: 2", "version: 0", "version: Input should be greater"),
        ("version: 2", "version: '2'", "version: Input should be a valid integer"),
        ("version: 2", "version: 2\nversion: 3", "the key 'version' stands twice"),
        ("organisation: My Desk", "organisation:", "organisation: Input should be a valid string"),
        ("note: Ours.", "", "note: Field required"),
        ("note: Ours.", "note: Ours.\ncolour: red", "colour: Extra inputs"),
        ("best: 3", "best: 1", "worst is 1 and best 1"),
        ("best: 3", "", "values need a line"),
        ("best: 3", "best: 2", "the value 3 is not from 1 to 2"),
        ("value: 2", "value: 1.5", "levels.1.value: Input should be a valid integer"),
        ("value: 2", "value: -1", "the value -1 is not from 1 to 3"),
        ("value: 2", "value: 3", None),
        ("label: Mixed", "label: true", "two levels have the label 'true'"),
        ("label: Mixed", "label: ' '", "levels.1.label: more than one line"),
        ("label: Mixed", 'label: "a\\nb"', "levels.1.label: more than one line"),
        ("label: Mixed", f"label: {'x' * 61}", "levels.1.label: String should have at most"),
        ("meaning: Some.", "meaning: ''", "levels.1.meaning: String should have at least"),
        ("known_from: ours", "known_from: hearsay", "levels.0.known_from: Input should be"),
        ("parts_true: some", "parts_true: all", "'Mixed' and 'True' answer to the same share"),
        ("parts_true: none", "parts_true: not all", "'False' and 'Mixed' answer to the same share"),
        ("parts_true: some", "parts_true: [0.5, 0.2]", "[0.5, 0.2] is none of all"),
        ("parts_true: some", "parts_true: [0.5]", "[0.5] is none of all, none"),
        ("parts_true: some", "parts_true: most", "'most' is none of all, none"),
        ("parts_true: some", "parts_true: [0.2, .nan]", "levels.1.parts_true"),
        ("parts_true: some", "abstentions: [tired]", "levels.1.abstentions.0"),
        ("parts_true: some", "abstentions: [uncertain, uncertain]", "the abstention 'uncertain'"),
        ("levels:", "sources: [{url: 'javascript:1', gives: x}]\nlevels:", "sources.0.url"),
        ("value: 2", "value: &a 2", None),
        ("value: 2", "value: !!python/name:os.system 2", "not YAML: line 10"),
        ("id: mine", "id: [", "not YAML: line"),
    ],
)
def test_what_is_no_scale_is_refused_in_one_line(
    tmp_path: Path, old: str, new: str, expected: str | None
) -> None:
    text = MINE.replace(old, new, 1)
    assert text != MINE
    if expected is None:
        file = tmp_path / "scale.yaml"
        file.write_text(text, encoding="utf-8")
        assert read_scale(file).id == "mine"
    else:
        assert expected in complaint(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a mapping with id"),
        ("- 1", "a mapping with id"),
        ("a: &x [1]\nb: *x", "aliases are not allowed"),
        ("[" * 20_000, "not YAML"),
        ("? [1]\n: 2", "not YAML"),
        ("x" * 100_001, "over 100000 bytes"),
        ("id: \x00", "not YAML"),
        (MINE.partition("  - {label: Mixed")[0], "one level is no scale"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in complaint(tmp_path, text)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_scale_or_an_input_error(content: bytes) -> None:
    from onrecord.weigh.scales import _parsed

    with pytest.raises(InputError):
        _parsed(content, "here")
