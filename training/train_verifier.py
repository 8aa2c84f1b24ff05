"""Trains the verifier: a cross-encoder that reads a passage against a claim.

    python training/train_verifier.py --base BASE --data DIR [--data DIR ...] --out RUN
    python training/train_verifier.py ... --out RUN2 --start RUN --stages polish --rate 2e-5
    python training/train_verifier.py ... --out FAST --layers 6 --start SMALL --stages student \
        --teacher RUN2 --teacher-base MPNET

BASE is a folder with config.json, model.safetensors and tokenizer.json of all-mpnet-base-v2 or
all-MiniLM-L6-v2. Each DIR holds `NAME.jsonl[.gz]` sets; the stages and what goes into them are in
data.py. With --teacher, a finished run on --teacher-base, the network learns what that one says of
each pair beside its label (Hinton et al. 2015), and pairs without a label, too.
RUN receives checkpoints (a run that was stopped goes on from the last), `log.jsonl` and
the final `weights.pt` with its tokenizer. Seeded; bfloat16 where the processor has it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn

from data import (
    LABELS,
    UNLABELLED,
    Row,
    batches,
    find_set,
    read_rows,
    stage_rows,
    trimmed_tokenizer,
)
from network import CrossEncoder, load_encoder

BASES = {
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658": "all-mpnet-base-v2",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db": "all-MiniLM-L6-v2",
}


@dataclass(frozen=True)
class Options:
    """What a run is made of; written beside its weights."""

    layers: int = 10
    frozen_layers: int = 3
    rate: float = 4e-5
    head_rate: float = 2e-4
    layer_decay: float = 0.93
    warm_up: float = 0.06
    smoothing: float = 0.05
    max_tokens: int = 256
    batch_tokens: int = 3072
    batch_pairs: int = 40
    average: float = 0.995
    stages: str = "inference,claims"
    until: int = 0  # the step at which to end, before the rate has come down; 0 for the last
    teacher_share: float = 0.7
    seed: int = 7


Lesson = dict[tuple[str, str], Tensor]
"""What a teacher says of (claim, evidence): probabilities [3]."""


@dataclass
class Run:
    """The moving parts of training, all of which a checkpoint holds."""

    model: CrossEncoder
    average: CrossEncoder
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LambdaLR
    step: int = 0

    def save(self, path: Path) -> None:
        """Writes the checkpoint whole or not at all."""
        state = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "step": self.step,
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def load(self, path: Path) -> None:
        """Goes back to a checkpoint of the same options."""
        state = torch.load(path)
        for part in ("model", "average", "optimizer", "schedule"):
            getattr(self, part).load_state_dict(state[part])
        self.step = state["step"]


def train(
    base: Path,
    folders: list[Path],
    out: Path,
    options: Options,
    start: Path | None = None,
    teacher: tuple[Path, Path] | None = None,
) -> None:
    """Runs the stages, evaluating on development rows as it goes.

    `start` is a finished run of the same base and layers to go on from; None begins at the base.
    `teacher` is a finished run and its base; None leaves the labels alone to teach.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    tokenizer, keep = trimmed_tokenizer(base / "tokenizer.json")
    tokenizer.save(str(out / "tokenizer.json"))
    planned = [
        batch
        for stage in options.stages.split(",")
        for batch in _plan(stage, folders, tokenizer, options)
    ]
    run = _start(base, keep, len(planned), options)
    if start is not None:
        for model in (run.model, run.average):
            model.load_state_dict(torch.load(start / "weights.pt"))
    lesson = taught(planned, *teacher, out / "lesson.pt") if teacher else {}
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        run.load(checkpoint)
    record = {"base": BASES.get(_sha256(base / "model.safetensors"), "unknown"), **options.__dict__}
    (out / "options.json").write_text(json.dumps(record, indent=1))
    saved = time.monotonic()
    for step, rows in enumerate(planned):
        if step < run.step:
            continue
        if options.until and step >= options.until:
            break
        loss = _learn(run, rows, tokenizer, options, step, lesson)
        if step % 20 == 0:
            _log(out, step=step, of=len(planned), loss=round(loss, 4), pairs=len(rows))
        if time.monotonic() - saved > 1200:
            run.save(checkpoint)
            saved = time.monotonic()
            _log(out, step=step, **_scores(run.average, tokenizer, folders, options, limit=100))
    torch.save(run.average.state_dict(), out / "weights.pt")
    _log(out, step=run.step, final=True, **_scores(run.average, tokenizer, folders, options))


def _plan(
    stage: str, folders: list[Path], tokenizer: Tokenizer, options: Options
) -> list[list[Row]]:
    rows = stage_rows(stage, folders, options.seed)
    lengths = [
        min(len(encoding), options.max_tokens)
        for encoding in tokenizer.encode_batch([(row.claim, row.evidence) for row in rows])
    ]
    made = batches(
        rows, lengths, options.batch_tokens, options.batch_pairs, f"{options.seed}/{stage}"
    )
    return [[rows[index] for index in batch] for batch in made]


def _start(base: Path, keep: list[int], steps: int, options: Options) -> Run:
    layers = min(
        options.layers, json.loads((base / "config.json").read_text())["num_hidden_layers"]
    )
    model = CrossEncoder(load_encoder(base, layers, keep))
    average = CrossEncoder(load_encoder(base, layers, keep))
    average.load_state_dict(model.state_dict())
    groups = []
    for name, weight in model.named_parameters():
        depth = int(name.split(".")[2]) if ".layers." in name else None
        embeds = name.startswith("encoder.") and depth is None
        if embeds or (depth is not None and depth < options.frozen_layers):
            weight.requires_grad_(False)
            continue
        rate = options.head_rate
        if depth is not None:
            rate = options.rate * options.layer_decay ** (layers - 1 - depth)
        groups.append({"params": [weight], "lr": rate, "weight_decay": 0.01 * (weight.ndim > 1)})
    optimizer = torch.optim.AdamW(groups, fused=True)
    warm = max(1, int(options.warm_up * steps))

    def scale(step: int) -> float:
        return min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))

    return Run(model, average, optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, scale))


@torch.no_grad()
def taught(planned: list[list[Row]], run: Path, base: Path, kept: Path) -> Lesson:
    """The teacher's probabilities for every row of the plan; kept in a file for the next try."""
    if kept.exists():
        found: Lesson = torch.load(kept)
        return found
    options = json.loads((run / "options.json").read_text())
    tokenizer, keep = trimmed_tokenizer(base / "tokenizer.json")
    model = CrossEncoder(load_encoder(base, options["layers"], keep)).eval()
    model.load_state_dict(torch.load(run / "weights.pt"))
    rows = {(row.claim, row.evidence): row for batch in planned for row in batch}
    said = predict(model, tokenizer, list(rows.values()), options["max_tokens"])
    found = dict(zip(rows, torch.from_numpy(said), strict=True))
    torch.save(found, kept)
    return found


def _targets(rows: list[Row], options: Options, lesson: Lesson) -> Tensor:
    """What to say of each row, [B,3]: its smoothed label and its teacher, or the teacher alone."""
    targets = []
    for row in rows:
        said = lesson.get((row.claim, row.evidence))
        if row.label == UNLABELLED:
            if said is None:
                raise ValueError("a row without a label needs --teacher")
            targets.append(said)
            continue
        label = torch.full((len(LABELS),), options.smoothing / len(LABELS))
        label[row.label] += 1 - options.smoothing
        share = 0.0 if said is None else options.teacher_share
        targets.append(label if said is None else (1 - share) * label + share * said)
    return torch.stack(targets)


def _learn(
    run: Run, rows: list[Row], tokenizer: Tokenizer, options: Options, step: int, lesson: Lesson
) -> float:
    torch.manual_seed(options.seed * 1_000_003 + step)
    run.model.train()
    ids, mask, types = tensors(tokenizer, rows, options.max_tokens)
    with torch.autocast("cpu", torch.bfloat16):
        logits = run.model(ids, mask, types)
    loss = nn.functional.cross_entropy(logits.float(), _targets(rows, options, lesson))
    run.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
    run.optimizer.step()
    run.schedule.step()
    run.step = step + 1
    _follow(run, options.average)
    return loss.item()


@torch.no_grad()
def _follow(run: Run, decay: float) -> None:
    """Moves the averaged weights towards the current ones (every 4th step, to save time)."""
    if run.step % 4:
        return
    kept = min(decay**4, run.step / (run.step + 40))
    pairs = [
        (a, m)
        for a, m in zip(run.average.parameters(), run.model.parameters(), strict=True)
        if m.requires_grad
    ]
    torch._foreach_lerp_([a for a, _ in pairs], [m for _, m in pairs], 1 - kept)


def tensors(
    tokenizer: Tokenizer, rows: list[Row], max_tokens: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and token types [B,T] of pairs; evidence is cut from its end to fit."""
    encodings: list[Encoding] = tokenizer.encode_batch([(row.claim, row.evidence) for row in rows])
    width = min(max(len(encoding) for encoding in encodings), max_tokens)
    ids = np.full((len(rows), width), tokenizer.token_to_id("<pad>") or 0, dtype=np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for index, encoding in enumerate(encodings):
        size = min(len(encoding), width)
        ids[index, :size] = encoding.ids[:size]
        types[index, :size] = encoding.type_ids[:size]
        mask[index, :size] = 1
        if size < len(encoding):
            ids[index, -1] = encoding.ids[-1]  # keep the closing separator
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(types)


@torch.no_grad()
def _scores(
    model: CrossEncoder,
    tokenizer: Tokenizer,
    folders: list[Path],
    options: Options,
    limit: int | None = None,
) -> dict[str, float]:
    model.eval()
    scores = {}
    for name in ("written.dev", "written_conduct.dev", "averitec.dev", "scifact.dev"):
        path = find_set(name, folders)
        if path is None:
            continue
        rows = read_rows(path)
        rows = rows[:: max(1, len(rows) // limit)] if limit else rows
        for ablation in (False, True) if limit is None else (False,):
            shown = [replace(row, evidence="") for row in rows] if ablation else rows
            guesses = predict(model, tokenizer, shown, options.max_tokens).argmax(1)
            gold = np.array([row.label for row in rows])
            key = f"{name} claim only" if ablation else name
            scores[key] = round(f1_score(gold, guesses, average="macro"), 4)
    return scores


@torch.no_grad()
def predict(
    model: CrossEncoder, tokenizer: Tokenizer, rows: list[Row], max_tokens: int
) -> np.ndarray:
    """Probabilities [N, 3] in the order of LABELS."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].evidence))
    found = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(*tensors(tokenizer, [rows[i] for i in chosen], max_tokens))
        found[chosen] = logits.float().softmax(-1).numpy()
    return found


def _log(out: Path, **entry: object) -> None:
    line = json.dumps({"at": time.strftime("%H:%M:%S"), **entry})
    print(line, flush=True)
    with (out / "log.jsonl").open("a") as log:
        log.write(line + "\n")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Parses the command line and trains."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--teacher-base", type=Path)
    for name, default in Options().__dict__.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    given = vars(parser.parse_args())
    base, folders, out = given.pop("base"), given.pop("data"), given.pop("out")
    start, run, run_base = (given.pop(name) for name in ("start", "teacher", "teacher_base"))
    if (run is None) != (run_base is None):
        parser.error("--teacher and --teacher-base go together")
    train(base, folders, out, Options(**given), start, (run, run_base) if run else None)


if __name__ == "__main__":
    main()
