"""The truth: documents and passages in SQLite, appended and never changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from onrecord.archive.ports import Added, Entry, Kept, Reference
from onrecord.errors import WorkspaceError
from onrecord.model import Document, Passage, Source, bounds
from onrecord.text.passages import passages

FORMAT = 2
"""Version of the tables. A store of version 1, which has no captures, is brought up to it when it
is opened; one of another version is refused."""

BUSY_SECONDS = 15.0
"""How long to wait for another process that is writing."""

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
    id TEXT NOT NULL UNIQUE,
    json TEXT NOT NULL,
    published_latest TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS passages (
    key INTEGER PRIMARY KEY CHECK (key >= 1),
    document INTEGER NOT NULL REFERENCES documents (sequence),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > start)
) STRICT;
CREATE INDEX IF NOT EXISTS passages_document ON passages (document);
CREATE TABLE IF NOT EXISTS captures (
    key INTEGER PRIMARY KEY CHECK (key >= 1),
    record TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,
    "offset" INTEGER NOT NULL CHECK ("offset" >= 0),
    length INTEGER NOT NULL CHECK (length > 0)
) STRICT;
CREATE INDEX IF NOT EXISTS captures_place ON captures (file, "offset");
CREATE TABLE IF NOT EXISTS captured (
    document INTEGER NOT NULL REFERENCES documents (sequence),
    capture INTEGER NOT NULL REFERENCES captures (key),
    PRIMARY KEY (document, capture)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS captured_capture ON captured (capture);
CREATE TABLE IF NOT EXISTS marks (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
"""

# INSERT OR REPLACE deletes without asking the delete trigger, so an insert over a row is refused
# by a trigger of its own.
_TRIGGERS = "".join(
    f"""
CREATE TRIGGER IF NOT EXISTS {table}_{act} BEFORE {act} ON {table} {when}
BEGIN SELECT RAISE(ABORT, 'nothing in the archive is overwritten'); END;
"""
    for table, act, when in (
        ("documents", "UPDATE", ""),
        ("documents", "DELETE", ""),
        ("passages", "UPDATE", ""),
        ("passages", "DELETE", ""),
        (
            "documents",
            "INSERT",
            "WHEN EXISTS (SELECT 1 FROM documents WHERE sequence = NEW.sequence OR id = NEW.id)",
        ),
        ("passages", "INSERT", "WHEN EXISTS (SELECT 1 FROM passages WHERE key = NEW.key)"),
        ("captures", "UPDATE", ""),
        ("captures", "DELETE", ""),
        ("captured", "UPDATE", ""),
        ("captured", "DELETE", ""),
        (
            "captures",
            "INSERT",
            "WHEN EXISTS (SELECT 1 FROM captures WHERE key = NEW.key OR record = NEW.record)",
        ),
    )
)

_MAKE = f"BEGIN IMMEDIATE; {_TABLES} {_TRIGGERS} PRAGMA user_version = {FORMAT}; COMMIT"
"""Makes what is missing, and leaves what is there as it is."""

_REFERENCE = 'captures.file, captures."offset", captures.length, captures.record, captures.sha256'

_CAPTURES = f"""
SELECT captures.key, {_REFERENCE} FROM captures WHERE key > ? ORDER BY key LIMIT 1
"""  # noqa: S608 - the names are written in this file

_DOCUMENTS_OF = """
SELECT documents.id FROM captured JOIN documents ON documents.sequence = captured.document
WHERE captured.capture = ? ORDER BY documents.sequence
"""

_CAPTURES_OF = f"""
SELECT {_REFERENCE} FROM documents JOIN captured ON captured.document = documents.sequence
JOIN captures ON captures.key = captured.capture WHERE documents.id = ? ORDER BY captures.key
"""  # noqa: S608 - the names are written in this file

_PASSAGE = """
SELECT passages.start, passages."end", documents.sequence, documents.json
FROM passages JOIN documents ON documents.sequence = passages.document
WHERE passages.key = ?
"""


class SqliteStore:
    """A DocumentStore and Marks in one SQLite file. Safe to share between processes.

    Of threads it serves one at a time: the Archive sees to that.
    """

    def __init__(self, path: Path) -> None:
        """Open the file. Raises WorkspaceError when it is missing, damaged, of another version."""
        if not path.is_file():
            raise WorkspaceError(
                f"{path}: the archive's file is missing; put it back from a copy, "
                "the indexes alone hold no documents"
            )
        self._path = path
        with self._guard("cannot be opened"):
            self._connection = _connect(path)
        try:
            self._check_format()
        except WorkspaceError:
            self._connection.close()
            raise

    @classmethod
    def create(cls, path: Path) -> SqliteStore:
        """Make the tables where they are missing, and open the file.

        Raises WorkspaceError when it cannot be written.
        """
        try:
            with closing(_connect(path)) as connection:
                connection.executescript(_MAKE)
        except sqlite3.Error as error:
            raise WorkspaceError(f"{path}: the archive cannot be made: {error}") from error
        return cls(path)

    @property
    def sequence(self) -> int:
        """Place of the last document; 0 when there is none."""
        with self._guard("cannot be read"):
            return _last(self._connection, "sequence", "documents")

    def add(self, documents: Sequence[Document], captures: Sequence[Kept] = ()) -> list[Added]:
        """Append the new ones among the documents, all or none, in their order.

        `captures` are what they were read from; one that is known gains what documents it lacks,
        and all that they name must be given or known. Raises WorkspaceError when they cannot be
        written (disk full, read-only, damaged); the archive is then as it was.
        """
        with self._guard("takes no documents", unchanged=True), self._transaction() as connection:
            added = [_append(connection, document) for document in documents]
            for kept in captures:
                _point(connection, kept)
            return added

    def get(self, identifier: str) -> Document | None:
        """The document with its sequence number; None when the store has none of that id."""
        with self._guard("cannot be read"):
            row = self._connection.execute(
                "SELECT sequence, json FROM documents WHERE id = ?", (identifier,)
            ).fetchone()
        return self._document(*row) if row else None

    def since(self, sequence: int) -> Iterator[Document]:
        """Documents after that place, in order. Documents added meanwhile come too."""
        while row := self._after(sequence):
            sequence = row[0]
            yield self._document(*row)

    def sources(self, as_of: int) -> dict[str, Source]:
        """The publishers of the first `as_of` documents by id, as last described there."""
        with self._guard("cannot be read"):
            rows = self._connection.execute(
                "SELECT json_extract(json, '$.source'), max(sequence) FROM documents "
                "WHERE sequence <= ? GROUP BY 1 ORDER BY 2",
                (as_of,),
            ).fetchall()
        found = (Source.from_json(text) for text, _ in rows)
        return {source.id: source for source in found}

    def entries(self, document: Document) -> list[Entry]:
        """The passages of a stored document, in order. Raises ValueError when it was not stored."""
        if document.sequence is None:
            raise ValueError(f"document {document.id} is not in the archive yet")
        with self._guard("cannot be read"):
            rows = self._connection.execute(
                'SELECT key, start, "end" FROM passages WHERE document = ? ORDER BY key',
                (document.sequence,),
            ).fetchall()
        latest = published_latest(document)
        return [
            Entry(key, document.sequence, latest, document.title, document.text[start:end])
            for key, start, end in rows
        ]

    def passage(self, key: int) -> tuple[Document, Passage]:
        """The passage of that number and its document. Raises KeyError when there is none."""
        with self._guard("cannot be read"):
            row = self._connection.execute(_PASSAGE, (key,)).fetchone()
        if row is None:
            raise KeyError(f"the archive has no passage {key}")
        start, end, sequence, text = row
        document = self._document(sequence, text)
        return document, Passage(document=document.id, start=start, end=end)

    def captures(self) -> Iterator[Kept]:
        """The captures, in the order in which they were kept. Those kept meanwhile come too."""
        key = 0
        while True:
            with self._guard("cannot be read"):
                row = self._connection.execute(_CAPTURES, (key,)).fetchone()
                if row is None:
                    return
                key = row[0]
                found = self._connection.execute(_DOCUMENTS_OF, (key,)).fetchall()
            yield Kept(Reference(*row[1:]), tuple(identifier for (identifier,) in found))

    def captures_of(self, identifier: str) -> list[Reference]:
        """The captures of a document, the first one first; none when it has none."""
        with self._guard("cannot be read"):
            rows = self._connection.execute(_CAPTURES_OF, (identifier,)).fetchall()
        return [Reference(*row) for row in rows]

    def captured(self, record: str) -> Reference | None:
        """The capture of that record id; None when the store knows none."""
        query = f"SELECT {_REFERENCE} FROM captures WHERE record = ?"  # noqa: S608 - see there
        with self._guard("cannot be read"):
            row = self._connection.execute(query, (record,)).fetchone()
        return Reference(*row) if row else None

    def captured_up_to(self, file: str) -> int:
        """Where the last known record of a file of captures ends; 0 when none lies there."""
        with self._guard("cannot be read"):
            row = self._connection.execute(
                'SELECT "offset" + length FROM captures WHERE file = ? '
                'ORDER BY "offset" DESC LIMIT 1',
                (file,),
            ).fetchone()
        return int(row[0]) if row else 0

    def mark(self, name: str) -> int:
        """The number last set under that name; 0 when there is none."""
        with self._guard("cannot be read"):
            row = self._connection.execute(
                "SELECT value FROM marks WHERE name = ?", (name,)
            ).fetchone()
        return int(row[0]) if row else 0

    def set_mark(self, name: str, value: int) -> None:
        """Keep the number, durably."""
        with self._guard("takes no mark"), self._transaction() as connection:
            connection.execute(
                "INSERT INTO marks (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def _check_format(self) -> None:
        with self._guard("cannot be opened"):
            found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if found == 1:
            with self._guard("cannot be brought up to date"):
                self._connection.executescript(_MAKE)
        elif found != FORMAT:
            raise WorkspaceError(
                f"{self._path}: archive format {found}, this Onrecord reads 1 and {FORMAT}; "
                "use the Onrecord that made it"
            )

    def _after(self, sequence: int) -> tuple[int, str] | None:
        with self._guard("cannot be read"):
            row: tuple[int, str] | None = self._connection.execute(
                "SELECT sequence, json FROM documents WHERE sequence > ? ORDER BY sequence LIMIT 1",
                (sequence,),
            ).fetchone()
        return row

    def _document(self, sequence: int, text: str) -> Document:
        try:
            return Document.from_plain({**json.loads(text), "sequence": sequence})
        except (ValueError, ValidationError) as error:
            raise WorkspaceError(
                f"{self._path}: document {sequence} is damaged "
                f"({str(error).splitlines()[0]}); put the file back from a copy"
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk may have ended the transaction already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _guard(self, what: str, *, unchanged: bool = False) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            state = "; nothing was added" if unchanged else ""
            raise WorkspaceError(f"{self._path}: {what}: {error}{state}{_advice(error)}") from error


def published_latest(document: Document) -> date | None:
    """Last day on which the document can have been published; None when it is not known."""
    edtf = document.published.edtf
    return bounds(edtf)[1] if edtf else None


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _append(connection: sqlite3.Connection, document: Document) -> Added:
    row = connection.execute(
        "SELECT sequence FROM documents WHERE id = ?", (document.id,)
    ).fetchone()
    if row:
        return Added(id=document.id, sequence=row[0], new=False)
    sequence = _last(connection, "sequence", "documents") + 1
    latest = published_latest(document)
    connection.execute(
        "INSERT INTO documents (sequence, id, json, published_latest) VALUES (?, ?, ?, ?)",
        (
            sequence,
            document.id,
            json.dumps(document.model_dump(mode="json", exclude={"sequence"})),
            latest.isoformat() if latest else None,
        ),
    )
    key = _last(connection, "key", "passages")
    connection.executemany(
        'INSERT INTO passages (key, document, start, "end") VALUES (?, ?, ?, ?)',
        [
            (key + place, sequence, start, end)
            for place, (start, end) in enumerate(passages(document.text), start=1)
        ],
    )
    return Added(id=document.id, sequence=sequence, new=True)


def _point(connection: sqlite3.Connection, kept: Kept) -> None:
    """Note a capture where it is not known, and that the documents were read from it."""
    place = kept.reference
    row = connection.execute(
        "SELECT key FROM captures WHERE record = ?", (place.record,)
    ).fetchone()
    key = row[0] if row else _last(connection, "key", "captures") + 1
    if row is None:
        connection.execute(
            'INSERT INTO captures (key, record, sha256, file, "offset", length) '
            "VALUES (?, ?, ?, ?, ?, ?)",
            (key, place.record, place.sha256, place.file, place.offset, place.length),
        )
    connection.executemany(
        "INSERT INTO captured (document, capture) "
        "VALUES ((SELECT sequence FROM documents WHERE id = ?), ?) "
        "ON CONFLICT (document, capture) DO NOTHING",
        [(identifier, key) for identifier in kept.documents],
    )


def _last(connection: sqlite3.Connection, column: str, table: str) -> int:
    query = f"SELECT max({column}) FROM {table}"  # noqa: S608 - the names are written in this file
    return int(connection.execute(query).fetchone()[0] or 0)


def _advice(error: Exception) -> str:
    message = str(error)
    if "full" in message or getattr(error, "errno", None) == 28:
        return "; free some space and try again"
    if "locked" in message:
        return "; another process is writing, try again when it is done"
    if "malformed" in message or "not a database" in message:
        return "; the file is damaged, put it back from a copy"
    return ""
