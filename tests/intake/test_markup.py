import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.markup import MarkupError, lines, text_of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One <b>bold</b>\n word<p>Two<br>three", "One bold word\nTwo\nthree"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("a<script>x</script>b<style>y</style><!-- z -->c", "abc"),
        ("a<nav>menu</nav><aside>more</aside><template>t</template>", "a"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("<p>xs sm md lg</p><p>Text</p><p>xl|xxl</p>", "Text"),
        ("<p>The same four words</p>" * 2 + "<p>No.</p>" * 2, "The same four words\nNo.\nNo."),
        ("<div class='breaking-news'>Breaking: x</div><p>Text", "Text"),
        ("<div id='ticker'>Breaking: x</div><p>Text", "Text"),
        ("<div class='breaking'><p>An article on breaking news.</p></div>",
         "An article on breaking news."),
        ("", ""),
        ("<!-- -->", ""),
    ],
)  # fmt: skip
def test_text(source, text):
    assert text_of(source) == text


@pytest.mark.parametrize(
    ("figure", "caption"),
    [
        ("<figure><img alt='x'><figcaption>A boat.</figcaption></figure>", "A boat."),
        ("<figure><figcaption>A boat. (Jane Roe/AFP)</figcaption></figure>",
         "A boat. (Jane Roe/AFP)"),
        ("<figure><figcaption>A boat. <span class='credit'>Jane Roe/AFP</span></figcaption>"
         "</figure>", "A boat. (Jane Roe/AFP)"),
        ("<figure><span class='image__credit'>Source, AFP</span><figcaption><span "
         "class='visually-hidden'>Image caption, </span>A boat.</figcaption></figure>",
         "A boat. (Source, AFP)"),
        ("<figure><figcaption>A boat. <cite>(AFP)</cite></figcaption></figure>", "A boat. (AFP)"),
        ("<figure><figcaption><span itemprop='copyrightHolder'>AFP</span></figcaption></figure>",
         "(AFP)"),
        ("<div class='wp-caption'><img><p class='wp-caption-text'>A boat.</p></div>", "A boat."),
        ("<figure>1 of 3<button>Enlarge</button><figcaption>A boat.</figcaption>more</figure>",
         "A boat."),
        ("<figure><blockquote>We sold it.</blockquote><figcaption>Minister</figcaption></figure>",
         "We sold it.\nMinister"),
        ("<figure><table><tr><td>12</td></tr></table><figcaption>The dead.</figcaption></figure>",
         "12\nThe dead."),
        ("<figure><figure><figcaption>A.</figcaption></figure><figure><figcaption>B.</figcaption>"
         "</figure></figure>", "A.\nB."),
        ("<figure><img></figure>", ""),
    ],
)  # fmt: skip
def test_captions_are_lines_of_their_own(figure, caption):
    assert text_of(f"<p>Before</p>{figure}<p>After</p>") == "\n".join(
        filter(None, ["Before", caption, "After"])
    )


def test_a_caption_comes_once():
    figure = "<figure><figcaption>A boat.</figcaption></figure>"
    assert text_of(f"{figure}<p>One</p>{figure}<p>Two</p>") == "A boat.\nOne\nTwo"


PARTS = [
    "<p>", "</p>", "<figure>", "</figure>", "<figcaption>", "</figcaption>", "<cite>", "</cite>",
    "<table>", "<td>", "<br>", "<pre>", "<i class='credit caption'>", "</i>", "<div id='ticker'>",
    "</div>", "a ", "b",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS)))
def test_any_markup_ends_in_lines(parts):
    found = text_of("".join(parts))
    assert set(found) <= set("ab ()\n,")
    assert lines(found.split("\n")) == (found.split("\n") if found else [])


@pytest.mark.parametrize(
    "source",
    ["<div>" * 300 + "deep", "<b>" * 100_000 + "x", "<figure><figcaption>" * 20_000 + "x",
     "<p class='caption'>" + "<i class='credit'>" * 20_000 + "x"],
    ids=lambda source: source[:12],
)  # fmt: skip
def test_markup_that_is_too_deep_is_refused(source):
    with pytest.raises(MarkupError, match="its HTML is nested too deeply or too long"):
        text_of(source)


@pytest.mark.parametrize(
    "source",
    ["<p class=caption>x " * 20_000, "<" * 1_000_000, "<p class='" + "a " * 300_000 + "'>x",
     "<p class='" + "a-" * 300_000 + "'>x", "<figure>x</figure>" * 30_000, "x " * 1_000_000],
    ids=lambda source: source[:12],
)  # fmt: skip
def test_long_markup_is_read_in_bounded_time(source):
    assert len(text_of(source)) <= len(source)
