import numpy as np
import pytest

from onrecord.archive.vectors import FILE, VectorIndex, embedded_text
from onrecord.errors import WorkspaceError

from .conftest import HashingEmbedder
from .test_ports import ALL, entry, keys


@pytest.fixture
def index(tmp_path):
    made = VectorIndex(tmp_path, HashingEmbedder())
    made.add([entry(1, "jets were sold"), entry(2, "it rained all day")], up_to=2)
    return made


def test_title_and_text_are_embedded():
    assert embedded_text(entry(1, "It did.", title="Jets")) == "Jets. It did."


def test_the_order_is_exact(tmp_path):
    class Random:
        name, dimensions = "random", 384

        def embed(self, texts):
            rows = [np.random.default_rng(len(text)).normal(size=384) for text in texts]
            return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32)

    index = VectorIndex(tmp_path, Random())
    entries = [entry(key, "x" * key) for key in range(1, 501)]
    index.add(entries, up_to=500)
    vectors = np.rint(Random().embed([embedded_text(e) for e in entries]) * 127)
    query = np.rint(Random().embed(["y" * 1000])[0] * 127)
    exact = np.argsort(-(vectors @ query), kind="stable")[:20] + 1
    assert keys(index, "y" * 1000, 20) == list(exact)


def test_another_embedders_vectors_are_refused_until_cleared(tmp_path, index):
    other = VectorIndex(tmp_path, HashingEmbedder("hashing-2"))
    for act in (other.check, lambda: other.search("a", 1, ALL), lambda: other.add([], 3)):
        with pytest.raises(
            WorkspaceError, match=r"'hashing-1', this is 'hashing-2'; run `onrecord r"
        ):
            act()
    wider = VectorIndex(tmp_path, HashingEmbedder(dimensions=64))
    with pytest.raises(WorkspaceError, match="onrecord rebuild"):
        wider.check()
    other.clear()
    other.add([entry(1, "jets")], up_to=1)
    assert other.made_by() == "hashing-2"


@pytest.mark.parametrize("damage", ["cut", "zeroed", "other", "gone"])
def test_a_damaged_file_counts_as_none(tmp_path, index, damage):
    file = tmp_path / FILE
    content = file.read_bytes()
    half = len(content) // 2
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(
            {"cut": content[:half], "zeroed": content[:half] + bytes(half), "other": b"?"}[damage]
        )
    assert (index.mark(), index.size()) == (0, 0)
    index.add([entry(1, "jets")], up_to=1)
    assert keys(VectorIndex(tmp_path, HashingEmbedder()), "jets") == [1]


def test_a_save_that_fails_leaves_the_file_as_it_was(tmp_path, index, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("onrecord.archive.vectors.os.fsync", full)
    with pytest.raises(WorkspaceError, match=r"No space left.*the documents are safe"):
        index.add([entry(3, "jets", 3)], up_to=3)
    assert (index.mark(), index.size()) == (2, 2)
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("wrong", [np.zeros((1, 3)), np.full((1, 32), np.nan)])
def test_vectors_that_are_none_are_refused(tmp_path, wrong):
    embedder = HashingEmbedder()
    embedder.embed = lambda texts: wrong
    with pytest.raises(ValueError, match="embedder 'hashing-1' gave"):
        VectorIndex(tmp_path, embedder).add([entry(1, "jets")], up_to=1)
