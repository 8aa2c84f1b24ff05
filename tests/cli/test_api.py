"""`import onrecord`: the functions, as a notebook uses them."""

import subprocess
import sys
from types import ModuleType

import pytest

import onrecord
from onrecord.errors import InputError
from tests.cli.doubles import WordEmbedder, WordVerifier


def test_five_lines(workspace, tmp_path):
    archive = onrecord.open_archive(workspace, WordEmbedder())
    claim = onrecord.read_claim(tmp_path / "claim.yaml")
    dossier = onrecord.check(claim, archive, verifier=WordVerifier())
    onrecord.publish(dossier, tmp_path / "page.html")
    archive.close()
    assert "Patrol boats" in (tmp_path / "page.html").read_text()


def test_functions_stay_functions_whatever_is_imported():
    import onrecord.check
    import onrecord.publish.page
    from onrecord.check import Options

    assert not isinstance(onrecord.check, ModuleType)
    assert not isinstance(onrecord.publish, ModuleType)
    assert Options().as_of is None


def test_all_names_are_there():
    for name in onrecord.__all__:
        assert hasattr(onrecord, name), name


def test_import_is_light():
    code = (
        "import sys, onrecord; "
        "print([m for m in ('onnxruntime', 'numpy', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_add_reports_its_progress(workspace, tmp_path):
    file = tmp_path / "new.md"
    file.write_text("A new boat was launched.")
    steps = []
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        onrecord.add(archive, file, progress=lambda *step: steps.append(step))
    assert steps[0] == ("read", 0, 1)
    assert ("read", 1, 1) in steps
    assert steps[-1][0] == "index"


def test_check_reports_its_progress(workspace, tmp_path):
    steps = []
    claim = onrecord.read_claim(tmp_path / "claim.yaml")
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        onrecord.check(
            claim,
            archive,
            verifier=WordVerifier(),
            progress=lambda step, done, total: steps.append((step, done, total)),
        )
    assert {step for step, _, _ in steps} == {"search", "read"}
    assert steps[-1][1] == steps[-1][2]


def test_replay_wants_the_options(workspace, tmp_path):
    claim = onrecord.read_claim(tmp_path / "claim.yaml")
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        dossier = onrecord.check(claim, archive, verifier=WordVerifier())
        bare = dossier.model_copy(update={"options": {}})
        with pytest.raises(InputError, match="does not record its options"):
            onrecord.replay(bare, archive, verifier=WordVerifier())
