import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import docx as reader
from onrecord.intake import read_capture, read_file
from onrecord.intake.docx import read_docx
from onrecord.intake.files import clean
from onrecord.model import Capture

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = """<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">
<dc:title>Boats sold</dc:title><dc:creator>Jane Roe; John Doe</dc:creator>
<dc:language>de-AT</dc:language>
<dcterms:created>2019-01-01T00:00:00Z</dcterms:created>
<dcterms:modified>2022-08-05T23:30:00Z</dcterms:modified></cp:coreProperties>"""


def relations(**parts):
    items = "".join(
        f'<Relationship Id="{kind}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for kind, target in parts.items()
    )
    return f"<Relationships>{items}</Relationships>"


def package(body, *, head="", core=CORE, notes="", namespace=W, more=()):
    """A Word file with that body."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(
            officeDocument="word/document.xml", **{"core-properties": "core.xml"}
        ),
        "word/document.xml": f'{head}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body>'
        "</w:document>",
        "word/_rels/document.xml.rels": relations(footnotes="footnotes.xml"),
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>',
        "core.xml": core,
        **dict(more),
    }
    return zipped(parts)


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def p(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def text_of(body, **more):
    return read_docx(package(body, **more), "a.docx").text


def test_a_file_becomes_a_document(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(
        package(p(r("The ministry "), r("sold", "<w:b/>"), r(" boats.")) + p(r("No.")))
    )
    [document] = read_file(path, {})
    assert document.title == "Boats sold"
    assert document.authors == ("Jane Roe", "John Doe")
    assert document.language == "de"
    assert document.text == "The ministry sold boats.\n\nNo."
    assert (document.published.edtf, document.published.basis) == (
        "2022-08-05~",
        "DOCX: when the file was last saved",
    )
    assert document.snapshot.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("said", ["", "application/octet-stream", "application/zip"])
def test_a_fetched_file_is_told_by_its_content(said):
    capture = Capture("https://a.example/x", package(p(r("Nine."))), said, "2022-08-05T00:00:00Z")
    assert read_capture(capture, {})[0].text == "Nine."


def test_the_strict_form_is_read_alike():
    assert text_of(p(r("Nine boats.")), namespace=STRICT) == "Nine boats."


def test_what_is_missing_is_none():
    found = read_docx(package(p(r("Nine.")), core="<cp:p xmlns:cp='c'/>"), "a.docx")
    assert (found.title, found.authors, found.language, found.saved) == (None, (), None, None)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("a"), "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), "a\tb\nc"),
        (p("<w:r><w:t>Su</w:t><w:noBreakHyphen/><w:t>30</w:t></w:r>"), "Su-30"),
        (p(r("seen"), f"<w:del>{r('deleted')}</w:del>", f"<w:ins>{r(' added')}</w:ins>"),
         "seen added"),
        (p(f"<w:moveFrom>{r('was')}</w:moveFrom>", r("is")), "is"),
        (p(r("seen"), r("hidden", "<w:vanish/>")), "seen"),
        (p(r("seen"), r(" too", "<w:vanish w:val='0'/>")), "seen too"),
        (p("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>", r("seen")), "seen"),
        (p("<w:hyperlink>", r("linked"), "</w:hyperlink>"), "linked"),
        (p("<w:r><w:instrText>PAGE</w:instrText></w:r>", r("seen")), "seen"),
        ("<w:sdt><w:sdtContent>" + p(r("inside")) + "</w:sdtContent></w:sdt>", "inside"),
        (p(r("around"), f"<w:r><w:txbxContent>{p(r('box'))}</w:txbxContent></w:r>"),
         "box\n\naround"),
        (p(f"<w:r><mc:A xmlns:mc='m'><mc:Choice>{p(r('box'))}</mc:Choice>"
           f"<mc:Fallback>{p(r('box'))}</mc:Fallback></mc:A></w:r>"), "box"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_sees(body, text):
    assert text_of(body) == text


def test_rows_of_tables_are_lines():
    def row(*cells):
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    inner = "<w:tbl>" + row(p(r("3")), p(r("4"))) + "</w:tbl>"
    table = row(p(r("Region")), p(r("Dead")) + p(r("Hurt"))) + row(p(r("North")), inner) + row(p())
    assert text_of(p(r("Before.")) + f"<w:tbl>{table}</w:tbl>") == (
        "Before.\n\nRegion | Dead Hurt\n\nNorth | 3 | 4"
    )


def test_notes_stand_at_the_end_under_their_numbers():
    def note(number, text):
        return f'<w:footnote w:id="{number}">{p(r(text))}</w:footnote>'

    def reference(number):
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    body = p(r("Nine boats"), reference(7), r(" and two jets"), reference(2), r("."))
    notes = note(0, "a separator") + note(2, "Register of jets.") + note(7, "Register of boats.")
    assert text_of(body, notes=notes) == (
        "Nine boats[1] and two jets[2].\n\n[1] Register of boats.\n\n[2] Register of jets."
    )


@given(st.lists(st.text(st.sampled_from("aä1 .\u2028\x85\u200b"), max_size=9), min_size=1))
def test_paragraphs_come_out_in_order(paragraphs):
    body = "".join(p(r(words)) for words in paragraphs) + p(r("End."))
    text = text_of(body)
    assert clean(text) == text
    wanted = [clean(words) for words in [*paragraphs, "End."]]
    assert text == "\n\n".join(words for words in wanted if words)


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE a [<!ENTITY l0 "lol">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def with_flag(content, bits):
    """The package with flags in all its headers."""
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(magic)
        while start >= 0:
            content = content[: start + place] + bytes([bits, 0]) + content[start + place + 2 :]
            start = content.find(magic, start + 4)
    return content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda: package(p(r("&l11;")), head=BOMB), "declares a document type, as no Word file"),
        (lambda: package(p(r("&x;")), head=OUTSIDE), "declares a document type, as no Word file"),
        (lambda: package(p(r(" " * 60_000_000))), r"is taken for a bomb: \d+ bytes in it unpack"),
        (lambda: package("<w:a/>" * 100_000), "has no text"),
        (lambda: package("<w:p>" * 100_000), "nests elements over 256 deep"),
        (lambda: package(p(*[r("x" * 1_000_000)] * 6)), "has over 5000000 characters"),
        (lambda: package("<w:p><w:r>"), "is damaged: "),
        (lambda: package(""), "has no text"),
        (lambda: package(p(r("x")), core="<a>" + "<b/>" * 20_000 + "</a>"), "over 20000 elements"),
        (lambda: package(p(r("Nine.")))[:-300], "is damaged: File is not a zip file"),
        (lambda: package(p(r("Nine.")))[:200], "is damaged: File is not a zip file"),
        (lambda: package(p(r("Nine."))).replace(b"PK\x03\x04", b"PK\x03\x05"), "is damaged: "),
        (lambda: with_flag(package(p(r("Nine."))), 1), "is encrypted; save it without"),
        (lambda: zipped({"a.txt": "x"}), "is no Word file: no document"),
        (lambda: zipped({"_rels/.rels": relations(other="a")}), "is no Word file: no document"),
        (
            lambda: zipped({"_rels/.rels": relations(officeDocument="../../etc/passwd")}),
            "it has no 'etc/passwd'",
        ),
        (
            lambda: package(p(r("x")), more={str(n): "" for n in range(10_001)}.items()),
            "holds 10007 files, at most 10000 are read",
        ),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "it is encrypted, or a .doc of"),
        (lambda: b"PK\x03\x04" + bytes(600), "is damaged: File is not a zip file"),
    ],
)
def test_hostile_files_are_refused(content, message):
    with pytest.raises(InputError, match=f"^a.docx: .*{message}") as raised:
        read_docx(content(), "a.docx")
    assert "\n" not in str(raised.value)


def test_more_elements_than_any_file_has(monkeypatch):
    monkeypatch.setattr(reader._Body, "most", 100)
    with pytest.raises(InputError, match=r"a\.docx: the DOCX has over 100 elements in a part"):
        read_docx(package("<w:a/>" * 100), "a.docx")


def test_a_file_without_relations_of_its_document():
    parts = {
        "_rels/.rels": relations(officeDocument="d.xml"),
        "d.xml": f'<w:document xmlns:w="{W}">{p(r("Nine."))}</w:document>',
    }
    assert read_docx(zipped(parts), "a.docx").text == "Nine."
