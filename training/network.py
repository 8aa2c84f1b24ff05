"""A small transformer encoder for weights of BERT and MPNet, and the cross-encoder on it.

Written out rather than imported so that layers can be cut, the vocabulary trimmed and the graph
exported to ONNX without surprises. Shapes: B = batch, T = tokens, H = hidden size.
Sources: Devlin et al. 2019 (BERT), Song et al. 2020 (MPNet, whose relative position buckets are
those of T5, Raffel et al. 2020).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

MAX_TOKENS = 384
"""Longest input that an exported model accepts, in tokens."""


@dataclass(frozen=True)
class Shape:
    """What the config.json of a base says, as far as the encoder needs it."""

    kind: str  # "mpnet" or "bert"
    hidden: int
    heads: int
    feed_forward: int
    layers: int
    vocabulary: int
    positions: int
    norm_eps: float
    buckets: int = 0

    @classmethod
    def of(cls, base: Path, layers: int | None = None) -> Shape:
        """Reads the shape of a base folder; `layers` keeps only the lowest that many."""
        config = json.loads((base / "config.json").read_text())
        return cls(
            kind=config["model_type"],
            hidden=config["hidden_size"],
            heads=config["num_attention_heads"],
            feed_forward=config["intermediate_size"],
            layers=layers or config["num_hidden_layers"],
            vocabulary=config["vocab_size"],
            positions=config["max_position_embeddings"],
            norm_eps=config["layer_norm_eps"],
            buckets=config.get("relative_attention_num_buckets", 0),
        )


class Layer(nn.Module):
    """Self-attention and feed-forward, each with its residual and norm after it (post-norm)."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        h = shape.hidden
        self.heads = shape.heads
        self.q, self.k, self.v, self.o = (nn.Linear(h, h) for _ in range(4))
        self.attention_norm = nn.LayerNorm(h, eps=shape.norm_eps)
        self.up = nn.Linear(h, shape.feed_forward)
        self.down = nn.Linear(shape.feed_forward, h)
        self.norm = nn.LayerNorm(h, eps=shape.norm_eps)
        self.dropout = nn.Dropout(dropout)
        self.qkv: nn.Linear | None = None

    def fuse(self) -> None:
        """Makes one product of the three that begin attention: the same numbers, fewer passes."""
        h = self.q.in_features
        self.qkv = nn.Linear(h, 3 * h)
        with torch.no_grad():
            self.qkv.weight.copy_(torch.cat([self.q.weight, self.k.weight, self.v.weight]))
            self.qkv.bias.copy_(torch.cat([self.q.bias, self.k.bias, self.v.bias]))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """X [B,T,H] and an additive attention bias that broadcasts to [B,heads,T,T] -> [B,T,H]."""

        def split(y: Tensor) -> Tensor:
            return y.unflatten(-1, (self.heads, -1)).transpose(1, 2)

        q, k, v = self.qkv(x).chunk(3, dim=-1) if self.qkv else (self.q(x), self.k(x), self.v(x))
        mixed = functional.scaled_dot_product_attention(
            split(q), split(k), split(v), attn_mask=bias
        )
        mixed = self.o(mixed.transpose(1, 2).flatten(2))
        x = self.attention_norm(x + self.dropout(mixed))
        return self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Token ids and mask -> hidden states [B,T,H]."""

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.types = nn.Embedding(2, shape.hidden) if shape.kind == "bert" else None
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.norm_eps)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.relative = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None
        self.register_buffer("bucket_of", _buckets(shape.buckets), persistent=False)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor | None = None) -> Tensor:
        """Ids, mask and token types [B,T] -> hidden states [B,T,H]."""
        length = ids.shape[1]
        # MPNet numbers positions from 2 (padding index 1, plus one), BERT from 0.
        first = 2 if self.shape.kind == "mpnet" else 0
        x = self.words(ids) + self.places(torch.arange(first, first + length, device=ids.device))
        if self.types is not None and types is not None:
            x = x + self.types(types)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        if self.relative is not None:
            steps = torch.arange(length, device=ids.device)
            offset = steps[None, :] - steps[:, None] + MAX_TOKENS - 1
            bias = bias + self.relative(self.bucket_of[offset]).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias.to(x.dtype))
        return x


class CrossEncoder(nn.Module):
    """Reads claim and evidence together; logits [B,3] in the order of data.LABELS."""

    def __init__(self, encoder: Encoder, classes: int = 3, dropout: float = 0.1) -> None:
        super().__init__()
        h = encoder.shape.hidden
        self.encoder = encoder
        self.dense = nn.Linear(h, h)
        self.out = nn.Linear(h, classes)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor | None = None) -> Tensor:
        """Ids, mask and token types [B,T] -> logits [B,classes]."""
        hidden = self.encoder(ids, mask, types)
        # Kept three-dimensional: the head then exports as matrix products, which are quantised.
        pooled = self.dropout(mean_pool(hidden, mask)).unsqueeze(1)
        logits: Tensor = self.out(self.dropout(torch.tanh(self.dense(pooled))))
        return logits.squeeze(1)


class SentenceEmbedder(nn.Module):
    """Mean-pooled, unit-length sentence vectors [B,H], as the MiniLM base was trained to give."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor | None = None) -> Tensor:
        """Ids, mask and token types [B,T] -> unit vectors [B,H]."""
        return functional.normalize(mean_pool(self.encoder(ids, mask, types), mask), dim=-1)


def mean_pool(hidden: Tensor, mask: Tensor) -> Tensor:
    """Mean over the real tokens: hidden [B,T,H], mask [B,T] -> [B,H]."""
    weight = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def load_encoder(base: Path, layers: int | None = None, keep: list[int] | None = None) -> Encoder:
    """The encoder of a base folder (config.json, model.safetensors), cut to its lowest `layers`.

    `keep` lists the token ids to retain, in their new order; None keeps the whole vocabulary.
    Raises RuntimeError when the weights do not fit the shape.
    """
    shape = Shape.of(base, layers)
    weights = load_file(base / "model.safetensors")
    words = weights["embeddings.word_embeddings.weight"]
    if keep is not None:
        words = words[torch.tensor(keep)]
    shape = Shape(**{**shape.__dict__, "vocabulary": len(words)})
    encoder = Encoder(shape)
    state = {
        "words.weight": words,
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    if encoder.types is not None:
        state["types.weight"] = weights["embeddings.token_type_embeddings.weight"]
    if encoder.relative is not None:
        state["relative.weight"] = weights["encoder.relative_attention_bias.weight"]
    for index in range(shape.layers):
        for ours, theirs in _layer_names(shape.kind).items():
            for part in ("weight", "bias"):
                state[f"layers.{index}.{ours}.{part}"] = weights[
                    f"encoder.layer.{index}.{theirs}.{part}"
                ]
    encoder.load_state_dict(state)
    return encoder


def _layer_names(kind: str) -> dict[str, str]:
    shared = {"up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm"}
    if kind == "mpnet":
        own = {name: f"attention.attn.{name}" for name in "qkvo"}
        return {**own, "attention_norm": "attention.LayerNorm", **shared}
    return {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "o": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        **shared,
    }


def _buckets(count: int, furthest: int = 128) -> Tensor:
    """Bucket of each distance key - query, from -(MAX_TOKENS - 1) up: half for each direction,
    exact for near distances, logarithmic up to `furthest`.
    """
    distance = torch.arange(-(MAX_TOKENS - 1), MAX_TOKENS)
    if not count:
        return torch.zeros_like(distance)
    half = count // 2
    exact = half // 2
    away = distance.abs()
    log = exact + (
        torch.log(away.clamp(min=1).float() / exact) / math.log(furthest / exact) * (half - exact)
    ).long().clamp(max=half - 1 - exact)
    return torch.where(away < exact, away, log) + (distance > 0).long() * half
