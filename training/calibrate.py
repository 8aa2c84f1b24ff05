"""Fits the temperature of an exported verifier on development rows (Guo et al. 2017).

    python training/calibrate.py --data DIR [--data DIR ...]

One number divides all logits, so it changes how sure the model says it is, never what it says.
It is written into the manifest beside the weights. Needs the project installed, not PyTorch.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from data import find_set, read_rows
from onrecord.neural import Verifier, models_folder

SETS = ("written.dev", "written_more.dev", "check_covid.dev")
"""Development rows only, and none of the benchmarks that are reported."""


def fit(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """The temperature of least negative log-likelihood; 1.0 changes nothing."""
    logits = np.log(probabilities + 1e-9)

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        scaled -= scaled.max(1, keepdims=True)
        log_norm = np.log(np.exp(scaled).sum(1))
        return float((log_norm - scaled[np.arange(len(labels)), labels]).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-1.5, 1.5), method="bounded").x))


def main() -> None:
    """Fits and writes the manifest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, action="append", required=True)
    folders = parser.parse_args().data
    rows = [
        row
        for name in SETS
        if (path := find_set(name, folders)) is not None
        for row in read_rows(path)
    ]
    path = models_folder() / "verifier" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["temperature"] = 1.0
    path.write_text(json.dumps(manifest, indent=1) + "\n")
    probabilities = Verifier().probabilities([(row.claim, row.evidence) for row in rows])
    manifest["temperature"] = round(fit(probabilities, np.array([r.label for r in rows])), 3)
    path.write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"temperature {manifest['temperature']} from {len(rows)} rows")


if __name__ == "__main__":
    main()
