from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import read_capture, read_file
from onrecord.intake import transcripts as reader
from onrecord.intake.files import clean
from onrecord.intake.transcripts import read_subtitles, read_turns
from onrecord.model import Capture

VTT = """WEBVTT - The interview
Kind: captions
Language: de

STYLE
::cue { color: red }

NOTE words of an editor

intro
00:01.000 --> 00:04.000 align:start
<v.loud Anna Kovac>We never sold jets</v>

00:04.000 --> 00:06.000
<v Anna Kovac>to the <i>army</i> &amp; navy.</v>
<v Peter Horn>Not true.</v>

00:20.000 --> 00:22.000
[APPLAUSE]
"""

SRT = """1
00:00:01,000 --> 00:00:02,500 X1:100 X2:200
{\\an8}<font color="red">Good evening.</font>

2
00:00:02,500 --> 00:00:04,000
The news of
the day.
"""


def read(text):
    return read_subtitles(text, "a.vtt")


def said(found):
    """Start, end, speaker and words of each cue."""
    return [(one.start, one.end, one.speaker, found.text[slice(*one.span)]) for one in found.cues]


def turns(text):
    return [(one.start, one.speaker, text[slice(*one.span)]) for one in read_turns(text)]


class TestDocuments:
    def test_of_webvtt(self, tmp_path):
        path = tmp_path / "a.vtt"
        path.write_text(VTT)
        [document] = read_file(path, {})
        assert document.title == "The interview"
        assert document.language == "de"
        assert document.text == (
            "[00:01.000]\n\nAnna Kovac: We never sold jets to the army & navy.\n\n"
            "[00:04.000]\n\nPeter Horn: Not true.\n\n[00:20.000]\n\n[APPLAUSE]"
        )
        assert document.snapshot.media_type == "text/vtt"

    @pytest.mark.parametrize("name", ["news.srt", "news.txt", "news.sub"])
    def test_of_subrip_whatever_its_name(self, tmp_path, name):
        path = tmp_path / name
        path.write_bytes(b"\xef\xbb\xbf" + SRT.replace("\n", "\r\n").encode())
        [document] = read_file(path, {})
        assert document.title == "news"
        assert document.text == "[00:00:01,000]\n\nGood evening. The news of the day."

    @pytest.mark.parametrize("said", ["text/vtt", "text/plain", "", "application/octet-stream"])
    def test_of_a_fetched_file(self, said):
        capture = Capture(
            "https://a.example/talk.vtt", b"WEBVTT\n\n0:01 --> 0:02\nHello.", said, ""
        )
        [document] = read_capture(capture, {})
        assert (document.title, document.text) == ("talk", "[0:01]\n\nHello.")

    def test_of_a_text_that_names_speakers(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text("---\ntitle: Talk\n---\nANNA KOVAC: Nine boats.\n\nBO LI: None.\n")
        [document] = read_file(path, {})
        assert document.text == "ANNA KOVAC: Nine boats.\n\nBO LI: None."
        assert turns(document.text) == [
            (None, "ANNA KOVAC", "Nine boats."),
            (None, "BO LI", "None."),
        ]


class TestCues:
    def test_of_webvtt(self):
        assert said(read(VTT)) == [
            ("00:01.000", "00:04.000", "Anna Kovac", "We never sold jets"),
            ("00:04.000", "00:06.000", "Anna Kovac", "to the army & navy."),
            ("00:04.000", "00:06.000", "Peter Horn", "Not true."),
            ("00:20.000", "00:22.000", None, "[APPLAUSE]"),
        ]

    def test_of_subrip(self):
        assert said(read(SRT)) == [
            ("00:00:01,000", "00:00:02,500", None, "Good evening."),
            ("00:00:02,500", "00:00:04,000", None, "The news of the day."),
        ]

    def test_without_blank_lines_between_them(self):
        text = "1\n0:01 --> 0:02\nNine boats.\n2\n0:02 --> 0:03\nIn 1999\n3\n0:03 --> 0:04\nSold."
        assert [words for *_, words in said(read(text))] == ["Nine boats.", "In 1999", "Sold."]

    def test_words_behind_a_blank_line_are_not_lost(self):
        text = "1\n0:01 --> 0:02\nNine boats\n\nwere sold.\n\n2\n0:02 --> 0:03\nNo."
        assert [words for *_, words in said(read(text))] == ["Nine boats were sold.", "No."]

    def test_labels_and_changes(self):
        text = (
            "1\n0:01 --> 0:02\n>> ANNA: Good evening. We\n\n2\n0:02 --> 0:03\nhave news.\n\n"
            "3\n0:03 --> 0:04\n>> Thanks.\n>> MR. LI: Yes.\n\n4\n0:04 --> 0:05\nIndeed."
        )
        assert [(speaker, words) for _, _, speaker, words in said(read(text))] == [
            ("ANNA", "Good evening. We"),
            ("ANNA", "have news."),
            (None, "Thanks."),
            ("MR. LI", "Yes."),
            ("MR. LI", "Indeed."),
        ]

    def test_without_marks_of_change_only_an_unfinished_sentence_goes_on(self):
        text = "0:01 --> 0:02\nANNA: We sold\n\n0:02 --> 0:03\nboats.\n\n0:03 --> 0:04\nReally?"
        speakers = [speaker for _, _, speaker, _ in said(read(text))]
        assert speakers == ["ANNA", "ANNA", None]

    @pytest.mark.parametrize("words", ["the reason: money", "Note: nine boats", "at 10: late"])
    def test_what_is_no_label(self, words):
        [(_, _, speaker, found)] = said(read(f"0:01 --> 0:02\n{words}"))
        assert (speaker, found) == (None, words)

    def test_captions_that_roll_up_are_said_once(self):
        text = (
            "WEBVTT\n\n00:00.000 --> 00:02.000\n \nwe<00:00.500><c> never</c>\n\n"
            "00:02.000 --> 00:02.010\nwe never\n\n00:02.010 --> 00:04.000\nwe never\nsold them\n\n"
            "00:04.000 --> 00:04.010\nsold them\n\n00:04.010 --> 00:06.000\nsold them\never"
        )
        assert read(text).text == "[00:00.000]\n\nwe never sold them ever"

    def test_what_is_said_twice_is_quoted_twice(self):
        text = "0:01 --> 0:02\nNo!\n\n0:02 --> 0:03\nNo!\n\n0:30 --> 0:31\nNo!"
        assert [words for *_, words in said(read(text))] == ["No!", "No!", "No!"]

    def test_a_pause_and_a_long_speech_make_paragraphs(self):
        long = " ".join(["word"] * reader.PARAGRAPH_WORDS) + "."
        text = f"0:01 --> 0:02\n{long}\n\n0:02 --> 0:03\nNext.\n\n0:09 --> 0:10\nLater."
        assert read(text).text == f"[0:01]\n\n{long}\n\n[0:02]\n\nNext.\n\n[0:09]\n\nLater."

    def test_scripts_without_spaces(self):
        assert read("0:01 --> 0:02\n軍隊が\n村を\n\n0:02 --> 0:03\n焼いた。").text.endswith(
            "軍隊が村を焼いた。"
        )

    @pytest.mark.parametrize(
        "words",
        ["a < b > c", "<script>x</script>", "&#0;&#27;x", "<v " + "n" * 90 + ">x", "&lrm;x"],
    )
    def test_marks_that_are_none_do_no_harm(self, words):
        found = read(f"WEBVTT\n\n0:01 --> 0:02\n{words}")
        assert clean(found.text) == found.text
        assert found.cues[0].speaker is None


class TestTurns:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Anna Kovac: One.\n\nBo Li: Two.\nthree\n\nAnna Kovac: Four.",
             [(None, "Anna Kovac", "One."), (None, "Bo Li", "Two.\nthree"),
              (None, "Anna Kovac", "Four.")]),
            ("[00:01] ANNA: One.\n(01:02:03.5) BO: Two.",
             [("00:01", "ANNA", "One."), ("01:02:03.5", "BO", "Two.")]),
            ("Anna [0:01]: One.\nBo (0:02): Two.",
             [("0:01", "Anna", "One."), ("0:02", "Bo", "Two.")]),
            ("Anna Kovac  00:12\nOne.\n\nBo Li  00:15\nTwo.",
             [("00:12", "Anna Kovac", "One."), ("00:15", "Bo Li", "Two.")]),
            ("**Anna:** One.\n\n**Anna**: Two.", [(None, "Anna", "One."), (None, "Anna", "Two.")]),
            ("Q: One?\nA: Two.\nQ: Three?",
             [(None, "Q", "One?"), (None, "A", "Two."), (None, "Q", "Three?")]),
            ("Title\n\nINTERVIEWER: One?\nDR. VAN DEN BERG (via interpreter): Two.",
             [(None, "INTERVIEWER", "One?"), (None, "DR. VAN DEN BERG (via interpreter)", "Two.")]),
            ("张三：一。\n李四：二。\n张三：三。", []),
            ("张三： 一。\n李四： 二。\n张三： 三。",
             [(None, "张三", "一。"), (None, "李四", "二。"), (None, "张三", "三。")]),
            ("[0:01]\nOne.\n[0:02]\nTwo.", [("0:01", None, "One."), ("0:02", None, "Two.")]),
        ],
    )  # fmt: skip
    def test_forms(self, text, found):
        assert turns(text) == found

    @pytest.mark.parametrize(
        "text",
        [
            "", "The ministry sold boats.", "Note: it sold boats.", "WASHINGTON: It sold boats.",
            "They said: nine.\nHe said: ten.", "See https://a.example/b\nand https://a.example/c",
        ],
    )  # fmt: skip
    def test_texts_that_name_no_speakers(self, text):
        assert turns(text) == []

    def test_the_text_of_subtitles_tells_its_turns(self):
        assert turns(read(VTT).text) == [
            ("00:01.000", "Anna Kovac", "We never sold jets to the army & navy."),
            ("00:04.000", "Peter Horn", "Not true."),
            ("00:20.000", None, "[APPLAUSE]"),
        ]


CODES = st.builds(
    lambda hours, minutes, seconds, comma: f"{hours}{minutes:02}:{seconds:02}{comma}",
    st.sampled_from(["", "00:", "1:", "100:"]),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(["", ".000", ",5"]),
)
SPEAKERS = st.sampled_from(["", "<v Anna>", "<v.a B. Li>", "ANNA: ", ">> ", ">> BO: ", "- "])
WORDS = st.text("abcD é.!<>&;:-\\{}軍村", max_size=20)
CUES = st.lists(st.tuples(CODES, CODES, st.lists(st.tuples(SPEAKERS, WORDS), max_size=3)))


@given(CUES, st.booleans())
def test_spans_of_cues(cues, is_vtt):
    blocks = [
        f"{start} --> {end}\n" + "\n".join(speaker + words for speaker, words in lines)
        for start, end, lines in cues
    ]
    text = "\n\n".join([*(["WEBVTT"] if is_vtt else []), *blocks])
    try:
        found = read(text)
    except InputError:
        return
    assert clean(found.text) == found.text
    assert all(one.span[1] <= two.span[0] for one, two in pairwise(found.cues))
    times = [(start, end) for start, end, _ in cues]
    for cue in found.cues:
        words = found.text[slice(*cue.span)]
        assert words
        assert words == " ".join(words.split())
        assert (cue.start, cue.end) in times
        paragraph = found.text[: cue.span[0]].rpartition("\n\n")[2]
        assert not cue.speaker or paragraph.startswith(f"{cue.speaker}: ")
    assert read(text) == found


@given(st.lists(st.text("ab ", min_size=1, max_size=20).filter(str.strip), min_size=1))
def test_plain_words_are_all_there(spoken):
    text = "\n\n".join(f"0:{n:02} --> 0:{n:02}.5\n{words}" for n, words in enumerate(spoken))
    found = read(text)
    assert [words for *_, words in said(found)] == [" ".join(words.split()) for words in spoken]


@given(st.text("Ab:[]()0123 \n.-*", max_size=80))
def test_spans_of_turns(text):
    found = read_turns(text)
    assert all(one.span[1] <= two.span[0] for one, two in pairwise(found))
    for cue in found:
        words = text[slice(*cue.span)]
        assert words
        assert words == words.strip()


class TestHostile:
    @pytest.mark.parametrize(
        "text",
        [
            "", "WEBVTT", "WEBVTT\n\n\n", "1\n2\n3", "0:01 --> 0:02", "0:01 --> 0:02\n<i></i>\n",
            "WEBVTT\n\nNOTE 0:01 -->\nx", "--> --> -->\nx", "99:99:99,999,9 --> 1\nx",
        ],
    )  # fmt: skip
    def test_what_has_no_cues_is_refused(self, text):
        with pytest.raises(InputError, match=r"^a\.vtt: it has no subtitles; lines like"):
            read(text)

    def test_more_cues_than_any_talk_has(self, monkeypatch):
        monkeypatch.setattr(reader, "MOST_CUES", 9)
        with pytest.raises(InputError, match=r"^a\.vtt: over 9 cues; split it"):
            read("0:01 --> 0:02\nx\n\n" * 10)

    def test_more_words_than_any_talk_has(self):
        with pytest.raises(InputError, match=r"^a\.vtt: over 5000000 characters; split it"):
            read("0:01 --> 0:02\n" + "x" * reader.MOST_CHARACTERS)

    @pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.txt"])
    def test_a_line_of_200_mb_is_refused_before_it_is_read(self, tmp_path, name):
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(b"WEBVTT\n\n0:01 --> 0:02\n")
            file.truncate(200_000_000)
        with pytest.raises(InputError, match="over 20 MB, split it into smaller files"):
            read_file(path, {})

    @pytest.mark.parametrize(
        "line",
        [
            "x" * 900_000, "<" * 900_000, "<v " * 300_000, "<v a>" * 100_000, "{\\" * 300_000,
            "&" * 900_000, "A " * 500_000, ">" * 900_000, "A: " * 300_000, "x\n" * 200_000 + "x",
            " \n" * 200_000 + "x", "A: x\n" * 20_000 + "x",
        ],
        ids=lambda line: repr(line[:5]),
    )  # fmt: skip
    def test_long_lines_are_read_in_bounded_time(self, line):
        found = read(f"WEBVTT\n\n0:01 --> 0:02\n{line}\nEnd.")
        assert "End." in found.text
        assert len(found.text) <= 4 * len(line) + 100
        assert len(read_turns(f"ANNA: {line}\nBO: y")) <= len(line)

    def test_bytes_that_are_no_utf_8(self, tmp_path):
        path = tmp_path / "a.srt"
        path.write_bytes("1\n0:01 --> 0:02\nJaponés.".encode("latin-1"))
        with pytest.raises(InputError, match="not UTF-8"):
            read_file(path, {})
