import json
import os
import subprocess
import sys

import pytest

import onrecord
from onrecord.cli import app
from onrecord.cli.tools import safe
from onrecord.model import Source, When, new_document
from tests.cli.doubles import WordEmbedder

HOSTILE = "Boats \x1b]0;owned\x07\x1b[2J sold \u202eabroad\u202c [red]and[/red] :boom: \x9b31m"


@pytest.mark.parametrize("text", [HOSTILE, "a\r\nb", "\x00", "é 日本 👩‍👩‍👧 \u200d"])
def test_safe_text_makes_no_terminal_act(text):
    kept = safe(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066" for c in kept)
    assert safe(kept) == kept


def test_safe_text_keeps_what_is_harmless():
    assert safe("é 日本 👩‍👩‍👧 “quoted”") == "é 日本 👩‍👩‍👧 “quoted”"


@pytest.fixture
def hostile(tmp_path):
    """A workspace whose one document got past intake with all that terminals act on."""
    folder = onrecord.init(tmp_path / "hostile")
    source = Source(id="x", name=HOSTILE)
    when = When(edtf="2021", basis="printed")
    with onrecord.open_archive(folder, WordEmbedder()) as archive:
        archive.add([new_document(source=source, title=HOSTILE, text=HOSTILE, published=when)])
    return folder


def test_evidence_is_printed_as_text(run, hostile):
    result = run("search", "-w", hostile, "boats sold", color=True)
    assert not set("\x1b\x07\x9b\u202e") & set(result.stdout)
    assert "[red]and[/red] :boom:" in " ".join(result.stdout.split())


def test_json_is_ascii_and_loses_nothing(run, hostile):
    stdout = run("search", "-w", hostile, "boats sold", "--json").stdout
    assert stdout.isascii()
    assert json.loads(stdout)["hits"][0]["title"] == HOSTILE


def test_errors_are_printed_as_text(run):
    result = run("init", "there\x1b[2J/x\nsecond", "--nonsense")
    assert result.exit_code == 2
    result = run("search", "-w", "none\x1b[2J\nsecond", "q")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_every_command_has_json_and_examples():
    for name, command in _commands():
        if name in {"onrecord", "eval", "capture"}:
            continue
        assert "--json" in [option for p in command.params for option in p.opts], name
        assert f"onrecord {name}" in (command.epilog or ""), name
        assert command.help, name


def test_help_of_every_command(run):
    for name, _ in _commands():
        words = [] if name == "onrecord" else name.split()
        result = run(*words, "--help")
        assert result.exit_code == 0
        assert "Examples:" in result.stdout or name == "eval"


def test_the_command_does_not_load_models_to_print_help():
    code = (
        "import sys, onrecord.cli; "
        "print([m for m in ('onnxruntime', 'faiss', 'tantivy', 'pydantic', 'rich')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_that_goes_away_is_no_traceback():
    command = f"{sys.executable} -c 'from onrecord.cli import main; main()' --help | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert "Traceback" not in done.stderr


def test_a_terminal_without_unicode_is_no_traceback(tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-c", "from onrecord.cli import main; main()", "init", "Жук"],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert b"Workspace made: ???" in done.stdout


def _commands():
    yield "onrecord", app
    for name, command in app.commands.items():
        yield name, command
        for below, child in getattr(command, "commands", {}).items():
            yield f"{name} {below}", child
