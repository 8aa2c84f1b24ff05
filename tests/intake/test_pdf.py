import subprocess
import zlib
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import pdf as reader
from onrecord.intake import pdfium, read_capture, read_file
from onrecord.intake.files import clean
from onrecord.intake.pdf import read_pdf
from onrecord.model import Capture

WORDS = b"BT /F 12 Tf 50 700 Td (The ministry sold nine boats.) Tj ET"


def new(title=""):
    paper = FPDF()
    paper.set_font("helvetica", size=12)
    paper.set_creation_date(datetime(2022, 8, 5, tzinfo=UTC))
    paper.set_title(title)
    return paper


def written(paper, *pages):
    """A PDF with the lines of each page below each other; '' leaves a gap."""
    for lines in pages:
        paper.add_page()
        for line in lines:
            paper.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())


def raw(stream, filters=b"/FlateDecode", pages=1, catalog=b"", tree=b""):
    """A PDF as its parts are given, the same page so many times."""
    tree = tree or b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * pages, pages)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        tree,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(stream), filters, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content, table = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for number, part in enumerate(parts, start=1):
        table += b"%010d 00000 n \n" % len(content)
        content += b"%d 0 obj%sendobj\n" % (number, part)
    end = b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    return content + b"xref\n0 6\n" + table + end


def text_of(*pages):
    return read_pdf(written(new(), *pages), "a.pdf").text


def test_a_file_becomes_a_document(tmp_path):
    paper = new("Boats sold")
    paper.set_author("Jane Roe; John Doe")
    paper.set_lang("de-AT")
    path = tmp_path / "boats.pdf"
    path.write_bytes(written(paper, ["The ministry sold nine boats.", "", "It denied that."]))
    [document] = read_file(path, {})
    assert document.title == "Boats sold"
    assert document.authors == ("Jane Roe", "John Doe")
    assert document.language == "de"
    assert document.text == "The ministry sold nine boats.\n\nIt denied that."
    assert document.published.edtf == "2022-08-05~"
    assert document.published.basis == "PDF: when the file was made"
    assert document.snapshot.media_type == "application/pdf"


@pytest.mark.parametrize(
    "said", ["application/pdf", "application/x-pdf", "", "binary/octet-stream"]
)
def test_a_fetched_page_is_read_alike_whatever_its_server_calls_it(said):
    content = written(new("Boats"), ["The ministry sold nine boats."])
    capture = Capture("https://a.example/x", content, said, "2022-08-05T00:00:00Z", status=200)
    [document] = read_capture(capture, {})
    assert document.text == "The ministry sold nine boats."
    assert document.url == "https://a.example/x"


@pytest.mark.parametrize("title", ["Microsoft Word - boats", "final_v3.docx", "Untitled 1", ""])
def test_the_name_of_a_file_is_no_title(title):
    assert read_pdf(written(new(title), ["Nine boats."]), "a.pdf").title is None


def test_a_date_that_is_none_is_left_out():
    content = written(new(), ["Nine boats."]).replace(b"20220805", b"20229905")
    assert read_pdf(content, "a.pdf").made is None


class TestPages:
    def test_each_page_has_its_stretch_of_the_text(self):
        found = read_pdf(written(new(), ["One boat."], [], ["Two boats.", "", "Three."]), "a.pdf")
        assert [(page.number, page.label) for page in found.pages] == [(1, "1"), (3, "3")]
        words = [found.text[page.start : page.end] for page in found.pages]
        assert words == ["One boat.", "Two boats.\n\nThree."]

    def test_a_sentence_runs_on_over_the_page(self):
        found = read_pdf(written(new(), ["They sold nine"], ["boats to the army."]), "a.pdf")
        assert found.text == "They sold nine boats to the army."
        assert [found.text[page.start : page.end] for page in found.pages] == [
            "They sold nine",
            "boats to the army.",
        ]

    def test_heads_feet_and_page_numbers_go(self):
        bodies = ["One boat.", "Two boats.", "Three boats.", "Four boats."]
        pages = [
            ["The Boat Report", "", body, f"In {number} ports.", "", f"{number} of 4"]
            for number, body in enumerate(bodies, start=1)
        ]
        text = text_of(*pages)
        assert "The Boat Report" not in text
        assert " of 4" not in text
        assert all(body in text and f"In {n} ports." in text for n, body in enumerate(bodies, 1))

    def test_figures_at_the_edge_stay(self):
        text = text_of(*[["12", "The dead", "of that year."]] * 4)
        assert text.count("12") == 4

    def test_pages_that_are_all_alike_stay(self):
        assert text_of(*[["One boat."]] * 4).count("One boat.") == 4


class TestParagraphs:
    def test_lines_run_on_and_gaps_part(self):
        lines = ["The ministry sold nine patrol boats", "to the army last year, and", "denied it."]
        text = text_of([*lines, "", "That was in May, said those", "who bought them."])
        assert text == " ".join(lines) + "\n\nThat was in May, said those who bought them."

    @pytest.mark.parametrize(
        ("lines", "text"),
        [
            (["The gov-", "ernment fell."], "The government fell."),
            (["A well-known man. A well-", "known one."], "A well-known man. A well-known one."),
            (["They sold Su-", "30 jets."], "They sold Su-30 jets."),
            (["The anti-", "Western bloc."], "The anti-Western bloc."),
        ],
    )
    def test_words_that_were_divided(self, lines, text):
        assert text_of(lines) == text

    def test_bullets_part(self):
        assert text_of(["They have", "- nine boats", "- two jets"]) == (
            "They have\n\n- nine boats\n\n- two jets"
        )

    def test_a_heading_stands_alone(self):
        paper = new()
        paper.add_page()
        for size, line in ((20, "Boats sold"), (12, "The ministry sold nine of"), (12, "them.")):
            paper.set_font_size(size)
            paper.cell(0, size / 2, line, new_x="LMARGIN", new_y="NEXT")
        found = read_pdf(bytes(paper.output()), "a.pdf")
        assert found.text == "Boats sold\n\nThe ministry sold nine of them."

    def test_what_no_reader_sees_is_no_text(self):
        unseen = b" BT /F 12 Tf 50 -90 Td (below) Tj ET BT /F 0.3 Tf 50 500 Td (tiny) Tj ET"
        assert read_pdf(raw(zlib.compress(WORDS + unseen)), "a").text == (
            "The ministry sold nine boats."
        )


@given(st.lists(st.lists(st.text("aB1. -()", max_size=20), max_size=6), min_size=1, max_size=4))
def test_marks_and_text_agree(pages):
    # Without the process that runs PDFium: what it says is made up here.
    lines = [
        reader._line(number, words, 50, 50 + 6 * len(words), 700 - 14 * place, 12)
        for number, page in enumerate(pages)
        for place, words in enumerate(page)
    ]
    lines = [line for line in lines if line.text]
    text, marks = reader._set(lines, [str(number) for number in range(1, 5)])
    assert clean(text) == text
    assert [mark.number for mark in marks] == sorted({line.page + 1 for line in lines})
    assert all(one.end <= two.start for one, two in pairwise(marks))
    for mark in marks:
        words = "".join(line.text for line in lines if line.page == mark.number - 1)
        found = text[mark.start : mark.end]
        assert letters(found) == letters(words)
    assert letters(text) == letters("".join(line.text for line in lines))


def letters(text):
    return [character for character in text if character.isalnum()]


LOCKED = AccessPermission.none()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda: written(protected(), ["Nine boats."]), "is encrypted and needs a password"),
        (lambda: raw(zlib.compress(WORDS))[:-300], "the PDF ends before its end"),
        (lambda: raw(zlib.compress(WORDS))[:250] + b"\n%%EOF", "the PDF is broken"),
        (lambda: b"%PDF-1.7\n" + b"\x00\xff" * 1000 + b"%%EOF", "the PDF is broken"),
        (lambda: raw(zlib.compress(b"0 0 9 9 re f")), "no text in the 1 pages of the PDF; if"),
        (lambda: raw(zlib.compress(WORDS), pages=5001), "the PDF has over 5000 pages"),
        (
            lambda: raw(zlib.compress(WORDS), tree=b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
            "page 1 of the PDF is broken",
        ),
        (
            lambda: raw(zlib.compress(b" " * 200_000_000, 9)),
            "no text in the 1 pages|it takes more than 1000 MB",
        ),
        (
            lambda: raw(
                zlib.compress(zlib.compress(zlib.compress(b" " * 50_000_000, 9), 9), 9),
                b"/FlateDecode" * 3,
            ),
            "no text in the 1 pages|it takes more than 1000 MB",
        ),
        (
            lambda: raw(
                zlib.compress(b"BT /F 1 Tf 50 700 Td " + (b"(" + b"x" * 50 + b") Tj ") * 200_000)
            ),
            "over 5000000 characters|it takes more than 1000 MB",
        ),
    ],
)
def test_hostile_files_are_refused(content, message):
    with pytest.raises(InputError, match=f"^a.pdf: .*(?:{message})") as raised:
        read_pdf(content(), "a.pdf")
    assert "\n" not in str(raised.value)


def protected():
    paper = new()
    paper.set_encryption(owner_password="o", user_password="u", permissions=LOCKED)  # noqa: S106
    return paper


def test_a_file_that_may_be_read_but_not_copied_is_read():
    paper = new()
    paper.set_encryption(owner_password="o", permissions=LOCKED)  # noqa: S106
    assert read_pdf(written(paper, ["Nine boats."]), "a.pdf").text == "Nine boats."


@pytest.mark.parametrize(
    "content",
    [
        raw(zlib.compress(b"q " * 1_000_000 + WORDS)),
        raw(zlib.compress(WORDS), catalog=b"/X" + b"[" * 500_000),
        raw(zlib.compress(WORDS), tree=b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"),
    ],
    ids=["deep state", "deep array", "false count"],
)
def test_hostile_structures_around_a_text(content):
    assert read_pdf(content, "a.pdf").text == "The ministry sold nine boats."


def test_a_process_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(reader, "MOST_WAIT", 0.0001)
    with pytest.raises(InputError, match=r"a\.pdf: the PDF is not read after"):
        read_pdf(raw(zlib.compress(WORDS)), "a.pdf")


def test_a_process_that_works_too_long_is_ended(monkeypatch):
    ended = subprocess.CompletedProcess([], -24, b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(InputError, match=f"takes more than {pdfium.MOST_SECONDS} seconds of work"):
        read_pdf(raw(zlib.compress(WORDS)), "a.pdf")
