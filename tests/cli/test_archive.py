import onrecord
from tests.cli.doubles import WordEmbedder


def test_init_makes_an_empty_workspace(run, tmp_path):
    result = run("init", "fresh")
    assert result.exit_code == 0
    assert "fresh" in result.stdout
    with onrecord.open_archive(tmp_path / "fresh", WordEmbedder()) as archive:
        assert archive.sequence == 0


def test_init_json(run_json):
    assert run_json("init", "fresh") == {"workspace": "fresh"}


def test_add_counts_what_is_new_and_what_was_there(run, articles):
    run("init", "work")
    first = run("add", "-w", "work", articles / "sale.md")
    assert first.stdout.strip() == "1 new document, 0 already there; the archive holds 1"
    both = run("add", "-w", "work", articles)
    assert both.stdout.strip() == "4 new documents, 1 already there; the archive holds 5"


def test_add_json(run, run_json, articles):
    run("init", "work")
    found = run_json("add", "-w", "work", articles)
    assert (found["new"], found["known"], found["documents"]) == (5, 0, 5)
    assert [item["sequence"] for item in found["added"]] == [1, 2, 3, 4, 5]


def test_add_takes_the_publishers_of_the_file_named(run, articles, tmp_path):
    sources = tmp_path / "others.yaml"
    sources.write_text("- {id: gazette, name: The Other Gazette, kind: wire}\n")
    run("init", "work")
    run("add", "-w", "work", articles / "sale.md", "--sources", sources)
    with onrecord.open_archive("work", WordEmbedder()) as archive:
        assert next(archive.documents()).source.name == "The Other Gazette"


def test_workspace_from_the_environment(run_json, workspace, monkeypatch):
    monkeypatch.setenv("ONRECORD_WORKSPACE", str(workspace))
    assert run_json("search", "rice prices")["hits"]


def test_workspace_is_the_current_folder(run_json, workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    assert run_json("search", "rice prices")["hits"]


def test_search_prints_passages(run, workspace):
    result = run("search", "-w", workspace, "rice prices capital")
    assert result.exit_code == 0
    assert "Rice prices rose by a tenth" in result.stdout
    assert "The Gazette" in result.stdout
    assert "\x1b" not in result.stdout


def test_search_json_names_the_span(run_json, workspace):
    hit = run_json("search", "-w", workspace, "rice prices capital", "-k", 1)["hits"][0]
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        text = archive.document(hit["document"]).text
    assert text[hit["start"] : hit["end"]] == hit["text"]
    assert hit["text"].startswith("Rice prices")


def test_search_before_a_day(run_json, workspace):
    found = run_json("search", "-w", workspace, "patrol boats sold", "--before", "2021-06-01")
    assert {hit["published"] for hit in found["hits"]} <= {"2021-05-04", "2021-05-05"}


def test_search_as_of_a_place(run_json, workspace):
    found = run_json("search", "-w", workspace, "patrol boats sold", "--as-of", 1)
    assert len(found["hits"]) == 1


def test_search_that_finds_nothing_says_so(run):
    run("init", "work")
    assert run("search", "-w", "work", "anything").stdout.strip() == "Nothing found"


def test_rebuild_finds_the_same(run, run_json, workspace):
    before = run_json("search", "-w", workspace, "patrol boats sold")
    assert run_json("rebuild", "-w", workspace) == {"documents": 5}
    assert "5 documents" in run("rebuild", "-w", workspace).stdout
    assert run_json("search", "-w", workspace, "patrol boats sold") == before
