import hashlib
import json
from pathlib import Path

import pytest

from onrecord.errors import ModelError
from onrecord.neural import Embedder, Manifest, installed, models_folder, read_manifest
from onrecord.neural.session import load
from onrecord.neural.weights import SHIPPED, checked_file


def write(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def replace(models: Path, name: str, data: bytes) -> None:
    """Another file in the embedder's folder, with its right hash in the manifest."""
    path = models / "embedder" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"][name] = hashlib.sha256(data).hexdigest()
    write(path, json.dumps(manifest).encode())
    write(models / "embedder" / name, data)


def refused(match: str) -> None:
    """Loading fails with one line that says so."""
    with pytest.raises(ModelError, match=match) as caught:
        Embedder()
    assert "\n" not in str(caught.value)


def test_the_shipped_embedder_has_the_hashes_of_its_manifest() -> None:
    manifest = read_manifest("embedder")
    assert manifest.name == "embedder"
    for name in manifest.files:
        assert checked_file(manifest, name)


def test_the_models_folder_is_ours_when_told(models: Path) -> None:
    assert models_folder() == models
    assert installed() == ("embedder",)


def test_without_being_told_the_shipped_models_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", None):
        if value is None:
            monkeypatch.delenv("ONRECORD_MODELS")
        else:
            monkeypatch.setenv("ONRECORD_MODELS", value)
        assert models_folder() == SHIPPED


def test_a_model_is_loaded_once(models: Path) -> None:
    assert load("embedder") is load("embedder")


def test_a_missing_model_is_refused(models: Path) -> None:
    with pytest.raises(ModelError, match="'verifier' is missing") as caught:
        load("verifier")
    assert "\n" not in str(caught.value)


def test_a_missing_models_folder_is_refused(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_MODELS", str(models / "nowhere"))
    assert installed() == ()
    refused("is missing")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_refused(models: Path, name: str) -> None:
    (models / "embedder" / name).unlink()
    refused("cannot be read")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_an_altered_file_is_refused(models: Path, name: str) -> None:
    path = models / "embedder" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    write(path, bytes(data))
    refused("was altered")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_folder_in_place_of_a_file_is_refused(models: Path, name: str) -> None:
    (models / "embedder" / name).unlink()
    (models / "embedder" / name).mkdir()
    refused("cannot be read")


@pytest.mark.parametrize("data", [b"", b"no model", b"\x08\x07\x12\x00" * 9])
def test_a_file_that_is_no_model_is_refused(models: Path, data: bytes) -> None:
    replace(models, "model.onnx", data)
    refused("does not load")


@pytest.mark.parametrize("data", [b"", b"{}", b"no tokenizer", b"\xff\xfe"])
def test_a_file_that_is_no_tokenizer_is_refused(models: Path, data: bytes) -> None:
    replace(models, "tokenizer.json", data)
    refused("does not load")


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"{}", b'{"name": "embedder"}']
)
def test_an_unreadable_manifest_is_refused(models: Path, data: bytes) -> None:
    write(models / "embedder" / "manifest.json", data)
    refused("cannot be read")


def test_a_manifest_with_unknown_fields_is_refused(models: Path) -> None:
    path = models / "embedder" / "manifest.json"
    write(path, json.dumps(json.loads(path.read_text()) | {"trust": "me"}).encode())
    refused("cannot be read")


def test_a_manifest_that_names_no_model_file_is_refused(models: Path) -> None:
    path = models / "embedder" / "manifest.json"
    write(path, json.dumps(json.loads(path.read_text()) | {"files": {}}).encode())
    refused("names no file")


def test_the_digest_is_over_all_files_in_any_order() -> None:
    def manifest(files: dict[str, str]) -> Manifest:
        return Manifest(name="m", version="1", kind="k", base="b", max_tokens=8, files=files)

    one = manifest({"a": "1", "b": "2"}).sha256
    assert one == manifest({"b": "2", "a": "1"}).sha256
    assert len({one, manifest({"a": "1", "b": "3"}).sha256, manifest({"a": "1"}).sha256}) == 3
