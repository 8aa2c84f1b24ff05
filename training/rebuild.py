"""Rebuilds a shipped model from its base: every run, the export, the calibration.

    python training/rebuild.py embedder --minilm BASE
    python training/rebuild.py verifier --mpnet BASE --data DIR --work RUNS
    python training/rebuild.py verifier-fast --minilm BASE --mpnet BASE --data DIR --work RUNS

BASE and DIR are as training/README.md says. A run that is finished in RUNS is not run again, and
one that was stopped goes on from its last checkpoint; so a command that was cut off is just given
again. `verifier-fast` learns from the runs of `verifier`, and makes them first. RUNS/NAME/log.png
shows how the losses fell. Needs training/requirements.txt and the project in one environment.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "onrecord" / "neural" / "weights"


@dataclass(frozen=True)
class Step:
    """One training run: what `train_verifier.py` is told."""

    name: str
    base: str
    stages: str
    rate: float
    layers: int
    frozen: int = 0
    until: int = 0
    average: float = 0.995
    start: str | None = None
    teacher: str | None = None


VERIFIER = (
    Step("large", "mpnet", "inference,claims", 4e-5, layers=10, frozen=3),
    Step("large-polish", "mpnet", "polish", 2e-5, layers=10, frozen=3, start="large"),
    Step("large-wide", "mpnet", "wide", 2.5e-5, layers=10, until=228, start="large-polish"),
    Step("large-swaps", "mpnet", "swaps", 2.2e-5, layers=10, average=0.98, start="large-wide"),
)
FAST = (
    Step("small", "minilm", "inference,claims,polish", 6e-5, layers=6),
    Step(
        "small-student", "minilm", "student", 8e-5, layers=6, start="small", teacher="large-swaps"
    ),
)
FORMS = {
    "verifier": ("--version", "mpnet-10/int8.2", "--form", "blocks"),
    "verifier-fast": ("--version", "minilm-6/int8.1", "--form", "dynamic"),
}


def main() -> None:
    """Does what is missing, in order."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=("embedder", "verifier", "verifier-fast"))
    parser.add_argument("--minilm", type=Path)
    parser.add_argument("--mpnet", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("runs"))
    given = parser.parse_args()
    bases = {"minilm": given.minilm, "mpnet": given.mpnet}
    if given.model == "embedder":
        run("export_onnx.py", "embedder", "--base", given.minilm, "--out", WEIGHTS / "embedder")
        return
    steps = VERIFIER + (FAST if given.model == "verifier-fast" else ())
    for step in steps:
        train(step, bases, given.data, given.work)
    last, out = steps[-1], WEIGHTS / given.model
    run(
        *("export_onnx.py", "verifier", "--base", bases[last.base]),
        *("--run", given.work / last.name, "--out", out, *FORMS[given.model]),
    )
    run("calibrate.py", "--model", given.model, *folders(given.data))


def train(step: Step, bases: dict[str, Path], data: Path, work: Path) -> None:
    """The run of a step, unless it is finished; and the picture of its losses."""
    out = work / step.name
    if not (out / "weights.pt").exists():
        options: list[object] = ["--stages", step.stages, "--rate", step.rate]
        options += ["--layers", step.layers, "--frozen-layers", step.frozen]
        options += ["--until", step.until, "--average", step.average]
        options += ["--start", work / step.start] if step.start else []
        if step.teacher:
            options += ["--teacher", work / step.teacher, "--teacher-base", bases["mpnet"]]
        where = ("--base", bases[step.base], "--out", out, *folders(data))
        run("train_verifier.py", *where, *options)
    plot(out)


def folders(data: Path) -> tuple[object, ...]:
    """The folders of sets: the pairs written for the project, and the public ones."""
    return ("--data", HERE / "written", "--data", data)


def run(script: str, *arguments: object) -> None:
    """Runs a script of this folder to its end. Raises CalledProcessError when it fails."""
    subprocess.run([sys.executable, HERE / script, *map(str, arguments)], check=True)  # noqa: S603


def plot(out: Path) -> None:
    """Draws RUN/log.png: the loss on the way, smoothed, and the scores on development rows."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    entries = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    losses = [(entry["step"], entry["loss"]) for entry in entries if "loss" in entry]
    scored = [entry for entry in entries if "loss" not in entry]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    smooth, shown = None, []
    for _, loss in losses:
        smooth = loss if smooth is None else 0.8 * smooth + 0.2 * loss
        shown.append(smooth)
    left.plot([step for step, _ in losses], shown)
    left.set(xlabel="step", ylabel="loss, smoothed", title=out.name)
    names = sorted({key for entry in scored for key in entry} - {"at", "step", "final"})
    for name in names:
        points = [(entry["step"], entry[name]) for entry in scored if name in entry]
        right.plot(*zip(*points, strict=True), marker="o", label=name)
    right.set(xlabel="step", ylabel="macro-F1")
    right.legend(fontsize="small")
    figure.savefig(out / "log.png", dpi=120)
    plt.close(figure)


if __name__ == "__main__":
    main()
