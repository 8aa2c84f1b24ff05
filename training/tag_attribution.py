"""How far a small tagger trained on annotated attributions would get: an experiment, not shipped.

    python training/tag_attribution.py TRAIN DEV [--every N]

TRAIN and DEV are brat files, or lines with `id`, `text` and `ann`, as `onrecord eval attribution`
reads them. One averaged logistic regression (SGD) per role says of each word whether it begins,
goes on with, or lies outside a cue, a source or a content, from the words around it, their endings
and shapes, whether they are quoted, and whether the lexicon has them. A cue is then linked to the
source and the content nearest to it. The licence of the corpus that this was made for is not
stated, so its weights may not be shipped; what is printed shows the distance to the rules.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import SGDClassifier

from onrecord.evals.attribution import ROLES, AnnotatedText, Attributed, read_brat, score
from onrecord.text.passages import Span, sentences
from onrecord.text.quotes import quotations
from onrecord.text.speech import verb_entries

WORD = re.compile(r"\w+(?:[-.]\w+)*|n['’]t|['’]\w+|''|[^\w\s]")
OUTSIDE, BEGINS, GOES_ON = 0, 1, 2
WINDOW = 3
LINK_CHARACTERS = 400
"""A source or content farther from its cue is not linked to it."""


class Words:
    """The words of a text with what is seen of each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] = [match.span() for match in WORD.finditer(text)]
        self.lowers = [text[start:end].lower() for start, end in self.spans]
        quoted = np.zeros(len(text) + 1, bool)
        for quotation in quotations(text):
            quoted[quotation.start : quotation.end] = True
        opens = {start for start, _ in sentences(text)}
        self._quoted = [bool(quoted[start]) for start, _ in self.spans]
        self._opens = [start in opens for start, _ in self.spans]

    def features(self) -> Iterator[list[str]]:
        """For each word the names of its features."""
        own = [self._own(index) for index in range(len(self.spans))]
        pad = ["w=|"]
        for index in range(len(self.spans)):
            found = [f"q={self._quoted[index]}", f"o={self._opens[index]}"]
            for offset in range(-WINDOW, WINDOW + 1):
                place = index + offset
                here = own[place] if 0 <= place < len(own) else pad
                found += [f"{offset}{name}" for name in here]
            around = self.lowers[max(0, index - 1) : index + 2]
            yield [*found, "b=" + " ".join(around[:2]), "n=" + " ".join(around[-2:])]

    def _own(self, index: int) -> list[str]:
        start, end = self.spans[index]
        word, lower = self.text[start:end], self.lowers[index]
        shape = (
            "X" if word.isupper() else "x" if word.islower() else "Xx" if word[0].isupper() else "."
        )
        entries = verb_entries(lower)
        acts = {f"a={entry.cue.act}" for entry in entries}
        return [f"w={lower}", f"s={lower[-3:]}", f"h={shape}", *sorted(acts)]


def tags(words: Words, text: AnnotatedText, role: str) -> NDArray[np.int8]:
    """For each word whether it begins or goes on with an annotation of the role."""
    found = np.zeros(len(words.spans), np.int8)
    for spans in sorted({getattr(one, role) for one in text.attributions}):
        for start, end in spans:
            held = [i for i, (a, b) in enumerate(words.spans) if a < end and start < b]
            found[held] = GOES_ON
            found[held[:1]] = BEGINS
    return found


def found_spans(words: Words, tagged: NDArray[np.int8]) -> list[Span]:
    """The stretches of words that were tagged."""
    spans: list[Span] = []
    before = OUTSIDE
    for (start, end), tag in zip(words.spans, tagged, strict=True):
        if tag == BEGINS or (tag == GOES_ON and before == OUTSIDE):
            spans.append((start, end))
        elif tag == GOES_ON:
            spans[-1] = spans[-1][0], end
        before = tag
    return spans


def linked(found: dict[str, list[Span]]) -> list[Attributed]:
    """Each cue with the source and content nearest to it, and what no cue was linked to."""
    out = []
    for cue in found["cue"]:
        near = {role: nearest(cue, found[role]) for role in ("source", "content")}
        out.append(Attributed((cue,), *((near[role],) if near[role] else () for role in near)))
    held = {role: {span for one in out for span in getattr(one, role)} for role in ROLES}
    for role in ("source", "content"):
        for span in found[role]:
            if span not in held[role]:
                empty: dict[str, tuple[Span, ...]] = dict.fromkeys(ROLES, ())
                out.append(Attributed(**{**empty, role: (span,)}))
    return out


def nearest(cue: Span, spans: list[Span]) -> Span | None:
    """The span with the smallest gap to the cue; None when all are too far."""
    gaps = [(max(0, start - cue[1], cue[0] - end), (start, end)) for start, end in spans]
    close = [pair for pair in gaps if pair[0] <= LINK_CHARACTERS]
    return min(close)[1] if close else None


def main() -> None:
    """Train on one set, print the scores on another."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--every", type=int, default=1, help="train on every so many-th text")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    hasher = FeatureHasher(2**21, input_type="string", alternate_sign=False)
    texts, dev = read_brat(arguments.train)[:: arguments.every], read_brat(arguments.dev)
    words, dev_words = [Words(text.text) for text in texts], [Words(text.text) for text in dev]
    features = hasher.transform(row for one in words for row in one.features())
    dev_features = [hasher.transform(one.features()) for one in dev_words]
    found: list[dict[str, list[Span]]] = [{} for _ in dev]
    for role in ROLES:
        wanted = np.concatenate([tags(w, t, role) for w, t in zip(words, texts, strict=True)])
        model = SGDClassifier(
            loss="log_loss",
            alpha=1e-6,
            average=True,
            max_iter=5,
            tol=None,
            random_state=arguments.seed,
        )
        model.fit(features, wanted)
        for number, one in enumerate(dev_words):
            tagged = model.predict(dev_features[number])
            found[number][role] = found_spans(one, tagged)
    print(json.dumps(score(dev, [linked(one) for one in found]), indent=2))


if __name__ == "__main__":
    main()
