"""Pictures of what was measured, as SVG that lies within the page."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.errors import InputError
from onrecord.evals.metrics import Bin
from onrecord.evals.stance import StanceResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 3.6
"""Inches of a picture's width: one fits a telephone, and several stand side by side on a desk."""

SQUARE = 3.2
"""Inches of the height of a picture whose axes are as long as each other."""

INK, MODEL, OTHER, GRID = "#191919", "#0a4c93", "#8f3d00", "#d8d5cc"
"""Colours; whatever they tell apart, shapes and words tell apart too."""

STYLE: Any = {  # its type names every key that the installed matplotlib knows
    "font.size": 9,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "text.parse_math": False,  # a name is no formula
    "svg.hashsalt": "onrecord",  # the same figures give the same bytes
}

BASELINES = {
    "claim_only": ("Claim only", "x"),
    "tfidf": ("TF-IDF", "^"),
    "majority": ("Majority", "s"),
}
"""Baselines with their names and the shapes of their marks."""


@dataclass(frozen=True)
class Picture:
    """A picture for a page."""

    src: str
    """A data: address."""
    alt: str
    """What it shows, for those who do not see it."""
    width: int
    """CSS pixels."""
    height: int


def check_installed() -> None:
    """Raises InputError, which says what to do, when matplotlib is not installed."""
    try:
        import matplotlib  # noqa: F401 - only whether it is there
    except ImportError:
        raise InputError(
            "a report needs matplotlib, which is not installed: pip install 'onrecord[evals]'"
        ) from None


def scores(results: Sequence[StanceResult]) -> Picture:
    """Each set's figure with its interval, beside those of the baselines."""
    rows = list(range(len(results), 0, -1))

    def draw(axes: Axes) -> None:
        for row, result in zip(rows, results, strict=True):
            span = result.intervals[result.metric]
            axes.plot(span, [row, row], color=MODEL, linewidth=2.5, solid_capstyle="butt")
        _marks(axes, "Verifier, 95 %", "o", [result.value for result in results], rows)
        for key, (name, shape) in BASELINES.items():
            _marks(axes, name, shape, [result.baseline(key) for result in results], rows)
        axes.set_yticks(rows, [f"{r.set}{' †' if r.folded else ''}" for r in results])
        axes.set(ylim=(0.4, len(results) + 0.6), xlim=(-0.03, 1.03))
        axes.set_xlabel("macro-F1 († balanced accuracy)")
        axes.grid(axis="x")
        axes.figure.legend(loc="outside upper center", ncols=2, frameon=False)

    return _picture(
        1.2 + 0.3 * len(results),
        draw,
        "The verifier's figure on each set, with its interval, beside the baselines' figures. "
        "The table that follows has the same numbers.",
    )


def reliability(name: str, bins: Sequence[Bin], ece: float) -> Picture:
    """Accuracy against confidence; where they are equal, the verifier is calibrated."""
    held = [bin_ for bin_ in bins if bin_.n]
    n = sum(bin_.n for bin_ in held)
    sure = [bin_.confidence or 0.0 for bin_ in held]
    right = [bin_.accuracy or 0.0 for bin_ in held]
    said, true = (
        sum(bin_.n * value for bin_, value in zip(held, of, strict=True)) / n
        for of in (sure, right)
    )

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color=OTHER, linestyle="--", linewidth=1)
        axes.annotate("calibrated", (0.08, 0.1), color=OTHER, rotation=45, rotation_mode="anchor")
        axes.plot(sure, right, color=MODEL, linewidth=1)
        axes.scatter(sure, right, s=[20 + 180 * bin_.n / n for bin_ in held], color=MODEL)
        _square(axes, "confidence", "accuracy")

    return _picture(
        SQUARE,
        draw,
        f"Accuracy against confidence on {name}: the verifier is {said:.0%} sure on average and "
        f"right in {true:.0%}; the expected calibration error is {ece:.3f}. "
        "The table of the bins has the same numbers.",
    )


def coverage(result: StanceResult) -> Picture:
    """Accuracy among the surest answers, by how many of them are kept."""
    points = result.coverage
    kept = [point.coverage for point in points]
    right = [point.accuracy for point in points]
    half = next(point for point in points if point.coverage >= 0.5)

    def draw(axes: Axes) -> None:
        axes.axhline(result.accuracy, color=OTHER, linestyle="--", linewidth=1)
        axes.annotate("all answers", (0.02, result.accuracy - 0.055), color=OTHER)
        axes.plot(kept, right, color=MODEL, marker="o", markersize=3.5, linewidth=1.2)
        _square(axes, "coverage: share of the answers kept", "accuracy")

    return _picture(
        SQUARE,
        draw,
        f"Accuracy against coverage on {result.set}: {half.accuracy:.0%} of the surest half are "
        f"right, and {result.accuracy:.0%} of all. The table of the points has the same numbers.",
    )


def _marks(
    axes: Axes, name: str, shape: str, values: Sequence[float | None], rows: Sequence[int]
) -> None:
    shown = [(value, row) for value, row in zip(values, rows, strict=True) if value is not None]
    colour = MODEL if shape == "o" else OTHER
    axes.plot(
        [value for value, _ in shown],
        [row for _, row in shown],
        linestyle="none",
        marker=shape,
        markersize=6,
        color=colour,
        markerfacecolor=colour if shape == "o" else "none",
        label=name,
    )


def _square(axes: Axes, across: str, up: str) -> None:
    axes.set(xlim=(0, 1.03), ylim=(0, 1.03), xlabel=across, ylabel=up)
    axes.grid()


def _picture(height: float, draw: Callable[[Axes], None], alt: str) -> Picture:
    """What is drawn, in the pictures' own style whatever the user's is."""
    import matplotlib
    from matplotlib.figure import Figure

    buffer = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained", facecolor="white")
        draw(figure.subplots())
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    code = base64.b64encode(buffer.getvalue()).decode()
    return Picture(f"data:image/svg+xml;base64,{code}", alt, round(96 * WIDTH), round(96 * height))
