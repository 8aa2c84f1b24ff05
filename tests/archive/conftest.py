import hashlib
import re

import numpy as np
import pytest

from onrecord.archive import Archive
from onrecord.model import Source, When, new_document


class HashingEmbedder:
    """Words hashed into a few dimensions: no model, the same on every machine."""

    def __init__(self, name="hashing-1", dimensions=32):
        self.name = name
        self.sha256 = hashlib.sha256(name.encode()).hexdigest()
        self.dimensions = dimensions

    def embed(self, texts):
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(
            len(texts), self.dimensions
        )

    def _vector(self, text):
        vector = np.zeros(self.dimensions)
        vector[0] = 1e-3
        for word in text.casefold().split():
            digest = hashlib.blake2b(word.encode(), digest_size=4).digest()
            vector[digest[0] % self.dimensions] += 1 if digest[1] & 1 else -1
        return vector / np.linalg.norm(vector)


WORDS = re.findall(
    r"\w+",
    "army arms burned coup diplomats executed jets junta killed law Myanmar peace protest region "
    "report respect Russia sanctions sold stability talks village witnesses",
)


def article(number, *, paragraphs=3, published="2022-01-01", text=None):
    """A document of its own for each number, of a few of the words."""
    body = text or "\n\n".join(
        " ".join(
            WORDS[(number * 7 + paragraph * 3 + place * (1 + number % 5)) % len(WORDS)]
            for place in range(50 + (number + paragraph) % 30)
        )
        for paragraph in range(paragraphs)
    )
    return new_document(
        source=Source(id="paper", name="The Paper"),
        title=f"On {WORDS[number % len(WORDS)]}",
        text=body,
        published=When(edtf=published, basis="printed"),
        url=f"https://paper.example/{number}",
    )


def found(archive, query="Russia sold jets to the army", **options):
    """What a search finds, in a form that two archives share."""
    return [
        (hit.passage, hit.word_rank, hit.vector_rank, hit.score)
        for hit in archive.search(query, **{"k": 20, **options})
    ]


@pytest.fixture
def embedder():
    return HashingEmbedder()


@pytest.fixture
def folder(tmp_path):
    Archive.create(tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def archive(folder, embedder):
    with Archive.open(folder, embedder) as opened:
        yield opened
