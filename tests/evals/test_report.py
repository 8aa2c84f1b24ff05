import base64
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.errors import InputError
from onrecord.evals.benchmarks import BENCHMARKS, SHIPPED, Evaluation
from onrecord.evals.pairs import read_stance_set
from onrecord.evals.report import render_report, write_report
from onrecord.evals.retrieval import measure as measure_retrieval
from onrecord.evals.retrieval import read_collection
from onrecord.evals.stance import StanceResult, measure
from tests.cli.doubles import WordEmbedder, WordVerifier

CHROMIUM = Path("/usr/bin/chromium")

VOID = {"meta", "link", "img", "br", "input"}


class Reader(HTMLParser):
    """Tags, balanced, and the pictures of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def result() -> StanceResult:
    given = read_stance_set(SHIPPED / "verification" / "small.test.jsonl", 24)
    return replace(measure(given, WordVerifier()), pairs_per_s=12.0, memory_mb=600.0)


@pytest.fixture(scope="module")
def evaluation(result: StanceResult) -> Evaluation:
    folded = replace(result, set="two.way", folded="supported_or_not", metric="balanced_accuracy")
    small = replace(result, set="few", tfidf_macro_f1=None, tfidf_balanced_accuracy=None)
    collection = read_collection(SHIPPED / "retrieval" / "small")
    retrieval = measure_retrieval(collection, WordEmbedder())
    return Evaluation(Path("data"), (result, folded, small), (retrieval,))


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_has_each_figure(evaluation):
    page = render_report(evaluation)
    for result in evaluation.stance:
        assert f"{result.value:.3f}" in page
        assert f"{result.ece:.3f}" in page
        assert result.data_sha256 in page
    assert "two-way: supported or not" in page
    assert f"{evaluation.retrieval[0].words.p50_ms:.1f}" in page
    assert evaluation.retrieval[0].model_sha256 in page


def test_every_picture_is_inline_and_says_what_it_shows(evaluation):
    pictures = read(render_report(evaluation)).all("img")
    assert len(pictures) == 2 + 2 * 3
    for picture in pictures:
        kind, _, code = (picture["src"] or "").partition(",")
        assert kind == "data:image/svg+xml;base64"
        assert b"<svg" in base64.b64decode(code)
        assert len(picture["alt"] or "") > 60
    alts = [picture["alt"] for picture in pictures]
    assert any(f"right in {evaluation.stance[0].accuracy:.0%}" in (alt or "") for alt in alts)


def test_every_table_has_a_caption_and_heads(evaluation):
    page = render_report(evaluation)
    reader = read(page)
    assert len(reader.all("table")) == len(reader.all("caption")) > 5
    assert all(head.get("scope") in {"col", "row"} for head in reader.all("th"))
    ids = [a["id"] for _, a in reader.found if a.get("id")]
    assert len(set(ids)) == len(ids)


def test_the_page_needs_nothing_from_elsewhere(evaluation):
    page = render_report(evaluation)
    reader = read(page)
    assert not reader.all("script")
    addresses = [a.get(key) for _, a in reader.found for key in ("src", "href") if a.get(key)]
    assert all((address or "").startswith("data:") for address in addresses)
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import", page)


def test_a_baseline_that_is_missing_is_a_dash(evaluation):
    row = re.search(r'<tr><th scope="row">few</th>.*?</tr>', render_report(evaluation), re.DOTALL)
    assert row is not None
    assert row[0].count("<td>–</td>") == 1


def test_names_are_text(evaluation, result):
    hostile = replace(result, set="<script>alert(1)</script> & $x_1$")
    page = render_report(Evaluation(Path("a<b>"), (hostile,), evaluation.retrieval))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert "<code>a&lt;b&gt;</code>" in page


def test_the_same_figures_give_the_same_bytes(evaluation):
    assert render_report(evaluation) == render_report(evaluation)


def test_a_picture_changes_with_its_figures(evaluation, result):
    worse = replace(result, macro_f1=0.4, intervals={**result.intervals, "macro_f1": (0.3, 0.5)})
    one, other = (
        read(render_report(Evaluation(Path("data"), (given,), ()))).all("img")
        for given in (result, worse)
    )
    assert [a["src"] == b["src"] for a, b in zip(one, other, strict=True)] == [
        *(False, True, True, True)
    ]


def test_a_report_of_one_half(evaluation):
    pairs = read(render_report(replace(evaluation, retrieval=())))
    found = render_report(replace(evaluation, stance=()))
    assert len(pairs.all("img")) == 8
    assert read(found).all("img") == []
    assert "nDCG@10" in found


def test_without_matplotlib_it_says_what_to_install(evaluation, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'onrecord\[evals\]'"):
        write_report(evaluation, tmp_path / "report.html")
    assert list(tmp_path.glob("report*")) == []


def test_a_file_that_cannot_be_written(evaluation, tmp_path):
    with pytest.raises(InputError, match="cannot write the report"):
        write_report(evaluation, tmp_path / "absent" / "report.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def file(
    evaluation: Evaluation, result: StanceResult, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The page of every benchmark there is."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    every = tuple(replace(result, set=name) for name in BENCHMARKS)
    write_report(replace(evaluation, stance=every), path)
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    page = browser.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    yield page
    page.close()


def test_it_can_be_read_on_a_telephone_and_on_a_desk(page: Page) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        seen = page.evaluate(
            "[...document.images].map(i => [i.complete, i.naturalWidth, i.clientWidth])"
        )
        assert all(done and natural > 0 and shown > 200 for done, natural, shown in seen)
    assert page.complaints == []


def test_headings_are_in_order_and_wide_tables_can_be_reached_by_keyboard(page: Page) -> None:
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    page.set_viewport_size({"width": 320, "height": 900})
    unreachable = page.evaluate(
        """[...document.querySelectorAll('.scroll')].filter(
            e => e.scrollWidth > e.clientWidth && e.tabIndex !== 0).length"""
    )
    assert unreachable == 0
