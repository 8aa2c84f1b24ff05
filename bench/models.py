"""Pairs a second of the shipped readers, beside the same networks in fp32 PyTorch.

    python bench/models.py

The peer is what a user would run: sentence-transformers' CrossEncoder on a network of the same
shape with the same tokenizer, batches of 32, all cores. Its weights are random, which costs what
trained ones cost. Needs torch and sentence-transformers beside the project; without them only our
own figures are printed. Asserts nothing.
"""

from __future__ import annotations

import json
import tempfile
import time
from typing import Any

from onrecord.evals.throughput import CLAIM, PASSAGE, TOKENS, measure
from onrecord.neural import installed, models_folder, read_manifest

INPUTS = 96
SHAPES: dict[str, dict[str, Any]] = {
    "all-mpnet-base-v2": {
        "model_type": "mpnet",
        "hidden_size": 768,
        "num_attention_heads": 12,
        "intermediate_size": 3072,
        "max_position_embeddings": 514,
        "layer_norm_eps": 1e-5,
    },
    "all-MiniLM-L6-v2": {
        "model_type": "bert",
        "hidden_size": 384,
        "num_attention_heads": 12,
        "intermediate_size": 1536,
        "max_position_embeddings": 512,
        "layer_norm_eps": 1e-12,
    },
}
LAYERS = {"verifier": 10, "verifier-fast": 6}


def main() -> None:
    """Print a line for each reader."""
    for name in installed():
        manifest = read_manifest(name)
        if manifest.kind != "verifier":
            continue
        ours = measure(name, INPUTS).per_s
        line = f"{name:14} {ours:7.1f} pairs/s at {TOKENS} tokens"
        theirs = peer(name, manifest.base)
        if theirs is None:
            line += "; peer not measured: install torch and sentence-transformers"
        else:
            line += f"; sentence-transformers fp32 {theirs:7.1f}, ratio {ours / theirs:.1f}"
        print(line, flush=True)


def peer(name: str, base: str) -> float | None:
    """Pairs a second of the same shape in PyTorch; None where that is not installed."""
    try:
        from sentence_transformers import CrossEncoder
        from transformers import (
            AutoConfig,
            AutoModelForSequenceClassification,
            PreTrainedTokenizerFast,
        )
    except ImportError:
        return None
    file = models_folder() / name / "tokenizer.json"
    spec = json.loads(file.read_text())
    shape = dict(SHAPES[base])
    config = AutoConfig.for_model(
        shape.pop("model_type"),
        **shape,
        num_hidden_layers=LAYERS[name],
        vocab_size=len(spec["model"]["vocab"]),
        num_labels=3,
    )
    pad = next(t["content"] for t in spec["added_tokens"] if "pad" in t["content"].lower())
    with tempfile.TemporaryDirectory() as folder:
        AutoModelForSequenceClassification.from_config(config).save_pretrained(folder)
        PreTrainedTokenizerFast(tokenizer_file=str(file), pad_token=pad).save_pretrained(folder)
        network = CrossEncoder(folder, max_length=TOKENS, device="cpu")
        pairs = [(CLAIM, PASSAGE * 8)] * INPUTS
        network.predict(pairs[:32], batch_size=32)
        began = time.perf_counter()
        network.predict(pairs, batch_size=32)
        return INPUTS / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
