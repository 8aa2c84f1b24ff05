"""Who reads the passages: the model that ships, or a language model where one is set up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.tools import Tools, safe

if TYPE_CHECKING:
    from onrecord.check import Verifier
    from onrecord.neural.llm import LLM

CACHE = "llm"
"""Folder of a workspace in which the answers of language models are kept."""

judge_option = click.option(
    "--judge",
    type=click.Choice(["shipped", "llm"]),
    default="shipped",
    show_default=True,
    help="Who reads the passages: the model that ships, or the language model that "
    "ONRECORD_LLM_URL, _MODEL, _KEY and _PRICES set up; it is sent them.",
)


@dataclass(frozen=True)
class Judge:
    """The verifier to check with, and the language model behind it, if one is."""

    verifier: Verifier | None
    llm: LLM | None = None

    def plain(self) -> dict[str, Any]:
        """What the language model took, under the key that `--json` has for it."""
        return {"llm": _used(self.llm)} if self.llm else {}


@contextmanager
def judging(name: str, tools: Tools, workspace: Path) -> Iterator[Judge]:
    """The judge of that name. What a language model took is said on stderr, however it ends.

    Raises InputError when a language model is asked for and none is configured.
    """
    if name != "llm":
        yield Judge(tools.verifier)
        return
    from onrecord.neural.llm import LLM, configured
    from onrecord.neural.llm_judge import LLMVerifier

    with LLM(configured(), workspace / CACHE) as llm:
        try:
            yield Judge(LLMVerifier(llm), llm)
        finally:
            click.echo(_said(llm), err=True)


def _used(llm: LLM) -> dict[str, Any]:
    cost = llm.usage.cost(llm.endpoint.prices)
    return {
        "model": llm.endpoint.model,
        **llm.usage.model_dump(),
        "cost": None if cost is None else float(cost),
    }


def _said(llm: LLM) -> str:
    usage = llm.usage
    cost = usage.cost(llm.endpoint.prices)
    said = (
        f"Language model {safe(llm.endpoint.model)}: {usage.requests} answers asked for, "
        f"{usage.cached} from the cache, {usage.tokens_in} tokens in, {usage.tokens_out} out"
    )
    if usage.unmetered:
        said += f", {usage.unmetered} answers not counted by the endpoint"
    return f"{said}, cost unknown" if cost is None else f"{said}, cost {cost:f}"
