"""The only room that runs models: onnxruntime by default, a language model by choice."""

from onrecord.neural.embedder import Embedder
from onrecord.neural.verifier import Reading, Verifier
from onrecord.neural.weights import Manifest, installed, models_folder, read_manifest

__all__ = [
    "Embedder",
    "Manifest",
    "Reading",
    "Verifier",
    "installed",
    "models_folder",
    "read_manifest",
]
