"""How fast the models read on this machine, and what they take."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.neural.session import Model, load

TOKENS = 128
"""Length of every input read here, in tokens: a claim beside a passage of usual length."""

PASSAGE = (
    "The ministry said on Tuesday that the second bridge over the river would open in autumn, two "
    "years later than planned, after inspectors had found cracks in three of its eleven piers. "
)
CLAIM = "The second bridge was opened on time."


@dataclass(frozen=True)
class Throughput:
    """What reading `inputs` texts or pairs of TOKENS tokens took."""

    name: str
    kind: str
    inputs: int
    per_s: float
    """Inputs read in a second, all cores together."""
    load_s: float
    """Seconds from nothing to a model whose hashes are checked."""
    memory_mb: float | None
    """Most memory that the process has held so far; None where the system does not say."""

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class _Encoding:
    ids: Sequence[int]
    type_ids: Sequence[int]


def measure(name: str, inputs: int = 48) -> Throughput:
    """The throughput of the model of that name, after a few inputs that do not count.

    Raises ModelError when the model is missing or altered.
    """
    began = time.perf_counter()
    model = load(name)
    loaded = time.perf_counter() - began
    asked = [example(model)] * inputs
    model.run(asked[:4])
    began = time.perf_counter()
    model.run(asked)
    took = time.perf_counter() - began
    kind = model.manifest.kind
    return Throughput(name, kind, inputs, inputs / took, loaded, memory_mb())


def example(model: Model) -> _Encoding:
    """An input of exactly TOKENS tokens, of the model's own making."""
    pair = model.manifest.kind != "embedder"
    long = PASSAGE * 8
    encoding = model.encode([(CLAIM, long) if pair else long])[0]
    ids = [*encoding.ids[: TOKENS - 1], encoding.ids[-1]]
    return _Encoding(ids, list(encoding.type_ids[:TOKENS]))


def memory_mb() -> float | None:
    """Most memory that this process has held, in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used * (1 if sys.platform == "darwin" else 1024) / 1e6


def plain(found: Sequence[Throughput], cores: int) -> Mapping[str, Any]:
    """Plain data for JSON: the machine's cores, and each model's figures."""
    return {"cores": cores, "tokens": TOKENS, "models": [one.plain() for one in found]}
