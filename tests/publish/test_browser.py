"""The page in a real browser, where one is installed."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.model import Dossier
from onrecord.publish import Publisher, write_page

CHROMIUM = Path("/usr/bin/chromium")

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(
    tmp_path_factory: pytest.TempPathFactory,
    draft: Dossier,
    published: Dossier,
    abstention: Dossier,
    publisher: Publisher,
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    paths = {name: folder / f"{name}.html" for name in ("draft", "published", "abstention")}
    write_page(draft, paths["draft"])
    write_page(published, paths["published"], "https://checks.example.org/z", publisher)
    write_page(abstention, paths["abstention"])
    return paths


@pytest.fixture(params=["draft", "published", "abstention"])
def page(
    request: pytest.FixtureRequest, browser: Browser, pages: dict[str, Path]
) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.requests = []
    page.complaints = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.goto(pages[request.param].as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_runs_over_the_edge(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    over = page.evaluate(
        """width => [...document.querySelectorAll('body *:not(.hidden):not(.skip)')]
            .filter(e => e.getBoundingClientRect().right > width + 1).map(e => e.outerHTML)""",
        width,
    )
    assert over == []


def test_nothing_is_requested_but_the_page_and_its_empty_icon(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    others = [url for url in page.requests if url != page.url and not url.startswith("data:,")]
    assert others == []
    assert page.complaints == []


def test_the_style_sheet_passes_the_policy(page: Page) -> None:
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"


def test_one_headline_and_headings_in_order(page: Page) -> None:
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_image_says_what_it_shows_or_is_hidden(page: Page) -> None:
    assert page.evaluate("[...document.images].filter(i => !i.hasAttribute('alt')).length") == 0
    assert page.evaluate("document.querySelectorAll('svg:not([aria-hidden=true])').length") == 0


def test_the_skip_link_is_first_shows_itself_and_moves_the_focus(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") == 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_visible(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_citation_opens_what_is_folded(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{pages['draft'].as_uri()}#evidence-8")
    page.wait_for_function("document.querySelector('details.silent').open")
    context.close()
