"""Turns trained weights into the int8 ONNX files that ship, each with its card and hash.

    python training/export_onnx.py embedder --base BASE --out src/onrecord/neural/weights/embedder
    python training/export_onnx.py verifier --base BASE --run RUN --out .../weights/verifier

Two forms of 8 bits. 'blocks': weights in blocks of 256 with a scale each, and activations as they
come, row by row (MatMulNBits); the more exact. 'dynamic': weights with a scale for each column,
activations with one for the whole input (MatMulInteger); the faster. Inputs run one by one, so in
neither does one change what is read of another; see docs/decisions/0003.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn

from data import trimmed_tokenizer
from network import CrossEncoder, Encoder, SentenceEmbedder, load_encoder

INPUTS = {"mpnet": ("ids", "mask"), "bert": ("ids", "mask", "types")}


def export(model: nn.Module, encoder: Encoder, out: Path, output: str, form: str) -> None:
    """Writes out/model.onnx, int8 in 'blocks' or 'dynamic', with inputs [B,T] and one output."""
    out.mkdir(parents=True, exist_ok=True)
    names = INPUTS[encoder.shape.kind]
    for layer in encoder.layers:
        layer.fuse()
    example = tuple(torch.ones((2, 16), dtype=torch.int64) for _ in names)
    encoder.words = RowScaled(encoder.words)
    encoder.places = RowScaled(encoder.places)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            model.eval(),
            example,
            str(full),
            input_names=list(names),
            output_names=[output],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names}
            | {output: {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
        if form == "dynamic":
            quantize_dynamic(
                full, out / "model.onnx", per_channel=True, weight_type=QuantType.QInt8
            )
            return
        graph = onnx.load(full)
    quantizer = MatMulNBitsQuantizer(
        graph, bits=8, block_size=256, is_symmetric=True, accuracy_level=4
    )
    quantizer.process()
    onnx.save(quantizer.model.model, out / "model.onnx")


class RowScaled(nn.Module):
    """An embedding table as 8-bit rows, each with its own scale."""

    rows: Tensor
    scales: Tensor

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        scales = table.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table.weight.detach() / scales).round().to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, ids: Tensor) -> Tensor:
        """Embeddings [B,T,H] of ids [B,T]."""
        return self.rows[ids].float() * self.scales[ids]


def write_manifest(out: Path, **facts: object) -> None:
    """Writes out/manifest.json: what the loader checks before it trusts a file."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.iterdir())
        if path.suffix in (".onnx", ".json") and path.name != "manifest.json"
    }
    (out / "manifest.json").write_text(json.dumps({**facts, "files": files}, indent=1) + "\n")


def export_embedder(base: Path, out: Path) -> None:
    """The sentence embedder, whole, with the base's own tokenizer."""
    encoder = load_encoder(base)
    export(SentenceEmbedder(encoder), encoder, out, "vectors", "blocks")
    spec = json.loads((base / "tokenizer.json").read_text())
    spec["truncation"] = spec["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(spec, ensure_ascii=False))
    write_manifest(
        out,
        name="embedder",
        version="all-MiniLM-L6-v2/int8.1",
        kind="embedder",
        base="all-MiniLM-L6-v2",
        dimensions=encoder.shape.hidden,
        max_tokens=256,
    )


def export_verifier(base: Path, run: Path, out: Path, version: str, form: str) -> None:
    """The cross-encoder of a finished run; `out` names the model."""
    options = json.loads((run / "options.json").read_text())
    _, keep = trimmed_tokenizer(base / "tokenizer.json")
    layers = min(
        options["layers"], json.loads((base / "config.json").read_text())["num_hidden_layers"]
    )
    encoder = load_encoder(base, layers, keep)
    model = CrossEncoder(encoder)
    model.load_state_dict(torch.load(_weights(run)))
    export(model, encoder, out, "logits", form)
    shutil.copy(run / "tokenizer.json", out / "tokenizer.json")
    write_manifest(
        out,
        name=out.name,
        version=version,
        kind="verifier",
        base=options["base"],
        labels=["SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO"],
        max_tokens=options["max_tokens"],
    )


def _weights(run: Path) -> Path:
    """The final weights, or those of the last checkpoint taken out of it."""
    final = run / "weights.pt"
    if final.exists():
        return final
    taken = run / "average.pt"
    torch.save(torch.load(run / "checkpoint.pt")["average"], taken)
    return taken


def main() -> None:
    """Parses the command line and exports."""
    logging.disable(logging.INFO)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("embedder", "verifier"))
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="trial/int8")
    parser.add_argument("--form", choices=("blocks", "dynamic"), default="blocks")
    given = parser.parse_args()
    np.random.seed(0)
    torch.manual_seed(0)
    if given.what == "embedder":
        export_embedder(given.base, given.out)
    else:
        export_verifier(given.base, given.run, given.out, given.version, given.form)


if __name__ == "__main__":
    main()
