import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pyshacl
import pytest
from rdflib import RDF, SDO, Graph

from onrecord.errors import InputError
from onrecord.model import (
    Appearance,
    Claimant,
    Dossier,
    Paragraph,
    RatingLevel,
    RatingScale,
    Segment,
    SegmentKind,
)
from onrecord.publish import Publisher, claim_review, jsonld_script

# rdflib warns of a class of its own that its JSON-LD parser uses.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

PAGE_URL = "https://checks.example.org/zakharova"

SCALE = RatingScale(
    id="five-1",
    levels=(
        RatingLevel(label="True", value=5, definition=""),
        RatingLevel(label="Half true", value=3, definition=""),
        RatingLevel(label="False", value=1, definition=""),
        RatingLevel(label="Unproven", value=None, definition=""),
    ),
)


@pytest.fixture(scope="module")
def data_of_published(published: Dossier, publisher: Publisher) -> dict[str, Any]:
    return claim_review(published, PAGE_URL, publisher)


def as_graph(review: dict[str, Any], data: Path) -> Graph:
    """The JSON-LD resolved with the local context: tests have no network."""
    context = json.loads((data / "schemaorg-context.jsonld").read_text("utf-8"))["@context"]
    return Graph().parse(data=json.dumps({**review, "@context": context}), format="json-ld")


def complaints(review: dict[str, Any], schema: dict[str, Any], data: Path) -> list[str]:
    """What the JSON Schema and the shapes have against it."""
    checker = jsonschema.FormatChecker()
    validator = jsonschema.Draft6Validator(schema, format_checker=checker)
    found = [error.message for error in validator.iter_errors(review)]
    shapes = Graph().parse(data / "claimreview-shapes.ttl", format="turtle")
    graph = as_graph(review, data)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=shapes)
    return found if conforms else [*found, report]


def test_what_people_published(data_of_published: dict[str, Any]) -> None:
    assert data_of_published == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": PAGE_URL,
        "claimReviewed": "Russia brings cooperation, peace, [and] stability to the region. Russia…",
        "datePublished": "2022-08-20",
        "author": {
            "@type": "Organization",
            "name": "The Example Checker",
            "url": "https://checks.example.org",
        },
        "itemReviewed": {
            "@type": "Claim",
            "name": "Russia brings cooperation, peace, [and] stability to the region. Russia "
            "operates on the basis of international law, mutual respect and the mutual "
            "consideration of interests.",
            "author": {
                "@type": "Person",
                "name": "Maria Zakharova",
                "jobTitle": "Spokeswoman, Russian Foreign Ministry",
                "sameAs": ["https://www.wikidata.org/wiki/Q4187304"],
            },
            "datePublished": "2022-08-03",
            "appearance": [
                {
                    "@type": "CreativeWork",
                    "url": "https://example.org/sputnik/rich-visit",
                    "datePublished": "2022-08-03",
                    "publisher": {"@type": "Organization", "name": "Sputnik"},
                    "archivedAt": "https://archive.example.org/2022/rich-visit",
                }
            ],
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "False",
            "ratingExplanation": "Russia is a major supplier of arms to Myanmar’s military "
            "government, which uses them against its own people. That is the opposite of bringing "
            "peace and stability.",
            "ratingValue": "1",
            "bestRating": "5",
            "worstRating": "1",
        },
    }


def test_it_is_valid_by_schema_and_shapes(
    data_of_published: dict[str, Any], claimreview_schema: dict[str, Any], data: Path
) -> None:
    assert complaints(data_of_published, claimreview_schema, data) == []


def test_it_is_valid_with_the_least_that_is_known(
    make: Callable[..., Dossier],
    make_review: Callable[..., Dossier],
    publisher: Publisher,
    claimreview_schema: dict[str, Any],
    data: Path,
) -> None:
    bare = {"claimant": Claimant(name="A user"), "appearances": (), "made_on": "2022-08"}
    draft = make(claim=make().claim.model_copy(update=bare))
    published = make_review(draft, rating="Unproven", scale=SCALE, published="2022-08~")
    review = claim_review(published, PAGE_URL, publisher)
    assert complaints(review, claimreview_schema, data) == []
    assert "datePublished" not in review
    assert review["itemReviewed"].keys() == {"@type", "name", "author"}
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "A user"}


def test_every_term_is_one_of_schema_org(data_of_published: dict[str, Any], data: Path) -> None:
    terms = {str(term) for term in as_graph(data_of_published, data).predicates()}
    ours = {term.removeprefix("http://schema.org/") for term in terms - {str(RDF.type)}}
    assert {name for name in ours if SDO._NS + name not in SDO} == set()


def replaced(review: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    head, _, rest = path.partition(".")
    inner = replaced(review[head], rest, value) if rest else value
    return {**review, head: inner}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("itemReviewed.author", {"@type": "CreativeWork", "name": "x", "url": "https://x.example"}),
        ("itemReviewed.appearance", ["https://x.example"]),
        ("reviewRating", {"@type": "Rating"}),
        ("author", {"@type": "Organization"}),
        ("datePublished", "in August"),
        ("reviewRating.ratingValue", 1),
        ("headline", "no such field"),
    ],
)
def test_the_validators_see_faults(
    data_of_published: dict[str, Any],
    claimreview_schema: dict[str, Any],
    data: Path,
    path: str,
    value: object,
) -> None:
    assert complaints(replaced(data_of_published, path, value), claimreview_schema, data)


def test_a_draft_has_none(draft: Dossier, publisher: Publisher) -> None:
    with pytest.raises(InputError, match="let people review the dossier"):
        claim_review(draft, PAGE_URL, publisher)


def test_a_label_without_a_value_gets_no_number(
    draft: Dossier, make_review: Callable[..., Dossier], publisher: Publisher
) -> None:
    published = make_review(draft, rating="Unproven", scale=SCALE)
    rating = claim_review(published, PAGE_URL, publisher)["reviewRating"]
    assert rating.keys() == {"@type", "alternateName", "ratingExplanation"}


def test_a_label_in_the_middle_keeps_the_ends_of_its_scale(
    draft: Dossier, make_review: Callable[..., Dossier], publisher: Publisher
) -> None:
    published = make_review(draft, rating="Half true", scale=SCALE)
    rating = claim_review(published, PAGE_URL, publisher)["reviewRating"]
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == ("1", "3", "5")


@pytest.mark.parametrize("made_on", ["2022", "2022-08", "2022-08-03~", "2022-08-01/2022-08-03"])
def test_only_a_full_date_is_a_date(
    make: Callable[..., Dossier],
    make_review: Callable[..., Dossier],
    publisher: Publisher,
    made_on: str,
) -> None:
    draft = make(claim=make().claim.model_copy(update={"made_on": made_on}))
    review = claim_review(make_review(draft), PAGE_URL, publisher)
    assert "datePublished" not in review["itemReviewed"]


def test_addresses_that_are_none_of_the_web_are_left_out(
    make: Callable[..., Dossier], make_review: Callable[..., Dossier], publisher: Publisher
) -> None:
    claim = make().claim.model_copy(
        update={
            "claimant": Claimant(name="x", same_as=("javascript:alert(1)",)),
            "appearances": (
                Appearance(outlet="x", url="javascript:alert(1)"),
                Appearance(url="https://x.example", archived="javascript:alert(1)"),
            ),
        }
    )
    item = claim_review(make_review(make(claim=claim)), PAGE_URL, publisher)["itemReviewed"]
    assert "sameAs" not in item["author"]
    assert item["appearance"] == [{"@type": "CreativeWork", "url": "https://x.example"}]


@pytest.mark.parametrize("url", ["", "zakharova", "javascript:alert(1)", "https://прим.example/"])
def test_the_page_needs_a_web_address(published: Dossier, publisher: Publisher, url: str) -> None:
    with pytest.raises(InputError, match="the address of the page is"):
        claim_review(published, url, publisher)


def test_the_publisher_needs_a_name_and_a_web_address(published: Dossier) -> None:
    with pytest.raises(InputError, match="the publisher has no name"):
        claim_review(published, PAGE_URL, Publisher(name=" ", url="https://x.example"))
    with pytest.raises(InputError, match="the address of the publisher is"):
        claim_review(published, PAGE_URL, Publisher(name="x", url="x.example"))


@pytest.mark.parametrize(
    "attack",
    [
        "</script><script>alert(1)</script>",
        "</SCRIPT >",
        "<!--<script>",
        "-->",
        "\u2028\u2029",
        '"}]}\\',
        "&lt;/script&gt;",
        "\x00\x1f",
    ],
)
def test_hostile_text_cannot_leave_the_script(
    make: Callable[..., Dossier],
    make_review: Callable[..., Dossier],
    publisher: Publisher,
    attack: str,
) -> None:
    claim = make().claim.model_copy(
        update={
            "quote": (Segment(kind=SegmentKind.VERBATIM, text=f"said {attack}"),),
            "claimant": Claimant(name=attack, role=attack),
        }
    )
    published = make_review(make(claim=claim), explanation=(Paragraph(text=attack),))
    review = claim_review(published, PAGE_URL, publisher)
    script = jsonld_script(review)
    assert not set("<>&\u2028\u2029\x00\x1f") & set(script)
    assert json.loads(script) == review
