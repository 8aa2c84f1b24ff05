"""Passages by their words: a Tantivy index with English stemming, ranked by BM25."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import tantivy
from tantivy import FieldType, Filter, Occur, Query, Tokenizer

from onrecord.archive import bm25
from onrecord.archive.bm25 import FieldStatistics
from onrecord.archive.ports import Entry, Limits, Marks, Ranked
from onrecord.errors import WorkspaceError

MARK = "words-1"
"""Name of the mark; a change of the schema or the analysis changes it, and all is indexed anew."""

QUERY_WORDS = 128
"""Distinct words of a query that are sought; those after them are left out."""

HEAP_BYTES = 50_000_000
FIELDS = {"title": 1.5, "text": 1.0}
"""The fields and how much a match in each weighs."""

# Room for Tantivy's 32-bit arithmetic and for passages deleted but still counted.
_SLACK = 1.05

_ANALYSER = "onrecord_en"


@dataclass(frozen=True)
class _Statistics:
    fields: dict[str, FieldStatistics]

    def score(self, words: dict[str, list[str]], query: Sequence[str]) -> float:
        return sum(
            boost * bm25.score(words[name], query, self.fields[name])
            for name, boost in FIELDS.items()
        )

    def ratio(self, query: Sequence[str], theirs: _Statistics) -> float:
        return max(bm25.ratio(query, self.fields[name], theirs.fields[name]) for name in FIELDS)


class WordIndex:
    """A PassageIndex over words. One process writes at a time; any number read."""

    def __init__(self, folder: Path, marks: Marks) -> None:
        """Open the index, or make an empty one where there is none that can be read."""
        self._folder = folder
        self._marks = marks
        self._analyser = _analyser("english")
        self._stemmer = _analyser(None)
        self._index, fresh = self._opened()
        if fresh and marks.mark(MARK):
            marks.set_mark(MARK, 0)

    def mark(self) -> int:
        """Place of the last document that is indexed for certain."""
        return self._marks.mark(MARK)

    def size(self) -> int:
        """Number of passages indexed."""
        return self._searcher().num_docs

    def add(self, entries: Sequence[Entry], up_to: int) -> None:
        """Index the passages, commit, and only then set the mark.

        Raises WorkspaceError when another process is indexing, or the disk is full.
        """
        with self._writer() as writer:
            # A process killed between commit and mark left passages beyond the mark.
            writer.delete_documents_by_query(self._range("sequence", self.mark() + 1, None))
            for entry in entries:
                writer.add_document(self._as_document(entry))
            writer.commit()
        self._marks.set_mark(MARK, up_to)

    def search(self, query: str, k: int, limits: Limits) -> list[Ranked]:
        """The `k` passages that fit the query's words best by BM25, as of the limit's place.

        Tantivy proposes by its own statistics, and proposes more until none that it held back can
        be among the best by the statistics of that place.
        """
        words = self._words(query)
        if not words or k < 1:
            return []
        searcher = self._searcher()
        ours = self._statistics(searcher, words, limits.as_of)
        theirs = self._statistics(searcher, words, None)
        most = ours.ratio(words, theirs) * _SLACK
        wanted = self._wanted(words, limits)
        known: dict[tuple[str, str], float] = {}
        depth = 2 * k
        while True:
            hits = searcher.search(wanted, depth, count=False).hits
            ranked = sorted(
                (self._ranked(searcher, address, words, ours, known) for _, address in hits),
                key=lambda found: (-found.score, found.key),
            )[:k]
            if len(hits) < depth or hits[-1][0] * most < ranked[-1].score:
                return ranked
            depth *= 4

    def clear(self) -> None:
        """Forget everything. Raises WorkspaceError when another process is indexing."""
        self._marks.set_mark(MARK, 0)
        with self._writer() as writer:
            writer.delete_all_documents()
            writer.commit()

    def _opened(self) -> tuple[tantivy.Index, bool]:
        """The index, and whether it had to be made."""
        try:
            if tantivy.Index.exists(str(self._folder)):
                return self._prepared(tantivy.Index.open(str(self._folder))), False
        except (ValueError, OSError):
            pass  # What cannot be read is made again from the store.
        if self._folder.exists():
            shutil.rmtree(self._folder)
        self._folder.mkdir(parents=True)
        return self._prepared(tantivy.Index(_schema(), path=str(self._folder))), True

    def _prepared(self, index: tantivy.Index) -> tantivy.Index:
        index.register_tokenizer(_ANALYSER, self._stemmer)
        index.config_reader("manual")
        index.reload()
        index.searcher().search(Query.all_query(), 1)
        return index

    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()
        return self._index.searcher()

    @contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        try:
            writer = self._index.writer(HEAP_BYTES, 1)
            try:
                yield writer
            finally:
                writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            if "LockBusy" in str(error):
                raise WorkspaceError(
                    f"{self._folder}: another process is indexing; try again when it is done"
                ) from error
            raise WorkspaceError(
                f"{self._folder}: the word index cannot be written: {error}; "
                "the documents are safe, see that the disk has room and run `onrecord rebuild`"
            ) from error

    def _as_document(self, entry: Entry) -> tantivy.Document:
        document = tantivy.Document()
        document.add_unsigned("key", entry.key)
        document.add_unsigned("sequence", entry.sequence)
        if entry.published_latest:
            document.add_unsigned("published_latest", entry.published_latest.toordinal())
        for name, text in (("title", entry.title), ("text", entry.text)):
            document.add_text(name, text)
            document.add_unsigned(f"{name}_words", len(self._stemmer.analyze(text)))
        return document

    def _words(self, query: str) -> tuple[str, ...]:
        """The distinct stems of a query, without the commonest words unless it has no others."""
        found = self._analyser.analyze(query) or self._stemmer.analyze(query)
        return tuple(dict.fromkeys(found))[:QUERY_WORDS]

    def _wanted(self, words: Sequence[str], limits: Limits) -> Query:
        schema = self._index.schema
        terms = [
            (Occur.Should, Query.boost_query(Query.term_query(schema, name, word, "freq"), boost))
            for name, boost in FIELDS.items()
            for word in words
        ]
        musts = [Query.boolean_query(terms), self._range("sequence", None, limits.as_of)]
        if limits.before:
            musts.append(self._range("published_latest", None, _ordinal(limits.before)))
        return Query.boolean_query([(Occur.Must, query) for query in musts])

    def _range(self, field: str, first: int | None, last: int | None) -> Query:
        """Passages with the field's number within the bounds; it adds nothing to a score."""
        query = Query.range_query(self._index.schema, field, FieldType.Unsigned, first or 0, last)
        return Query.const_score_query(query, 0.0)

    def _statistics(
        self, searcher: tantivy.Searcher, words: Sequence[str], as_of: int | None
    ) -> _Statistics:
        """What BM25 must know of the passages up to that place; None: as Tantivy ranks by."""
        within = self._range("sequence", None, as_of)
        counted = searcher.aggregate(
            within,
            {
                "passages": {"value_count": {"field": "key"}},
                **{name: {"sum": {"field": f"{name}_words"}} for name in FIELDS},
            },
        )
        passages = int(counted["passages"]["value"])
        return _Statistics(
            {
                name: FieldStatistics(
                    passages=passages,
                    mean_words=counted[name]["value"] / passages if passages else 0.0,
                    holding={
                        word: self._holding(searcher, name, word, None if as_of is None else within)
                        for word in words
                    },
                )
                for name in FIELDS
            }
        )

    def _holding(
        self, searcher: tantivy.Searcher, field: str, word: str, within: Query | None
    ) -> int:
        if within is None:
            return searcher.doc_freq(field, word)
        term = Query.term_query(self._index.schema, field, word, "freq")
        both = Query.boolean_query([(Occur.Must, term), (Occur.Must, within)])
        return cast("int", searcher.search(both, 1).count)  # type: ignore[attr-defined]

    def _ranked(
        self,
        searcher: tantivy.Searcher,
        address: tantivy.DocAddress,
        words: Sequence[str],
        statistics: _Statistics,
        known: dict[tuple[str, str], float],
    ) -> Ranked:
        document = searcher.doc(address)
        texts = document["title"][0], document["text"][0]
        if texts not in known:
            analysed = dict(zip(FIELDS, map(self._stemmer.analyze, texts), strict=True))
            known[texts] = statistics.score(analysed, words)
        return Ranked(key=document["key"][0], score=known[texts])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", stored=True, fast=True)
    builder.add_unsigned_field("sequence", indexed=True, fast=True)
    builder.add_unsigned_field("published_latest", fast=True)
    for name in FIELDS:
        builder.add_text_field(name, stored=True, tokenizer_name=_ANALYSER, index_option="freq")
        builder.add_unsigned_field(f"{name}_words", fast=True)
    return builder.build()


def _analyser(stop_words: str | None) -> tantivy.TextAnalyzer:
    """Words in lower case without accents, stemmed, as they lie in the index."""
    builder = tantivy.TextAnalyzerBuilder(Tokenizer.simple())
    builder = builder.filter(Filter.remove_long(40)).filter(Filter.lowercase())
    builder = builder.filter(Filter.ascii_fold())
    if stop_words:
        builder = builder.filter(Filter.stopword(stop_words))
    return builder.filter(Filter.stemmer("english")).build()


def _ordinal(day: date) -> int:
    return day.toordinal()
