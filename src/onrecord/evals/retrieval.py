"""How well the archive finds: a test collection in BEIR's layout (Thakur et al. 2021)."""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from ir_measures import AP, Measure, R, iter_calc, nDCG

from onrecord.archive import Archive, Limits, PassageIndex
from onrecord.archive.archive import STORE, VECTORS, WORDS
from onrecord.archive.store import SqliteStore
from onrecord.archive.vectors import VectorIndex
from onrecord.archive.words import WordIndex
from onrecord.errors import InputError
from onrecord.evals.bootstrap import Interval, interval, resample
from onrecord.evals.lines import Lines, objects, read_lines, text_field
from onrecord.evals.metrics import Floats
from onrecord.intake.files import clean
from onrecord.model import Document, Source, When, new_document

if TYPE_CHECKING:
    from onrecord import Progress
    from onrecord.archive import Embeds, Hit

DEPTH = 100
"""Documents that a ranking has at most."""

PASSAGES = 2 * DEPTH
"""Passages that are sought first; twice as many whenever they are of fewer than DEPTH documents."""

MEASURES = {"ndcg@10": nDCG @ 10, "recall@100": R @ DEPTH, "map": AP @ DEPTH}
"""As trec_eval computes them, `map` over the first 100 documents."""

WAYS = ("words", "meaning", "hybrid", "reranked")

SOURCE = Source(id="collection", name="Collection")

Qrels = dict[str, dict[str, int]]
"""Query to document to how relevant it is; 0 is not."""

Ranking = Callable[[str, int], Sequence[str]]
"""The documents of the best k passages for a query, by their numbers in the collection, best
first; a document comes once for each of its passages."""

Rerank = Callable[[str, Sequence["Hit"]], Sequence["Hit"]]
"""The hits of a query in a better order."""


@dataclass(frozen=True)
class Collection:
    """Documents, queries, and which documents answer which query."""

    name: str
    documents: tuple[Document, ...]
    """Their addresses are their numbers in the collection."""
    queries: dict[str, str]
    """Those that have judgements, by number."""
    qrels: Qrels
    sha256: str
    """Over the hashes of its files."""


@dataclass(frozen=True)
class Ranked:
    """How well one way of searching ranked, and how fast."""

    figures: dict[str, float]
    """'ndcg@10', 'recall@100' and 'map'."""
    intervals: dict[str, Interval]
    """Of the same, 95 %, by bootstrap over the queries."""
    p50_ms: float
    """Median time of a search for DEPTH documents."""

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**self.figures, "p50_ms": self.p50_ms, "intervals": self.intervals}


@dataclass(frozen=True)
class RetrievalResult:
    """What was measured on a collection."""

    collection: str
    documents: int
    queries: int
    words: Ranked
    meaning: Ranked
    hybrid: Ranked
    """As the archive's search ranks."""
    reranked: Ranked | None
    """The same, reranked; None when there is nothing to rerank with."""
    model: str
    """The embedder's."""
    model_sha256: str
    data_sha256: str

    def ways(self) -> dict[str, Ranked]:
        """The ways of searching that were measured, by name."""
        found = ((name, getattr(self, name)) for name in WAYS)
        return {name: way for name, way in found if way is not None}

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "collection": self.collection,
            "documents": self.documents,
            "queries": self.queries,
            **dict.fromkeys(WAYS),
            **{name: way.plain() for name, way in self.ways().items()},
            "model": self.model,
            "model_sha256": self.model_sha256,
            "data_sha256": self.data_sha256,
        }


def read_collection(folder: Path) -> Collection:
    """The collection of a folder: corpus.jsonl, queries.jsonl and qrels/test.tsv.

    Each may be gzip with '.gz' at its end, and the judgements may lie in qrels.test.tsv. Only
    queries with judgements are kept. Raises InputError when a file is missing or not what it
    should be, or a judgement names a query that is not there.
    """
    corpus = read_lines(_file(folder, "corpus.jsonl"))
    queries = read_lines(_file(folder, "queries.jsonl"))
    judged = read_lines(_file(folder, "qrels/test.tsv", "qrels.test.tsv"))
    qrels = _qrels(judged)
    texts = _by_number(queries, "text")
    missing = sorted(set(qrels) - set(texts))
    if missing:
        raise InputError(f"{judged.path}: query {missing[0]!r:.60} is not in {queries.path}")
    hashes = "\n".join(lines.sha256 for lines in (corpus, queries, judged))
    return Collection(
        name=folder.resolve().name,
        documents=_documents(corpus),
        queries={number: texts[number] for number in qrels},
        qrels=qrels,
        sha256=hashlib.sha256(hashes.encode()).hexdigest(),
    )


def measure(
    collection: Collection,
    embedder: Embeds,
    rerank: Rerank | None = None,
    progress: Progress | None = None,
) -> RetrievalResult:
    """Words alone, meaning alone, and the archive's search over the same temporary archive.

    A document stands where its best passage does. With `rerank` the archive's hits are measured a
    second time in its order. Raises WorkspaceError when the archive cannot be made.
    """
    with tempfile.TemporaryDirectory(prefix="onrecord-eval-") as temporary:
        folder = Path(temporary, "workspace")
        Archive.create(folder)
        with Archive.open(folder, embedder) as archive:
            archive.add(
                collection.documents,
                (lambda done, total: progress("index", done, total)) if progress else None,
            )
            with closing(SqliteStore(folder / STORE)) as store:
                ways = _ways(archive, store, rerank)
                found = {name: _ranked(ranking, collection) for name, ranking in ways.items()}
    return RetrievalResult(
        collection=collection.name,
        documents=len(collection.documents),
        queries=len(collection.queries),
        words=found["words"],
        meaning=found["meaning"],
        hybrid=found["hybrid"],
        reranked=found.get("reranked"),
        model=embedder.name,
        model_sha256=embedder.sha256,
        data_sha256=collection.sha256,
    )


def _ways(archive: Archive, store: SqliteStore, rerank: Rerank | None) -> dict[str, Ranking]:
    limits = Limits(as_of=archive.sequence)

    def alone(index: PassageIndex) -> Ranking:
        return lambda query, k: [
            store.passage(found.key)[0].url or "" for found in index.search(query, k, limits)
        ]

    def hybrid(query: str, k: int) -> list[str]:
        return [hit.document.url or "" for hit in archive.search(query, k)]

    ways: dict[str, Ranking] = {
        "words": alone(WordIndex(archive.folder / WORDS, store)),
        "meaning": alone(VectorIndex(archive.folder / VECTORS, archive.embedder)),
        "hybrid": hybrid,
    }
    if rerank:
        ways["reranked"] = lambda query, k: [
            hit.document.url or "" for hit in rerank(query, archive.search(query, k))
        ]
    return ways


def _ranked(ranking: Ranking, collection: Collection) -> Ranked:
    run: dict[str, dict[str, float]] = {}
    times = []
    for number, query in collection.queries.items():
        began = time.perf_counter()
        documents = _first_documents(ranking, query)
        times.append(time.perf_counter() - began)
        run[number] = {name: float(-rank) for rank, name in enumerate(documents)}
    values = {name: _values(measure, collection, run) for name, measure in MEASURES.items()}
    return Ranked(
        figures={name: float(found.mean()) for name, found in values.items()},
        intervals={
            name: interval(resample(found, lambda drawn: drawn.mean()))
            for name, found in values.items()
        },
        p50_ms=statistics.median(times) * 1000,
    )


def _values(measure: Measure, collection: Collection, run: dict[str, dict[str, float]]) -> Floats:
    """The measure's value for each query, in the order of the queries."""
    found = {one.query_id: one.value for one in iter_calc([measure], collection.qrels, run)}
    return np.array([found[number] for number in collection.queries], dtype=np.float64)


def _first_documents(ranking: Ranking, query: str) -> list[str]:
    """The first DEPTH documents, each where its best passage stands."""
    k = PASSAGES
    while True:
        passages = ranking(query, k)
        documents = list(dict.fromkeys(passages))
        if len(documents) >= DEPTH or len(passages) < k:
            return documents[:DEPTH]
        k *= 2


def _documents(corpus: Lines) -> tuple[Document, ...]:
    """A document for each line that has words; its text is its title where it has no other."""
    found: dict[str, Document] = {}
    for place, row in objects(corpus):
        number = _number(row, place)
        if number in found:
            raise InputError(f"{place}: another document has the _id {number!r:.60}")
        title = clean(text_field(row, "title", place)) if row.get("title") else ""
        text = clean(text_field(row, "text", place)) or title
        if text:
            found[number] = new_document(
                source=SOURCE,
                title=title,
                text=text,
                published=When(edtf=None, basis="not given"),
                url=number,
            )
    if not found:
        raise InputError(f"{corpus.path}: no documents")
    return tuple(found.values())


def _by_number(lines: Lines, field: str) -> dict[str, str]:
    return {_number(row, place): text_field(row, field, place) for place, row in objects(lines)}


def _number(row: dict[str, Any], place: str) -> str:
    number = text_field(row, "_id", place)
    if not number:
        raise InputError(f"{place}: the _id is empty")
    return number


def _qrels(lines: Lines) -> Qrels:
    """The judgements of lines 'query-id, corpus-id, score' with tabs between, a head before."""
    found: Qrels = {}
    for number, line in lines.lines[1:]:
        try:
            query, document, score = line.split("\t")
            found.setdefault(query, {})[document] = int(score)
        except ValueError:
            raise InputError(
                f"{lines.place(number)}: a query, a document and a whole number are wanted, "
                "with tabs between"
            ) from None
    if not found:
        raise InputError(f"{lines.path}: no judgements")
    return found


def _file(folder: Path, *names: str) -> Path:
    found = next(
        (
            path
            for name in names
            for end in ("", ".gz")
            if (path := folder / (name + end)).is_file()
        ),
        None,
    )
    if found is None:
        raise InputError(
            f"{folder}: no {names[0]}; a folder in BEIR's layout is wanted: corpus.jsonl, "
            "queries.jsonl and qrels/test.tsv"
        )
    return found
