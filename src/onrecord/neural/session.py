"""One ONNX session per model and process; tokens in, arrays out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from onrecord.errors import ModelError, ReadingError
from onrecord.neural.weights import Manifest, checked_file, read_manifest
from onrecord.neural.windows import Encoded

Text = str | tuple[str, str]


@dataclass(frozen=True)
class Model:
    """A loaded model. Get it with `load`."""

    manifest: Manifest
    tokenizer: Tokenizer
    session: ort.InferenceSession

    def encode(self, texts: Sequence[Text]) -> list[Encoding]:
        """Texts or pairs as tokens, uncut; a lone surrogate, no character, reads as '?'."""
        sound = [
            _sound(text) if isinstance(text, str) else tuple(map(_sound, text)) for text in texts
        ]
        return list(self.tokenizer.encode_batch(sound))

    def run(self, encodings: Sequence[Encoded]) -> NDArray[np.float32]:
        """The model's output for each encoding, [N, outputs], in the order given.

        As many inputs run at once as there are cores, the longest first so that all cores end
        together; each by itself and without padding, so that its result is the same to the last
        bit whatever is asked beside it (docs/decisions/0003). Those longer than the manifest's
        `max_tokens` are cut at their end, the closing token kept.
        """
        if not encodings:
            width = self.session.get_outputs()[0].shape[-1]
            return np.zeros((0, width), dtype=np.float32)
        order = sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids))
        with ThreadPoolExecutor(min(cores(), len(encodings))) as pool:
            rows = list(pool.map(self._one, (encodings[i] for i in order)))
        stacked = np.concatenate(rows)
        found = np.empty_like(stacked)
        found[order] = stacked
        return found

    def _one(self, encoding: Encoded) -> NDArray[np.float32]:
        try:
            found: NDArray[np.float32] = self.session.run(None, self._feed(encoding))[0]
        except Exception as error:  # onnxruntime's own errors share no useful base
            raise ReadingError(
                f"model {self.manifest.name!r} failed on an input of {len(encoding.ids)} tokens: "
                f"{str(error).splitlines()[0]}"
            ) from error
        return found

    def _feed(self, encoding: Encoded) -> dict[str, NDArray[np.int64]]:
        size = min(len(encoding.ids), self.manifest.max_tokens)
        ids = np.array([encoding.ids[:size]], dtype=np.int64)
        ids[0, -1] = encoding.ids[-1]
        types = np.array([encoding.type_ids[:size]], dtype=np.int64)
        every = {"ids": ids, "mask": np.ones_like(ids), "types": types}
        return {given.name: every[given.name] for given in self.session.get_inputs()}


@lru_cache(maxsize=4)
def load(name: str) -> Model:
    """The model of that name, its files checked against their hashes; once per process.

    Raises ModelError when a file is missing, altered or not a model.
    """
    manifest = read_manifest(name)
    files = [checked_file(manifest, file) for file in ("tokenizer.json", "model.onnx")]
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1  # inputs run beside each other instead
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        tokenizer = Tokenizer.from_buffer(files[0])
        session = ort.InferenceSession(files[1], options, providers=["CPUExecutionProvider"])
    except Exception as error:  # neither library's errors share a useful base
        first = str(error).partition("\n")[0]
        raise ModelError(
            f"model {name!r} does not load: {first}; install onrecord again"
        ) from error
    return Model(manifest, tokenizer, session)


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def cores() -> int:
    """Cores that this process may use; macOS and Windows cannot say, and give all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
