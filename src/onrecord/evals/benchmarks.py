"""All benchmarks of a data folder in one run: reading, its calibration, and retrieval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import InputError
from onrecord.evals import retrieval, stance
from onrecord.evals.metrics import Bin, calibration_error, merged
from onrecord.evals.pairs import read_stance_set
from onrecord.evals.retrieval import RetrievalResult, read_collection
from onrecord.evals.stance import StanceResult

if TYPE_CHECKING:
    from onrecord import Progress
    from onrecord.archive import Embeds
    from onrecord.check import Verifier

SHIPPED = Path(__file__).parent / "sets"
"""The small sets that come with the project, for those who have no others."""

BENCHMARKS = (
    "small.test",
    "averitec.dev",
    "scifact.dev",
    "healthver.dev",
    "climate_fever.evidence",
    "fever_symmetric.test",
    "feverous_s.dev",
    "wice.dev_oracle",
    "factcheck_bench.all",
    "expertqa.rand_val",
    "summedits.test",
    "anli_dev.r1",
    "anli_dev.r2",
    "anli_dev.r3",
)
"""Sets of pairs that are reported and never trained on, in the order of the report."""


@dataclass(frozen=True)
class Found:
    """The benchmarks that a data folder holds."""

    pairs: dict[str, Path]
    """Files by the name of the set, in the order of BENCHMARKS."""
    collections: dict[str, Path]
    """Folders by name."""


@dataclass(frozen=True)
class Pooled:
    """Calibration over the pairs of all sets together, each folded as its set is."""

    n: int
    ece: float
    brier: float
    reliability: tuple[Bin, ...]


@dataclass(frozen=True)
class Evaluation:
    """What was measured on all benchmarks."""

    data: Path
    stance: tuple[StanceResult, ...]
    retrieval: tuple[RetrievalResult, ...]

    @property
    def pooled(self) -> Pooled | None:
        """Calibration over all sets of pairs; None when there are none."""
        if not self.stance:
            return None
        n = sum(result.n for result in self.stance)
        bins = merged(result.reliability for result in self.stance)
        return Pooled(
            n=n,
            ece=calibration_error(bins),
            brier=sum(result.n * result.brier for result in self.stance) / n,
            reliability=bins,
        )

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "data": str(self.data),
            "stance": {result.set: result.plain() for result in self.stance},
            "pooled": asdict(self.pooled) if self.pooled else None,
            "retrieval": {result.collection: result.plain() for result in self.retrieval},
        }


def find_benchmarks(data: Path) -> Found:
    """The sets of BENCHMARKS in the folder or its 'verification', and what 'retrieval' holds.

    Raises InputError when it is no folder.
    """
    if not data.is_dir():
        raise InputError(f"{data}: no such folder; name one that holds benchmarks")
    pairs = {name: path for name in BENCHMARKS if (path := _file(data, name))}
    folders = sorted((data / "retrieval").glob("*/corpus.jsonl*"))
    return Found(pairs, {path.parent.name: path.parent for path in folders})


def measure_all(
    data: Path,
    verifier: Callable[[], Verifier],
    embedder: Callable[[], Embeds],
    limit: int | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Measure every benchmark that the folder holds.

    `limit` takes that many pairs of each set at most; collections are always whole. The models are
    asked for when they are needed. Raises InputError when the folder holds no benchmark or a file
    is not what it should be, and what `stance.measure` and `retrieval.measure` raise.
    """
    found = find_benchmarks(data)
    if not found.pairs and not found.collections:
        raise InputError(
            f"{data}: no benchmarks; files like verification/{BENCHMARKS[1]}.jsonl.gz or folders "
            "like retrieval/scifact are wanted"
        )
    # What is wrong with the data is said before hours of reading.
    sets = [read_stance_set(path, limit) for path in found.pairs.values()]
    collections = [read_collection(folder) for folder in found.collections.values()]
    judge = verifier() if sets else None
    embeds = embedder() if collections else None
    return Evaluation(
        data=data,
        stance=tuple(
            stance.measure(given, judge, _named(progress, given.name)) for given in sets if judge
        ),
        retrieval=tuple(
            retrieval.measure(given, embeds, progress=progress) for given in collections if embeds
        ),
    )


def _named(progress: Progress | None, name: str) -> Progress | None:
    """Reports the steps of a set under its name."""
    if progress is None:
        return None
    return lambda step, done, total: progress(f"{name}, {step}", done, total)


def _file(data: Path, name: str) -> Path | None:
    places = (
        folder / f"{name}.jsonl{end}"
        for folder in (data / "verification", data)
        for end in ("", ".gz")
    )
    return next((path for path in places if path.is_file()), None)
