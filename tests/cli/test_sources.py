import json

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import Tools, app
from onrecord.intake.register import UNREGISTERED, shipped
from onrecord.model import Source, SourceKind, When, new_document
from tests.cli.doubles import WordEmbedder

FORGED = "\x1b[31mReuters\u202e News"


def document(source):
    return new_document(
        source=source,
        title="On boats",
        text=f"Boats, says {source.id}.",
        published=When(edtf=None, basis="none"),
    )


@pytest.fixture
def work(tmp_path):
    """A workspace with documents of a registered, a described and two unknown publishers."""
    onrecord.init(tmp_path / "work")
    publishers = [
        shipped().named("Radio Free Asia"),
        Source(id="gazette", name="The Gazette", kind=SourceKind.NEWSPAPER),
        shipped().named("Coral Coast News"),
        shipped().published_at("https://www.evil.example/a", FORGED),
    ]
    with onrecord.open_archive(tmp_path / "work", WordEmbedder()) as archive:
        archive.add(map(document, publishers))
    return tmp_path / "work"


def ask(work, *arguments):
    tools = Tools(embedder=WordEmbedder())
    return CliRunner().invoke(app, ["sources", "-w", str(work), *arguments], obj=tools)


def ask_json(work, *arguments):
    result = ask(work, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_archives_publishers_are_listed_and_the_unknown_flagged(work):
    found = ask_json(work)
    assert found["unknown"] == 2
    assert found["registered"] == len(shipped()) + 1
    known = {row["id"]: row["known"] for row in found["sources"]}
    assert known == {
        "coral-coast-news": False,
        "evil.example": False,
        "gazette": True,
        "radio-free-asia": True,
    }
    assert [row["known"] for row in found["sources"]] == [False, False, True, True]
    table = ask(work).stdout
    assert table.count("unknown") == 3
    assert "us-funded-media" in table
    assert "4 publishers, 2 of them unknown" in table


def test_all_lists_the_register_too(work):
    found = ask_json(work, "--all")["sources"]
    assert len(found) == len(shipped()) + 3
    assert {row["id"] for row in found if row["in_archive"]} == {
        "coral-coast-news", "evil.example", "gazette", "radio-free-asia",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["Radio Free Asia", "rfa", "www.rfa.org", "https://rfa.org/a"])
def test_one_is_explained_by_name_or_domain(work, name):
    found = ask_json(work, name)
    assert (found["id"], found["known"], found["in_archive"]) == ("radio-free-asia", True, True)
    assert "Voice of America" in found["not_independent_of"]
    assert found["facts"]
    printed = ask(work, name).stdout
    assert "Not independent of: " in printed
    assert "https://www.usagm.gov/" in printed


def test_one_outside_of_the_archive_is_explained_too(work):
    found = ask_json(work, "news.bbc.co.uk")
    assert (found["id"], found["in_archive"], found["not_independent_of"]) == ("bbc", False, [])


@pytest.mark.parametrize("name", ["www.evil.example", "https://evil.example/b", "evil.example"])
def test_an_unknown_one_is_explained_with_how_to_describe_it(work, name):
    found = ask_json(work, name)
    assert (found["known"], found["interest"]) == (False, UNREGISTERED)
    printed = ask(work, name).stdout
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert f"Describe it in {work / 'sources.yaml'}:" in printed.replace("\n", "")


def test_what_it_prints_of_an_unknown_one_describes_it(work):
    entry = ask(work, "coral coast news").stdout.splitlines()[-1]
    (work / "sources.yaml").write_text(entry.replace('"other"', '"newspaper"') + "\n")
    assert ask_json(work, "Coral Coast News")["kind"] == "newspaper"
    assert ask_json(work)["unknown"] == 1


def test_a_page_is_known_once_its_domain_is_in_the_workspaces_file(work):
    entry = "- {id: evil, name: Evil News, kind: magazine, domains: [evil.example]}"
    (work / "sources.yaml").write_text(entry)
    found = {row["id"]: row for row in ask_json(work)["sources"]}
    assert found["evil"]["in_archive"]
    assert "evil.example" not in found


def test_nobody_of_that_name(work):
    result = ask(work, "x" * 500)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 300


def test_a_mistake_in_the_workspaces_file_is_an_input_error(work):
    (work / "sources.yaml").write_text("- &a {id: a, name: A}\n- *a\n")
    result = ask(work)
    assert result.exit_code == 2
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1
