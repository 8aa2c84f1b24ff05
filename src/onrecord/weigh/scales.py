"""Rating scales as versioned data, and what a check suggests on one.

A check is recorded on the coarse scale. Any other is read off that record when asked for, so that
one dossier serves newsrooms with different scales, and no label is chosen by code.
"""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator

from onrecord.errors import InputError
from onrecord.model import (
    TRUE,
    Abstention,
    AbstentionReason,
    Assessment,
    Noun,
    Rating,
    RatingLevel,
    RatingScale,
)

MOST_BYTES = 100_000
"""Largest scale file that is read."""

TEMPLATE = "template"
"""Id of the shipped file that is there to be copied."""

_NOT_GUESSED = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


class KnownFrom(StrEnum):
    """On whose word a label and its meaning are in the file."""

    PUBLISHER = "publisher"
    """The organisation's own account of its scale."""
    OTHERS = "others"
    """What others list, or what was seen in its publications; confirm before use."""
    OURS = "ours"
    """A proposal of this project."""


def _one_line(text: str) -> str:
    if text != " ".join(text.split()) or not text.isprintable():
        raise ValueError("more than one line, or space around it")
    return text


Label = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_one_line)]
_WORDS = ("all", "none", "some", "not all")
Shares = Literal["all", "none", "some", "not all"] | tuple[float, float]
"""How many of the decided parts are true. A range holds shares at least the first number and below
the second, and neither none nor all."""


class Level(Noun):
    """A label with its meaning, its place, and the outcomes that may suggest it."""

    label: Label
    value: int | None = None
    """From the scale's worst to its best; None when the label is not on that line."""
    meaning: str = Field(min_length=1)
    """In our own words."""
    known_from: KnownFrom
    parts_true: Shares | None = None
    """When a check may suggest it; None when only people give it."""
    abstentions: tuple[AbstentionReason, ...] = ()
    """Reasons to abstain for which the organisation has this label."""

    @field_validator("parts_true", mode="before")
    @classmethod
    def _is_word_or_range(cls, value: object) -> object:
        if value is None or value in _WORDS:
            return value
        match value:
            case (int() | float() as low, int() | float() as high) if 0 <= low < high <= 1:
                return float(low), float(high)
        raise ValueError(
            f"{value!r} is none of {', '.join(_WORDS)}, and no range of shares such as [0.25, 0.75]"
        )

    @property
    def shares(self) -> tuple[float, float] | None:
        """The shares of true parts that it answers to: at least the first, below the second.

        A share of 1 counts as 2 here, so that all parts lie beyond every range of some.
        """
        match self.parts_true:
            case None:
                return None
            case "all":
                return _ALL, 3.0
            case "none":
                return 0.0, _SOME
            case "some":
                return _SOME, _ALL
            case "not all":
                return 0.0, _ALL
            case low, high:
                return max(low, _SOME), high if high < 1 else _ALL
        raise AssertionError(self.parts_true)


_ALL = 2.0
_SOME = 1e-9


class Reference(Noun):
    """Where what a file says of an organisation can be read."""

    url: str = Field(pattern=r"^https?://[!-~]+$")
    gives: str = Field(min_length=1)


class Scale(Noun):
    """An organisation's ratings."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: int = Field(ge=1)
    organisation: str = Field(min_length=1)
    note: str = Field(min_length=1)
    """What those who use the scale must know."""
    worst: int | None = None
    """Where the line of values begins, as schema.org's worstRating; None: no values."""
    best: int | None = None
    levels: tuple[Level, ...]
    """From the truest down; none when the organisation rates in sentences."""
    sources: tuple[Reference, ...] = ()

    @model_validator(mode="after")
    def _labels_differ(self) -> Self:
        labels = [level.label.casefold() for level in self.levels]
        twice = [label for label in labels if labels.count(label) > 1]
        if twice:
            raise ValueError(f"two levels have the label {twice[0]!r}")
        if len(labels) == 1:
            raise ValueError("one level is no scale: give two or more, or none")
        return self

    @model_validator(mode="after")
    def _values_are_on_the_line(self) -> Self:
        values = [level.value for level in self.levels if level.value is not None]
        if self.worst is None or self.best is None:
            if values or self.worst is not None or self.best is not None:
                raise ValueError("values need a line: give worst and best, both whole numbers")
            return self
        if self.worst >= self.best:
            raise ValueError(f"worst is {self.worst} and best {self.best}: higher must be truer")
        outside = [value for value in values if not self.worst <= value <= self.best]
        if outside:
            raise ValueError(f"the value {outside[0]} is not from {self.worst} to {self.best}")
        if values != sorted(values, reverse=True):
            raise ValueError(f"levels go from the truest down, but their values are {values}")
        return self

    @model_validator(mode="after")
    def _one_level_answers(self) -> Self:
        ranges = sorted(
            (*level.shares, level.label) for level in self.levels if level.shares is not None
        )
        for (_, high, one), (low, _, other) in pairwise(ranges):
            if low < high:
                raise ValueError(f"{one!r} and {other!r} answer to the same share of true parts")
        reasons = [reason for level in self.levels for reason in level.abstentions]
        twice = [reason.value for reason in reasons if reasons.count(reason) > 1]
        if twice:
            raise ValueError(f"two levels answer to the abstention {twice[0]!r}")
        return self

    @property
    def reference(self) -> str:
        """Id and version, as ratings carry it: 'politifact-1'."""
        return f"{self.id}-{self.version}"

    def as_rating_scale(self) -> RatingScale:
        """The scale as reviews hold it.

        Values are left out unless labels stand at both ends of the line: a number is read against
        the highest and lowest of the labels there. Raises InputError when there are no levels.
        """
        if not self.levels:
            raise InputError(
                f"{self.organisation} rates in sentences and has no scale: choose another scale"
            )
        spans = {self.worst, self.best} <= {level.value for level in self.levels}
        return RatingScale(
            id=self.reference,
            levels=tuple(
                RatingLevel(
                    label=level.label,
                    value=level.value if spans else None,
                    definition=level.meaning,
                )
                for level in self.levels
            ),
        )


def suggest(assessment: Assessment, scale: Scale) -> Rating | Abstention:
    """What an assessment comes to on a scale.

    The label is the one that answers to the share of true parts among those that are decided; an
    abstention stays one, and a share without a label becomes one. The probability is that of the
    least sure of the parts; of the surest wrong one where the label asks for no more than one.
    """
    outcome = assessment.outcome
    if isinstance(outcome, Abstention):
        return outcome
    parts = (part.outcome for part in assessment.parts)
    rated = [part for part in parts if isinstance(part, Rating)] or [outcome]
    wrong = [rating.probability for rating in rated if rating.label != TRUE]
    level = _level(scale, 1 - len(wrong) / len(rated))
    if level is None:
        return Abstention(reason=AbstentionReason.NO_LABEL)
    least = min(rating.probability for rating in rated)
    probability = max(wrong) if level.parts_true == "not all" else least
    return Rating(scale=scale.reference, label=level.label, probability=probability)


def open_level(abstention: Abstention, scale: Scale) -> Level | None:
    """The label that the organisation has for what stays open; None when it has none.

    It is for people to consider. It has no probability: how sure the nearest rating was says
    nothing on whether the matter is open.
    """
    answering = (level for level in scale.levels if abstention.reason in level.abstentions)
    return next(answering, None)


def _level(scale: Scale, share: float) -> Level | None:
    place = _ALL if share == 1 else share
    for level in scale.levels:
        shares = level.shares
        if shares and shares[0] <= place < shares[1]:
            return level
    return None


def read_scale(name: str | Path) -> Scale:
    """The scale of that id among the shipped ones, or of that YAML or JSON file.

    Raises InputError, in one line, when there is none, or the file is no scale.
    """
    shipped = _shipped()
    if isinstance(name, str) and name in shipped:
        return _parsed(shipped[name].read_bytes(), name)
    path = Path(name)
    if isinstance(name, str) and not path.suffix and not path.is_file():
        near = get_close_matches(str(name), shipped, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        known = ", ".join(key for key in shipped if key != TEMPLATE)
        raise InputError(f"no scale {str(name)!r}: {hint}give one of {known}, or a file's path")
    return _parsed(_bytes(path), str(path))


def shipped_scales() -> tuple[Scale, ...]:
    """The scales that come with the project, by id; the template is none."""
    return tuple(read_scale(name) for name in _shipped() if name != TEMPLATE)


def _shipped() -> dict[str, Traversable]:
    folder = files("onrecord.weigh").joinpath("scales")
    found = {file.name.removesuffix(".yaml"): file for file in folder.iterdir()}
    return dict(sorted(found.items()))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; give a scale's id or the path of a file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{str(path)!r} is no path: {error}") from error
    if len(content) > MOST_BYTES:
        raise InputError(f"{path}: over {MOST_BYTES} bytes, this is no scale")
    return content


class _PlainLoader(yaml.SafeLoader):
    """YAML in which a label written as True stays a word, and every key stands once.

    Aliases are refused: a few lines of them can stand for gigabytes.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way
        first: [pair for pair in pairs if pair[0] not in _NOT_GUESSED]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call] # no stub
            raise yaml.MarkedYAMLError(problem="aliases are not allowed", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        for key, times in keys.most_common(1):
            if times > 1:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key[:40]!r} stands twice", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep=deep)


def _parsed(content: bytes, place: str) -> Scale:
    try:
        plain = _PlainLoader(content).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise InputError(f"{place}: not YAML: {where}{error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        line = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise InputError(f"{place}: not YAML: {line}") from error
    if not isinstance(plain, dict):
        raise InputError(f"{place}: no scale: a mapping with id, version and levels is wanted")
    try:
        return Scale.from_plain(plain)
    except ValidationError as error:
        raise InputError(f"{place}: no scale: {_first(error)}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"{place}: no scale: {str(error)[:200]}") from error


def _first(error: ValidationError) -> str:
    """The first complaint with its place, and how many more there are."""
    complaint, *more = error.errors(include_url=False, include_input=False)
    where = ".".join(str(step) for step in complaint["loc"])
    why = complaint["msg"].removeprefix("Value error, ")
    rest = f" (and {len(more)} more)" if more else ""
    return f"{where}: {why}{rest}" if where else f"{why}{rest}"
