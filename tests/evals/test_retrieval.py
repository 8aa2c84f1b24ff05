import gzip
import json
import shutil

import pytest

from onrecord.errors import InputError
from onrecord.evals import retrieval
from onrecord.evals.retrieval import measure, read_collection
from tests.cli.doubles import WordEmbedder


def test_a_collection_is_read(collection):
    found = read_collection(collection)
    assert found.name == "tiny"
    assert [document.url for document in found.documents] == ["boats", "bread", "ferries", "title"]
    assert found.documents[3].text == "Lighthouse lamp replaced"
    assert set(found.queries) == {"q1", "q2", "q3"}
    assert found.qrels["q2"] == {"title": 1, "bread": 0}


def test_packed_files_and_judgements_beside_the_corpus(collection, tmp_path):
    plain = read_collection(collection)
    packed = tmp_path / "packed"
    packed.mkdir()
    for name in ("corpus.jsonl", "queries.jsonl"):
        (packed / f"{name}.gz").write_bytes(gzip.compress((collection / name).read_bytes()))
    shutil.copy(collection / "qrels" / "test.tsv", packed / "qrels.test.tsv")
    found = read_collection(packed)
    assert (found.documents, found.sha256) == (plain.documents, plain.sha256)


def test_the_hash_is_over_all_three_files(collection):
    before = read_collection(collection).sha256
    (collection / "qrels" / "test.tsv").write_text("q\tc\ts\nq1\tboats\t1\n")
    assert read_collection(collection).sha256 != before


def test_each_way_of_searching_is_measured(collection):
    found = measure(read_collection(collection), WordEmbedder())
    assert (found.documents, found.queries) == (4, 3)
    assert set(found.ways()) == {"words", "meaning", "hybrid"}
    for way in found.ways().values():
        assert way.figures == pytest.approx({"ndcg@10": 1, "recall@100": 1, "map": 1})
        assert way.intervals["ndcg@10"] == (1, 1)
        assert way.p50_ms > 0
    assert found.reranked is None
    assert (found.model, found.model_sha256) == ("words/1", "0" * 64)


def test_words_alone_do_not_find_what_meaning_finds(collection):
    """The embedder here puts every text near every other, so that meaning alone finds all."""
    with (collection / "queries.jsonl").open("a") as file:
        file.write(json.dumps({"_id": "q4", "text": "zeppelins"}) + "\n")
    with (collection / "qrels" / "test.tsv").open("a") as file:
        file.write("q4\tbread\t1\n")
    found = measure(read_collection(collection), WordEmbedder())
    assert found.words.figures["recall@100"] == pytest.approx(3 / 4)
    assert found.words.intervals["recall@100"][0] < 3 / 4
    assert found.meaning.figures["recall@100"] == 1
    assert found.hybrid.figures["recall@100"] == 1


def test_figures_of_a_known_ranking(collection):
    """The only answer of the only query stands second of four."""
    (collection / "qrels" / "test.tsv").write_text("q\tc\ts\nq1\tbread\t1\n")

    def second(query, hits):
        order = ("boats", "bread", "ferries", "title")
        return sorted(hits, key=lambda hit: order.index(hit.document.url))

    found = measure(read_collection(collection), WordEmbedder(), rerank=second)
    assert found.reranked is not None
    assert found.reranked.figures == pytest.approx(
        {"ndcg@10": 1 / 1.584962500721156, "recall@100": 1, "map": 0.5}
    )


def test_a_document_stands_where_its_best_passage_does(collection):
    """'ferries' has many passages, and all of them before the answer, but it is one document."""
    (collection / "qrels" / "test.tsv").write_text("q\tc\ts\nq3\tboats\t1\n")

    def ferries_first(query, hits):
        assert sum(hit.document.url == "ferries" for hit in hits) > 3
        return sorted(hits, key=lambda hit: (hit.document.url != "ferries", hit.document.url))

    found = measure(read_collection(collection), WordEmbedder(), rerank=ferries_first)
    assert found.reranked is not None
    assert found.reranked.figures["map"] == pytest.approx(1 / 2)


def test_more_passages_are_sought_until_there_are_enough_documents(monkeypatch):
    monkeypatch.setattr(retrieval, "DEPTH", 3)
    monkeypatch.setattr(retrieval, "PASSAGES", 2)
    sought = []

    def ranking(query, k):
        sought.append(k)
        return ["a", "a", "a", "b", "b", "c", "d", "e"][:k]

    assert retrieval._first_documents(ranking, "q") == ["a", "b", "c"]
    assert sought == [2, 4, 8]
    monkeypatch.setattr(retrieval, "DEPTH", 9)
    assert retrieval._first_documents(ranking, "q") == ["a", "b", "c", "d", "e"]


def test_plain_data_has_what_is_promised(collection):
    plain = json.loads(json.dumps(measure(read_collection(collection), WordEmbedder()).plain()))
    for way in ("words", "meaning", "hybrid"):
        assert set(plain[way]) == {"ndcg@10", "recall@100", "map", "p50_ms", "intervals"}
    assert plain["reranked"] is None
    assert len(plain["data_sha256"]) == 64


def test_nothing_is_left_behind(collection, tmp_path, monkeypatch):
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    measure(read_collection(collection), WordEmbedder())
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "content", "about"),
    [
        ("corpus.jsonl", "", "no documents"),
        ("corpus.jsonl", '{"_id": "a", "text": ""}\n', "no documents"),
        ("corpus.jsonl", '{"_id": "a"}\n', "'text' is wanted as text"),
        ("corpus.jsonl", '{"text": "b"}\n', "'_id' is wanted as text"),
        ("corpus.jsonl", '{"_id": "", "text": "b"}\n', "_id is empty"),
        ("corpus.jsonl", '{"_id": "a", "text": "b"}\n' * 2, "another document has the _id 'a'"),
        ("corpus.jsonl", '{"_id": "a", "title": 3, "text": "b"}\n', "'title' is wanted as text"),
        ("queries.jsonl", "{}\n", "'_id' is wanted"),
        ("queries.jsonl", "", "query 'q1' is not in"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "no judgements"),
        ("qrels/test.tsv", "h\th\th\nq1\tboats\n", "line 2: a query, a document"),
        ("qrels/test.tsv", "h\th\th\nq1\tboats\tyes\n", "line 2: a query, a document"),
    ],
)
def test_what_is_no_collection(collection, file, content, about):
    (collection / file).write_text(content)
    with pytest.raises(InputError, match=about) as error:
        read_collection(collection)
    assert str(error.value).startswith(str(collection))


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_file_that_is_missing(collection, name):
    (collection / name).unlink()
    with pytest.raises(InputError, match=f"no {name}"):
        read_collection(collection)
