import gzip
import json
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.evals.dates import (
    DatedText,
    Timex,
    evaluate_dates,
    read_printed,
    read_timeml,
    read_times,
    score,
    timeml,
)

HEAD = (
    '<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="1998-01-08T12:00" '
    'functionInDocument="CREATION_TIME">0108</TIMEX3></DCT>'
)
BODY = (
    '<TEXT>It <EVENT eid="e1">fell</EVENT> &amp; rose <TIMEX3 type="DATE" value="1998-01-07">'
    'yest<EVENT eid="e2">er</EVENT>day</TIMEX3>, in <TIMEX3 type="DATE" value="1997">1997</TIMEX3> '
    'and for <TIMEX3 type="DURATION" value="P2Y">two years</TIMEX3>.</TEXT>'
)
TML = f"{HEAD}{BODY}</TimeML>"
TEXT = "It fell & rose yesterday, in 1997 and for two years."


def test_timeml_is_read_with_places_in_the_plain_text() -> None:
    found = timeml("one", TML.encode(), "one.tml")
    assert (found.id, found.text, found.published) == ("one", TEXT, "1998-01-08")
    printed = [(TEXT[t.start : t.end], t.type, t.value) for t in found.timexes]
    assert printed == [
        ("yesterday", "DATE", "1998-01-07"),
        ("1997", "DATE", "1997"),
        ("two years", "DURATION", "P2Y"),
    ]


def test_a_file_a_folder_and_lines_hold_the_same(tmp_path: Path) -> None:
    (tmp_path / "one.tml").write_text(TML)
    row = json.dumps({"id": "one", "tml": TML})
    (tmp_path / "rows.jsonl").write_text(row + "\n")
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(row.encode()))
    paths = ["one.tml", "", "rows.jsonl", "rows.jsonl.gz"]
    read = [read_timeml(tmp_path / path) for path in paths]
    assert all(found == read[0] for found in read)


GOLD = DatedText("one", "x" * 100, None, (Timex(0, 9, "DATE", "1997"), Timex(20, 29, "SET", "P1D")))


def test_scores_are_counted_by_hand() -> None:
    found = (Timex(5, 12, "DATE", "1997"), Timex(20, 29, "DATE", "P1D"), Timex(50, 59, "DATE", ""))
    scores = score([GOLD], lambda text, published: found)
    assert scores == {
        "n": 2,
        "span_f1": 0.8,  # 2 of 3 found, 2 of 2 recalled
        "span_precision": 0.6667,
        "span_recall": 1.0,
        "exact_f1": 0.4,  # 1 of 3, 1 of 2
        "value_accuracy": 1.0,
        "type_accuracy": 0.5,
    }


def test_nothing_found_scores_nothing() -> None:
    scores = score([GOLD], lambda text, published: ())
    assert (scores["span_f1"], scores["value_accuracy"]) == (0.0, 0.0)


def test_the_reader_is_measured_beside_a_baseline(tmp_path: Path) -> None:
    (tmp_path / "one.tml").write_text(TML)
    figures = evaluate_dates(tmp_path)
    assert (figures["documents"], figures["n"]) == (1, 3)
    assert (figures["span_f1"], figures["value_accuracy"]) == (1.0, 1.0)
    assert figures["baseline"]["span_recall"] == 0.3333


def test_the_baseline_reads_dates_in_full() -> None:
    text = "On May 3, 1999, or in May 1999, or 1999, or May 3."
    assert [found.value for found in read_printed(text, None)] == ["1999-05-03", "1999-05", "1999"]
    assert len(read_times(text, None)) == 4


@pytest.mark.parametrize(
    ("name", "content", "about"),
    [
        ("one.tml", "<TimeML>", "not XML"),
        ("one.tml", "<TimeML/>", "no TEXT element"),
        ("one.tml", "", "not XML"),
        ("rows.jsonl", "{}", "'id'"),
        ("rows.jsonl", '{"id": "x", "tml": 1}', "'tml'"),
        ("rows.jsonl", "[", "not JSON"),
        ("rows.jsonl", "", "no TimeML"),
    ],
)
def test_what_is_no_timeml(tmp_path: Path, name: str, content: str, about: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    with pytest.raises(InputError, match=about) as error:
        read_timeml(file)
    assert str(error.value).startswith(str(file))


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_timeml(tmp_path / "none.tml")
    with pytest.raises(InputError, match="no TimeML"):
        read_timeml(tmp_path)


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + TML.replace("fell", "&b;")
    assert "aaaa" not in timeml("one", bomb.encode(), "one.tml").text
