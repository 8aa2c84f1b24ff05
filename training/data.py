"""Training rows: which sets, how many of each, and how they become batches.

Only sets whose licence is stated and allows derived weights are named here, and only their
`train` rows. Rows are {"claim", "evidence", "label"} in gzip or plain JSON Lines.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

LABELS = ("SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO")


@dataclass(frozen=True)
class Row:
    """One pair; `label` indexes LABELS, or is UNLABELLED: then only a teacher says what it is."""

    claim: str
    evidence: str
    label: int
    group: str = ""
    """Rows of one group are about one matter; empty where the set does not say."""


UNLABELLED = -100


@dataclass(frozen=True)
class Share:
    """A set's part of a stage: `copies` of at most `limit` rows of it (None: all)."""

    name: str
    limit: int | None = None
    copies: int = 1
    crossed: int = 0
    """How many unlabelled rows to add: claims beside other passages of their own group."""
    swapped: int = 0
    """How many refuted rows to add: supported claims with another number in them."""


STAGES: dict[str, tuple[Share, ...]] = {
    # Sentence inference first: short pairs teach negation, quantifiers and roles cheaply.
    "inference": (
        Share("cad_nli.train"),
        Share("mnli_subset.train"),
        Share("conj_nli.train_auto", 4000),
        Share("help.and", 800),
        Share("help.or", 400),
        Share("written.train"),
    ),
    # Then claims against passages, which is the job.
    "claims": (
        Share("written.train", copies=2),
        Share("written_more.train", copies=2),
        Share("scifact.train"),
        Share("check_covid.train"),
        Share("infotabs.train", 1500),
        Share("wice.train_partial", 150),
    ),
    # Last a short pass that is all claims, half of them what the earlier errors asked for:
    # general claims against concrete conduct, counts, announcements, who backed whom.
    "polish": (
        Share("written.train", 2500),
        Share("written_more.train"),
        Share("written_conduct.train", copies=2),
        Share("cad_nli.train", 800),
        Share("scifact.train", 300),
    ),
    # Everything once more, with the pairs of many kinds of text that came last, all layers free.
    "wide": (
        Share("written.train", 3000, swapped=150),
        Share("written_more.train", 1200),
        Share("written_conduct.train", 800),
        Share("written_wide.train", copies=2, swapped=200),
        Share("scifact.train"),
        Share("check_covid.train"),
        Share("citation_integrity.train", 300),
        Share("infotabs.train", 500),
        Share("cad_nli.train", 1500),
        Share("conj_nli.train_auto", 500),
        Share("mnli_subset.train", 1000),
        Share("wice.train_partial", 200),
    ),
    # Last the pairs that differ by one swap, beside enough of the rest not to forget it.
    "swaps": (
        Share("written_swaps.train", copies=2),
        Share("written.train", 1400),
        Share("written_wide.train", 1200),
        Share("written_more.train", 500),
        Share("written_conduct.train", 400),
        Share("scifact.train", 400),
        Share("check_covid.train", 300),
        Share("cad_nli.train", 500),
        Share("mnli_subset.train", 300),
    ),
    # What the small network learns from the large one.
    "student": (
        Share("written.train", 3000),
        Share("written_more.train", 1000),
        Share("written_conduct.train", 700),
        Share("written_wide.train", crossed=800),
        Share("written_swaps.train", copies=2),
        Share("scifact.train", 500),
        Share("check_covid.train", 500),
        Share("cad_nli.train", 1000),
    ),
}


def read_rows(path: Path) -> list[Row]:
    """All rows of one file. Raises KeyError on a label that is none of LABELS."""
    number = {label: index for index, label in enumerate(LABELS)}
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [
        Row(
            row["claim"],
            row["evidence"],
            number[row["label"]],
            str(row.get("id", "")).rpartition("-")[0],
        )
        for row in rows
    ]


def crossed(rows: Sequence[Row], limit: int, rng: random.Random) -> list[Row]:
    """At most `limit` unlabelled rows: a claim of a group beside another passage of that group.

    They are the hardest there are, on one matter and not written to be easy, and cost no writing.
    """
    groups: dict[str, list[Row]] = {}
    for row in rows if limit else ():
        groups.setdefault(row.group or row.claim, []).append(row)
    there = {(row.claim, row.evidence) for row in rows}
    found = sorted(
        {
            (one.claim, other.evidence)
            for group in groups.values()
            for one in group
            for other in group
        }
        - there
    )
    rng.shuffle(found)
    return [Row(claim, evidence, UNLABELLED) for claim, evidence in found[:limit]]


NUMBER = re.compile(r"(?<![\w.,-])\d{1,4}(?![\w,-]|\.\d)")


def swapped(rows: Sequence[Row], limit: int, rng: random.Random) -> list[Row]:
    """At most `limit` refuted rows: supported claims whose number, printed in the passage, changed.

    Years move by a few, other numbers by up to half; none becomes one that the passage has.
    """
    found = []
    for row in rows:
        match = NUMBER.search(row.claim)
        if row.label != LABELS.index("SUPPORTS") or match is None:
            continue
        there = set(NUMBER.findall(row.evidence))
        if match[0] not in there:
            continue
        value = int(match[0])
        reach = 4 if 1500 < value < 2100 else max(2, value // 2)
        others = [str(n) for n in range(max(2, value - reach), value + reach + 1)]
        other = rng.choice([n for n in others if n not in there] or [str(value * 3 + 7)])
        claim = row.claim[: match.start()] + other + row.claim[match.end() :]
        found.append(Row(claim, row.evidence, LABELS.index("REFUTES")))
    return found[:limit]


def find_set(name: str, folders: Sequence[Path]) -> Path | None:
    """The file of a set in the first folder that has it, plain or gzip."""
    candidates = [folder / f"{name}.jsonl{end}" for folder in folders for end in ("", ".gz")]
    return next((path for path in candidates if path.exists()), None)


def stage_rows(stage: str, folders: Sequence[Path], seed: int) -> list[Row]:
    """The rows of a stage in a seeded order.

    Raises FileNotFoundError for a set that no folder has.
    """
    rng = random.Random(f"{seed}/{stage}")
    rows: list[Row] = []
    for share in STAGES[stage]:
        path = find_set(share.name, folders)
        if path is None:
            raise FileNotFoundError(f"set {share.name!r} is in none of {[str(f) for f in folders]}")
        found = read_rows(path)
        rng.shuffle(found)
        rows += found[: share.limit] * share.copies
        rows += crossed(found, share.crossed, rng)
        rows += swapped(found, share.swapped, rng)
    rng.shuffle(rows)
    return rows


def batches(
    rows: Sequence[Row], lengths: Sequence[int], tokens: int, pairs: int, seed: str
) -> Iterator[list[int]]:
    """Indices of rows of like length: at most `tokens` padded tokens and `pairs` rows a batch.

    Rows are taken in pools of 2,000 in their given order, so that copies of a row stay apart.
    """
    rng = random.Random(seed)
    for start in range(0, len(rows), 2000):
        pool = sorted(range(start, min(start + 2000, len(rows))), key=lambda i: lengths[i])
        made: list[list[int]] = []
        batch: list[int] = []
        for index in pool:
            if batch and (len(batch) == pairs or lengths[index] * (len(batch) + 1) > tokens):
                made.append(batch)
                batch = []
            batch.append(index)
        made.append(batch)
        rng.shuffle(made)
        yield from made


def trimmed_tokenizer(path: Path) -> tuple[Tokenizer, list[int]]:
    """The base's tokenizer without tokens that English text cannot need, and the old ids kept.

    Dropped are unused slots and pieces with letters outside Latin script; a word of such letters
    becomes the unknown token. Ids are renumbered in their old order.
    """
    spec = json.loads(path.read_text())
    vocabulary: dict[str, int] = spec["model"]["vocab"]
    added = {token["content"] for token in spec["added_tokens"]}
    kept = [
        (token, old)
        for token, old in sorted(vocabulary.items(), key=lambda item: item[1])
        if token in added or _needed(token)
    ]
    renumber = {old: new for new, (_, old) in enumerate(kept)}
    spec["model"]["vocab"] = {token: renumber[old] for token, old in kept}
    for token in spec["added_tokens"]:
        token["id"] = renumber[token["id"]]
    _renumber_template(spec["post_processor"], renumber)
    spec["truncation"] = spec["padding"] = None
    return Tokenizer.from_str(json.dumps(spec)), [old for _, old in kept]


def _needed(token: str) -> bool:
    if token.startswith("[unused"):
        return False
    return all(ord(char) < 0x250 or 0x2000 <= ord(char) < 0x2070 or char == "€" for char in token)


def _renumber_template(processor: dict[str, object], renumber: dict[int, int]) -> None:
    """Carries a post-processor's ids over, whether it is written as a template or as a pair."""
    for key in ("sep", "cls"):
        if isinstance(processor.get(key), list):
            token, old = processor[key]  # type: ignore[misc]  # JSON
            processor[key] = [token, renumber[old]]
    specials = processor.get("special_tokens")
    if isinstance(specials, dict):
        for special in specials.values():
            special["ids"] = [renumber[old] for old in special["ids"]]
