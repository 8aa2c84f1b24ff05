"""Passages by their words: a Tantivy index with English stemming, ranked by BM25."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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

SIZE_MARK = f"{MARK} size"

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
        """Use the index in the folder. It is made when something is added to it."""
        self._folder = folder
        self._marks = marks
        self._analyser = _analyser("english")
        self._stemmer = _analyser(None)
        self._index: tantivy.Index | None = None

    def mark(self) -> int:
        """Place of the last document that is indexed for certain; 0 when there is no index."""
        return self._marks.mark(MARK) if self._opened() else 0

    def size(self) -> int:
        """Number of passages indexed."""
        index = self._opened()
        return self._searcher(index).num_docs if index else 0

    def add(self, entries: Sequence[Entry], up_to: int) -> None:
        """Index the passages, commit, and only then set the mark.

        Raises WorkspaceError when another process is indexing, or the disk is full.
        """
        index = self._opened() or self._made()
        with self._writer(index) as writer:
            # A process killed between commit and mark left passages beyond the mark.
            beyond = _range(index, "sequence", self._marks.mark(MARK) + 1, None)
            writer.delete_documents_by_query(beyond)
            for entry in entries:
                writer.add_document(self._as_document(entry))
            writer.commit()
        self._marks.set_mark(SIZE_MARK, self._searcher(index).num_docs)
        self._marks.set_mark(MARK, up_to)

    def search(self, query: str, k: int, limits: Limits) -> list[Ranked]:
        """The `k` passages that fit the query's words best by BM25, as of the limit's place.

        Tantivy proposes by its own statistics, and proposes more until none that it held back can
        be among the best by the statistics of that place.
        """
        words, index = self._words(query), self._opened()
        if not words or not index or k < 1 or limits.as_of < 1:
            return []
        try:
            return self._found(index, words, k, limits)
        except (ValueError, OSError) as error:
            raise self._damaged(error) from error
        except BaseException as error:
            # What the engine's own assertions raise is no Exception.
            if type(error).__name__ != "PanicException":
                raise
            raise self._damaged(error) from error

    def clear(self) -> None:
        """Forget everything. Raises WorkspaceError when the folder cannot be removed."""
        self._marks.set_mark(MARK, 0)
        self._made()

    def _found(
        self, index: tantivy.Index, words: Sequence[str], k: int, limits: Limits
    ) -> list[Ranked]:
        searcher = self._searcher(index)
        ours = _statistics(index, searcher, words, limits.as_of)
        theirs = _statistics(index, searcher, words, None)
        most = ours.ratio(words, theirs) * _SLACK
        wanted = _wanted(index, words, limits)
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

    def _opened(self) -> tantivy.Index | None:
        """The index; None when there is none that can be read, or it lacks what it once held."""
        if self._index is None:
            with suppress(ValueError, OSError):
                if tantivy.Index.exists(str(self._folder)):
                    index = self._prepared(tantivy.Index.open(str(self._folder)))
                    if index.searcher().num_docs >= self._marks.mark(SIZE_MARK):
                        self._index = index
        return self._index

    def _made(self) -> tantivy.Index:
        """A new, empty index in the place of what was there."""
        self._index = None
        self._marks.set_mark(MARK, 0)
        self._marks.set_mark(SIZE_MARK, 0)
        try:
            if self._folder.exists():
                shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            self._index = self._prepared(tantivy.Index(_schema(), path=str(self._folder)))
        except (ValueError, OSError) as error:
            raise self._unwritable(error) from error
        return self._index

    def _prepared(self, index: tantivy.Index) -> tantivy.Index:
        index.register_tokenizer(_ANALYSER, self._stemmer)
        index.config_reader("manual")
        index.reload()
        return index

    def _searcher(self, index: tantivy.Index) -> tantivy.Searcher:
        index.reload()
        return index.searcher()

    @contextmanager
    def _writer(self, index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
        try:
            writer = index.writer(HEAP_BYTES, 1)
            try:
                yield writer
            finally:
                writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            if "LockBusy" in str(error):
                raise WorkspaceError(
                    f"{self._folder}: another process is indexing; try again when it is done"
                ) from error
            raise self._unwritable(error) from error

    def _unwritable(self, error: Exception) -> WorkspaceError:
        return WorkspaceError(
            f"{self._folder}: the word index cannot be written: {error}; the documents are safe, "
            "see that the disk has room and run `onrecord rebuild`"
        )

    def _damaged(self, error: BaseException) -> WorkspaceError:
        return WorkspaceError(
            f"{self._folder}: the word index is damaged: {str(error)[:200]}; the documents are "
            "safe, run `onrecord rebuild` to make it again"
        )

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


def _wanted(index: tantivy.Index, words: Sequence[str], limits: Limits) -> Query:
    """Passages within the limits that hold one of the words or more."""
    terms = [
        (Occur.Should, Query.boost_query(Query.term_query(index.schema, name, word, "freq"), boost))
        for name, boost in FIELDS.items()
        for word in words
    ]
    musts = [Query.boolean_query(terms), _range(index, "sequence", None, limits.as_of)]
    if limits.before:
        musts.append(_range(index, "published_latest", None, limits.before.toordinal()))
    return Query.boolean_query([(Occur.Must, query) for query in musts])


def _range(index: tantivy.Index, field: str, first: int | None, last: int | None) -> Query:
    """Passages with the field's number within the bounds; it adds nothing to a score."""
    query = Query.range_query(index.schema, field, FieldType.Unsigned, first or 0, last)
    return Query.const_score_query(query, 0.0)


def _statistics(
    index: tantivy.Index, searcher: tantivy.Searcher, words: Sequence[str], as_of: int | None
) -> _Statistics:
    """What BM25 must know of the passages up to that place; None: as Tantivy itself ranks."""
    within = _range(index, "sequence", None, as_of)
    sums = {name: {"sum": {"field": f"{name}_words"}} for name in FIELDS}
    counted = searcher.aggregate(within, {"passages": {"value_count": {"field": "key"}}, **sums})
    passages = int(counted["passages"]["value"])

    def holding(name: str, word: str) -> int:
        if as_of is None:
            return searcher.doc_freq(name, word)
        term = Query.term_query(index.schema, name, word, "freq")
        both = Query.boolean_query([(Occur.Must, term), (Occur.Must, within)])
        return cast("int", searcher.search(both, 1).count)  # type: ignore[attr-defined] # stub lacks it

    return _Statistics(
        {
            name: FieldStatistics(
                passages=passages,
                mean_words=counted[name]["value"] / passages if passages else 0.0,
                holding={word: holding(name, word) for word in words},
            )
            for name in FIELDS
        }
    )


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
