"""The report: what was measured on all benchmarks, on one page that needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from onrecord.evals import plots
from onrecord.evals.benchmarks import Evaluation
from onrecord.evals.bootstrap import RESAMPLES
from onrecord.evals.metrics import BINS
from onrecord.evals.plots import BASELINES, Picture
from onrecord.evals.stance import StanceResult
from onrecord.wholefile import write_whole

METRICS = {"macro_f1": "macro-F1", "balanced_accuracy": "balanced accuracy"}
"""Names of the figures to go by."""

FOLDS = {
    "supported_or_not": "two-way: supported or not",
    "supported_or_refuted": "two-way: supported or refuted",
    None: "three-way",
}


@dataclass(frozen=True)
class _Shown:
    """A set of pairs with its pictures."""

    result: StanceResult
    reliability: Picture
    coverage: Picture


def render_report(evaluation: Evaluation) -> str:
    """The page. The same figures give the same bytes.

    Raises InputError when matplotlib, which draws it, is not installed.
    """
    plots.check_installed()
    pooled = evaluation.pooled
    return _template().render(
        evaluation=evaluation,
        scores=plots.scores(evaluation.stance) if evaluation.stance else None,
        pooled=pooled,
        pooled_picture=(
            plots.reliability("all sets", pooled.reliability, pooled.ece) if pooled else None
        ),
        sets=[_shown(result) for result in evaluation.stance],
        baselines={key: name for key, (name, _) in BASELINES.items()},
        metrics=METRICS,
        folds=FOLDS,
        bins=BINS,
        resamples=RESAMPLES,
        css=_style(),
    )


def write_report(evaluation: Evaluation, path: Path) -> None:
    """Write the page, whole or not at all.

    Raises InputError when the file cannot be written or matplotlib is not installed.
    """
    write_whole(path, render_report(evaluation).encode(errors="replace"), "report")


def _shown(result: StanceResult) -> _Shown:
    return _Shown(
        result=result,
        reliability=plots.reliability(result.set, result.reliability, result.ece),
        coverage=plots.coverage(result),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("onrecord.evals", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["figure"] = _figure
    return environment.get_template("report.html.j2")


def _figure(value: float | None) -> str:
    """A figure with three digits; a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


@cache
def _style() -> Markup:
    css = resources.files("onrecord.evals").joinpath("templates", "report.css").read_text("utf-8")
    return Markup(css)  # noqa: S704 - our own file
