import json
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import claim_from, parse_quote, read_claim
from onrecord.model import SegmentKind, claim_id

EXAMPLE = Path(__file__).parents[2] / "examples" / "myanmar-2022"
PLAIN = {"quote": "It is so.", "claimant": "Jane Roe", "made_on": "2022-08-03"}


@given(st.text() | st.text(alphabet="ab [].…“\n"))
def test_segments_join_to_the_quote(text):
    segments = parse_quote(text)
    assert "".join(segment.text for segment in segments) == text
    assert all(segment.text for segment in segments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peace, [and] stability", ["v:Peace, ", "i:[and]", "v: stability"]),
        ("We came [...] and left", ["v:We came ", "e:[...]", "v: and left"]),
        ("We came […] and left", ["v:We came ", "e:[…]", "v: and left"]),
        ("We... left", ["v:We", "e:...", "v: left"]),
        ("We . . . left", ["v:We ", "e:. . .", "v: left"]),
        ("We… left", ["v:We", "e:…", "v: left"]),
        ("We [never left", ["v:We [never left"]),
        ("No. 5 fell. Yes.", ["v:No. 5 fell. Yes."]),
        ("[The army] left", ["i:[The army]", "v: left"]),
        ("", []),
    ],
)
def test_parse_quote(text, expected):
    assert [f"{segment.kind.value[0]}:{segment.text}" for segment in parse_quote(text)] == expected


def test_the_least_that_a_claim_needs():
    claim = claim_from(PLAIN)
    assert claim.printed == claim.text == "It is so."
    assert claim.claimant.name == "Jane Roe"
    assert claim.id == claim_id("It is so.", "Jane Roe", "2022-08-03")
    assert (claim.language, claim.parts, claim.appearances, claim.context) == ("en", (), (), None)


def test_everything_that_a_claim_can_have():
    claim = claim_from(
        {
            "id": "first",
            "quote": [
                {"kind": "translation", "text": "It is so"},
                {"kind": "ellipsis", "text": "…"},
            ],
            "claimant": {
                "name": "Jane Roe",
                "role": "Minister",
                "affiliation": "Ministry",
                "same_as": ["https://www.wikidata.org/wiki/Q1"],
            },
            "made_on": "2022-08~",
            "appearances": [
                {"outlet": "TV", "url": "https://a.example", "date": date(2022, 8, 4)},
            ],
            "context": " On peace. ",
            "language": "ru",
            "parts": [
                "It is.",
                {"text": "It is good.", "not_checkable": "opinion"},
                {"id": "x", "text": "So."},
            ],
        }
    )
    assert claim.id == "first"
    assert [segment.kind for segment in claim.quote] == [
        SegmentKind.TRANSLATION,
        SegmentKind.ELLIPSIS,
    ]
    assert claim.claimant.same_as == ("https://www.wikidata.org/wiki/Q1",)
    assert claim.appearances[0].date == "2022-08-04"
    assert claim.context == "On peace."
    assert [(part.id, part.checkable) for part in claim.parts] == [
        ("p1", True), ("p2", False), ("x", True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("made_on", "edtf"),
    [(date(2022, 8, 3), "2022-08-03"), (datetime(2022, 8, 3, 9), "2022-08-03"), (2022, "2022")],
)
def test_dates_as_objects(made_on, edtf):
    assert claim_from({**PLAIN, "made_on": made_on}).made_on == edtf


@pytest.mark.parametrize(
    ("quote", "printed"),
    [
        ("“It is so.”", "It is so."),
        ("„Es ist so.“", "Es ist so."),
        ("« C’est ainsi. »", "C’est ainsi."),
        ('"It is so."', "It is so."),
        ("“It is,” he said, “so.”", "“It is,” he said, “so.”"),
        ("He said “so.”", "He said “so.”"),
        ("  It is\n so. ", "It is\n so."),
    ],
)
def test_quotation_marks_around_the_whole_go(quote, printed):
    assert claim_from({**PLAIN, "quote": quote}).printed == printed


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"quote": None}, "the claim has no quote"),
        ({"quote": ""}, "the quote has no words"),
        ({"quote": "[...] …"}, "the quote has no words"),
        ({"quote": []}, "the quote has no words"),
        ({"quote": 3}, "quote is a number"),
        ({"quote": [{"kind": "verse", "text": "a"}]}, "needs a kind, one of verbatim, insertion"),
        ({"quote": [{"kind": "verbatim"}]}, "has no text"),
        ({"quote": ["a"]}, "a segment of the quote is text, a mapping of kind, text is wanted"),
        ({"claimant": None}, "the claim has no claimant"),
        ({"claimant": {"role": "x"}}, "the claimant has no name"),
        ({"claimant": ["a"]}, "claimant is a list"),
        ({"claimant": {"name": "a", "roll": "b"}}, "unknown key 'roll'; do you mean 'role'?"),
        ({"claimant": {"name": "a", "same_as": [1]}}, r"not complete: claimant\.same_as\.0"),
        ({"made_on": None}, "the claim has no date"),
        ({"made_on": "last week"}, "made_on 'last week' is no EDTF date; write it like"),
        ({"made_on": "2022-02-30"}, "made_on '2022-02-30' is no EDTF date"),
        ({"made_on": True}, "made_on is true or false"),
        ({"made-on": "2022"}, "the claim has an unknown key 'made-on'; do you mean 'made_on'?"),
        ({"zzz": 1}, "unknown key 'zzz'; known are id, quote"),
        ({"appearances": [{"date": "soon"}]}, "appearances.date 'soon' is no EDTF date"),
        ({"appearances": 4}, "appearances is a number, a list is wanted"),
        ({"parts": [{"text": ""}]}, "part 1 has no text"),
        ({"parts": [{"id": "a", "text": "b"}, {"id": "a", "text": "c"}]}, "two parts share an id"),
        ({"language": ["en"]}, "language is a list"),
        ({"id": 4}, "not complete: id"),
    ],
)
def test_what_is_no_claim(change, message):
    with pytest.raises(InputError, match=message) as raised:
        claim_from({**PLAIN, **change})
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("plain", [None, [], "quote", 3])
def test_what_is_no_mapping(plain):
    with pytest.raises(InputError, match="a mapping of id, quote"):
        claim_from(plain)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6
)


@given(st.dictionaries(st.sampled_from(["id", *PLAIN, "parts", "appearances"]), VALUES))
def test_any_plain_data_is_a_claim_or_an_input_error(plain):
    with suppress(InputError):
        claim_from(plain)


def test_the_example_claims():
    assert read_claim(EXAMPLE / "claim.yaml").claimant.name == "Maria Zakharova"
    cases = json.loads((EXAMPLE / "cases.json").read_text())["cases"]
    assert len({claim_from(case["claim"]).id for case in cases}) == len(cases)


@pytest.mark.parametrize("made_on", ["2022-08-03", '"2022-08-03"'])
def test_yaml_and_json_files_read_alike(tmp_path, made_on):
    (tmp_path / "claim.yaml").write_text(
        f"quote: It is so.\nclaimant: Jane Roe\nmade_on: {made_on}\n"
    )
    (tmp_path / "claim.json").write_text(json.dumps(PLAIN))
    claims = [read_claim(tmp_path / name) for name in ("claim.yaml", "claim.json")]
    assert claims == [claim_from(PLAIN)] * 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.yaml", None, "none.yaml: no such file"),
        ("a.yaml", b"quote: [", r"a.yaml: not YAML: line 1, column 9"),
        ("a.json", b"{'quote'", r"a.json: not JSON: line 1, column 2"),
        ("a.yaml", b"", "a.yaml: the claim is nothing, a mapping of"),
        ("a.yaml", b"\xff\xfe\x00", "a.yaml: not UTF-8"),
        ("a.yaml", b"x" * 1_000_001, "a.yaml: over 1 MB"),
        ("a.yaml", b"quote: hello\nclaimant: a\n", "a.yaml: the claim has no date"),
    ],
)
def test_files_that_hold_no_claim(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_claim(tmp_path / name)


def test_a_folder_is_no_claim(tmp_path):
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_claim(tmp_path)
