"""Times and memory over the example archive, and SQLite FTS5 beside the search. Asserts nothing.

`make bench` runs it. Each step that is to be measured for memory runs in a process of its own.
"""

from __future__ import annotations

import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import onrecord
from onrecord.archive import Archive

EXAMPLE = Path(__file__).parents[1] / "examples" / "myanmar-2022"
COMMAND = Path(sys.executable).with_name("onrecord")
ROUNDS = 20

QUERIES = (
    "Russia supplies weapons to Myanmar's military",
    "people killed since the coup",
    "air strikes on villages with Russian jets",
    "United Nations condemnation of the coup",
    "activists executed by the junta",
    "South Korea sold submarines to Myanmar",
)

FTS = """
CREATE VIRTUAL TABLE passages USING fts5 (title, text, tokenize = 'porter unicode61');
"""


def main() -> None:
    """Measure everything and print it."""
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        workspace = Path(folder, "work")
        command("init", workspace)
        command("add", EXAMPLE / "archive", "-w", workspace)
        with onrecord.open_archive(workspace) as archive:
            print(f"the archive holds {archive.sequence} documents, {len(rows(archive))} passages")
            beside_fts(archive)
            warm(archive)
        command("check", EXAMPLE / "claim.yaml", "-w", workspace)


def command(*arguments: object) -> None:
    """Run `onrecord` in a process of its own; print its time and its most memory."""
    began = time.perf_counter()
    process = subprocess.Popen([COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    fate = "" if process.returncode == 0 else f"  FAILED with exit code {process.returncode}"
    print(f"onrecord {arguments[0]:<10} {took:8.2f} s  {memory:6.0f} MB at most{fate}")


def beside_fts(archive: Archive) -> None:
    """Print the median time of the archive's search, and of FTS5 over the same passages."""
    table = sqlite3.connect(":memory:")
    table.executescript(FTS)
    table.executemany("INSERT INTO passages VALUES (?, ?)", rows(archive))

    def peer(query: str) -> object:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        sought = (
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT 10"
        )
        return table.execute(sought, (words,)).fetchall()

    ours, theirs = medians((lambda query: archive.search(query, 10), peer))
    print(f"search, words and meaning {ours * 1e3:8.2f} ms, median of {ROUNDS * len(QUERIES)}")
    print(f"SQLite FTS5, words alone  {theirs * 1e3:8.2f} ms, ratio {ours / theirs:.1f}")


def medians(searches: Iterable[Callable[[str], object]]) -> Iterator[float]:
    """The median time of each search, in turns, after one round that does not count."""
    searches = tuple(searches)
    times: list[list[float]] = [[] for _ in searches]
    for round_ in range(ROUNDS + 1):
        for query in QUERIES:
            for search, taken in zip(searches, times, strict=True):
                began = time.perf_counter()
                search(query)
                if round_:
                    taken.append(time.perf_counter() - began)
    return (statistics.median(taken) for taken in times)


def rows(archive: Archive) -> list[tuple[str, str]]:
    """Title and text of each passage."""
    from onrecord.text.passages import passages

    return [
        (document.title, document.text[start:end])
        for document in archive.documents()
        for start, end in passages(document.text)
    ]


def warm(archive: Archive) -> None:
    """Print the time of a check in a process that has done one before."""
    claim = onrecord.read_claim(EXAMPLE / "claim.yaml")
    try:
        first = onrecord.check(claim, archive)
    except onrecord.ModelError as error:
        print(f"check, warm: not measured: {error}")
        return
    began = time.perf_counter()
    onrecord.check(claim, archive)
    took = time.perf_counter() - began
    print(f"check, warm       {took:8.2f} s, {len(first.evidence)} passages read")


if __name__ == "__main__":
    main()
