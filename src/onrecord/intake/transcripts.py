"""Subtitles and transcripts: what was said, by whom and when, in the words of the file.

Read are WebVTT (W3C, 'WebVTT: The Web Video Text Tracks Format'), SubRip (.srt), and plain text
that names the speaker before the words: 'ANNA KOVAC: ...', '[01:02] Anna Kovac: ...'.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from onrecord.errors import InputError
from onrecord.intake.files import clean
from onrecord.intake.wrapped import between
from onrecord.text.passages import Span
from onrecord.text.wordlists import listed

MOST_CUES = 200_000
"""Most cues of a file that is read. A day of captions has about 40,000."""

MOST_CHARACTERS = 5_000_000
"""Longest file of subtitles that is read. That of a day has about 3 million."""

LONG_PAUSE = 4.0
"""Seconds of silence after which a new paragraph begins."""

PARAGRAPH_WORDS = 60
"""After so many words a paragraph ends with the sentence; after twice as many it ends anyway."""

_FLASH = 0.1
"""Seconds. A cue that is shown no longer only bridges two states of rolling captions."""

_ROLLING_LINES = 4
"""Most lines that rolling captions show."""

_NAME_CHARACTERS = 80
_NAME_WORDS = 8
_CODE = r"(?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMES = re.compile(rf"\s*({_CODE})\s*-->\s*({_CODE})(?:\s.*)?")
_HEADER = re.compile(r"WEBVTT(?:[ \t]+-?[ \t]*(?P<title>[^\n]*))?(?:\n|\Z)")
_HEADER_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z]{2,3})\b", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{2,}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>|</v>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<[\d:.]{1,20}>|\{\\[^{}]*\}",
    re.IGNORECASE,
)
_CHANGE = re.compile(r">>+\s*")
_NAME = rf"[^\W\d_][^*:：\[\]\n]{{0,{_NAME_CHARACTERS - 1}}}?"
_LABEL = re.compile(rf"({_NAME})[ \t]*[:：](?:\s+|\Z)")
_TURN = re.compile(
    rf"(?:[\[(]?({_CODE})[\])]?[ \t]+)?(?:\*\*)?({_NAME})[ \t]*(?:[\[(]({_CODE})[\])])?[ \t]*"
    r"(?:\*\*)?[:：](?:\*\*)?(?=\s|\Z)"
)
_TURN_ABOVE = re.compile(rf"({_NAME})[ \t]+[\[(]?({_CODE})[\])]?[ \t]*\Z")
_CODE_ALONE = re.compile(rf"[\[(]?({_CODE})[\])]?[ \t]*\Z")
_ASIDE = re.compile(r"\([^()]*\)")
_PARTICLES = listed("al bin da de del den der di dos du el ibn la le of ter the van von y")
_ENDED = re.compile(r"[.!?…。！？။][\"'”’»)\]]*\Z")
_WORD = re.compile(r"\S{1,20}")


@dataclass(frozen=True)
class Cue:
    """Words of one speaker at one time."""

    start: str | None
    """Time code as found: '00:01:02.500', '1:02'; None where there is none."""
    end: str | None
    speaker: str | None
    """As found; None where nobody is named."""
    span: Span
    """The words, without speaker and time code: code points of the text, end exclusive."""


@dataclass(frozen=True)
class Transcript:
    """What a file of subtitles holds."""

    text: str
    """Paragraphs with a blank line between them, never empty: a time code in square brackets, and
    below it 'Speaker: words', or the words alone. Sentences run on from cue to cue."""
    cues: tuple[Cue, ...]
    """In the order of the file. What only repeats the cue before it is left out."""
    title: str | None
    language: str | None


@dataclass
class _Caption:
    """A cue as it stands in the file."""

    start: str
    end: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Shown:
    """A cue as it is shown."""

    start: str
    end: str
    lines: tuple[tuple[str | None, str], ...]
    """The words of each line, and the voice that a tag names for them."""


@dataclass(frozen=True)
class _Piece:
    """Words of one speaker within a cue."""

    start: str
    end: str
    speaker: str | None
    is_change: bool
    """The file says who speaks, or that it is not who spoke before."""
    words: str


@dataclass(frozen=True)
class _Turn:
    """Where someone begins to speak."""

    line: int
    """Where the line begins that says so."""
    words: int
    """Where the words begin."""
    speaker: str | None = None
    code: str | None = None


def read_subtitles(text: str, place: str) -> Transcript:
    """The transcript of a WebVTT or SubRip file.

    Raises InputError, which begins with `place`, when it has no cues with words, or is beyond the
    bounds.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{place}: over {MOST_CHARACTERS} characters; split it into smaller files")
    text = clean(text)
    header = _HEADER.match(text)
    captions = _captions(text, is_vtt=header is not None)
    pieces = _pieces(list(_unrolled(_shown(caption) for caption in captions)))
    shown, cues = _set(islice(pieces, MOST_CUES + 1))
    if len(cues) > MOST_CUES:
        raise InputError(f"{place}: over {MOST_CUES} cues; split it into smaller files")
    if not cues:
        raise InputError(
            f"{place}: it has no subtitles; lines like '00:01.000 --> 00:04.000' with words "
            "below them are wanted"
        )
    language = _HEADER_LANGUAGE.search(text.partition("\n\n")[0]) if header else None
    return Transcript(
        text=shown,
        cues=cues,
        title=(header["title"] or "").strip() or None if header else None,
        language=language[1].lower() if language else None,
    )


def read_turns(text: str) -> tuple[Cue, ...]:
    """Who speaks where in a text that names its speakers; empty when it is no such text.

    A turn begins with 'ANNA KOVAC:', also with a time code before the name or before the colon,
    with 'Anna Kovac 01:02' above the words, or with a time code on a line of its own. A text is
    taken for such when it has time codes, or two turns of names in capitals or that come twice.
    The text that `read_subtitles` gives is read, too.
    """
    cues: list[Cue] = []
    speaker = code = None
    for turn, following in pairwise([*_turns(text), _Turn(len(text), len(text))]):
        speaker, code = turn.speaker or speaker, turn.code or code
        words = text[turn.words : following.line]
        first = turn.words + len(words) - len(words.lstrip())
        last = turn.words + len(words.rstrip())
        if first < last:
            cues.append(Cue(code, None, speaker, (first, last)))
            speaker = code = None
    return tuple(cues)


def _captions(text: str, is_vtt: bool) -> list[_Caption]:
    """The cues of a file. In WebVTT a block without times is a note; else the cue goes on in it."""
    found: list[_Caption] = []
    for block in _EMPTY_LINES.split(text):
        lines = block.split("\n")
        times = [_TIMES.fullmatch(line) for line in lines] + [None]
        if is_vtt and not any(times[:2]):
            continue
        for place, line in enumerate(lines):
            time, is_number = times[place], place == 0 or line.strip().isdigit()
            if time:
                found.append(_Caption(time[1], time[2]))
            elif found and not (times[place + 1] and is_number):
                found[-1].lines.append(line)
    return found


def _shown(caption: _Caption) -> _Shown:
    text = "\n".join(caption.lines)
    tags = [*_VOICE.finditer(text), None]
    spoken: list[tuple[str | None, str]] = []
    voice, start = None, 0
    for tag in tags:
        words = map(_plain, text[start : tag.start() if tag else None].split("\n"))
        spoken += [(voice, line) for line in words if line]
        if tag:
            name = _plain(tag[1] or "")
            voice, start = name if 0 < len(name) <= _NAME_CHARACTERS else None, tag.end()
    return _Shown(caption.start, caption.end, tuple(spoken))


def _unrolled(cues: Iterable[_Shown]) -> Iterator[_Shown]:
    """The cues without the lines that they repeat from the one before: captions that roll up."""
    before: _Shown | None = None
    for cue in cues:
        if not cue.lines:
            continue
        again = _repeated(before, cue) if before else 0
        if again < len(cue.lines):
            yield replace(cue, lines=cue.lines[again:])
        before = cue


def _repeated(before: _Shown, cue: _Shown) -> int:
    """How many of the first lines were the last of those shown until then.

    All of them are only where the cue flashes up: whoever says a word twice is quoted twice.
    """
    if _seconds(cue.start) > _seconds(before.end) + _FLASH:
        return 0
    is_flash = _seconds(cue.end) - _seconds(cue.start) <= _FLASH
    most = min(len(before.lines), len(cue.lines) - (0 if is_flash else 1), _ROLLING_LINES)
    return next((n for n in range(most, 0, -1) if before.lines[-n:] == cue.lines[:n]), 0)


def _pieces(cues: list[_Shown]) -> Iterator[_Piece]:
    """The words of each speaker, as voices, labels ('ANNA:') and marks of a change ('>>') tell.

    Where nothing tells, the speaker of an unfinished sentence goes on, and where changes are
    marked, who spoke last.
    """
    lines = [line for cue in cues for _, line in cue.lines]
    heads = (_LABEL.match(_CHANGE.sub("", line, count=1)) for line in lines)
    labels = Counter(head[1] for head in heads if head)
    is_marked = any(map(_CHANGE.match, lines))
    speaker, words = None, ""
    for cue in cues:
        for piece in _told_apart(cue, labels):
            goes_on = is_marked or (words and not _ENDED.search(words))
            speaker = speaker if goes_on and not piece.is_change else piece.speaker
            words = piece.words
            yield replace(piece, speaker=speaker)


def _told_apart(cue: _Shown, labels: Counter[str]) -> Iterator[_Piece]:
    speaker: str | None = None
    is_change = False
    words: list[str] = []
    for voice, line in cue.lines:
        told, said = _told(line, labels)
        if told is not None or (voice is not None and voice != speaker):
            if words:
                yield _Piece(cue.start, cue.end, speaker, is_change, _run_on(words))
            speaker, is_change, words = told or voice, True, []
        if said:
            words.append(said)
    if words:
        yield _Piece(cue.start, cue.end, speaker, is_change, _run_on(words))


def _told(line: str, labels: Counter[str]) -> tuple[str | None, str]:
    """Whom a line names as its speaker, and what is said.

    '' where another speaks who is not named, None where the line does not tell.
    """
    change = _CHANGE.match(line)
    said = line[change.end() :] if change else line
    label = _LABEL.match(said)
    if label and _is_name(label[1]) and (change or labels[label[1]] > 1 or _is_capital(label[1])):
        return label[1], said[label.end() :]
    return "" if change else None, said


def _set(pieces: Iterable[_Piece]) -> tuple[str, tuple[Cue, ...]]:
    """The pieces as paragraphs, and where each stands in the text."""
    written: list[str] = []
    cues: list[Cue] = []
    before: _Piece | None = None
    length = count = 0
    for piece in pieces:
        if before and not _parts(before, piece, count):
            glue = between(before.words, piece.words)
        else:
            label = f"{piece.speaker}: " if piece.speaker else ""
            blank = "\n\n" if before else ""
            glue, count = f"{blank}[{piece.start}]\n\n{label}", 0
        start = length + len(glue)
        length = start + len(piece.words)
        written += [glue, piece.words]
        cues.append(Cue(piece.start, piece.end, piece.speaker, (start, length)))
        count += len(_WORD.findall(piece.words))
        before = piece
    return "".join(written), tuple(cues)


def _parts(before: _Piece, piece: _Piece, count: int) -> bool:
    """Whether a paragraph ends between two pieces; `count` is the words that it has."""
    is_another = piece.speaker != before.speaker or (piece.is_change and piece.speaker is None)
    is_full = count >= PARAGRAPH_WORDS and _ENDED.search(before.words) is not None
    pause = _seconds(piece.start) - _seconds(before.end)
    return is_another or is_full or count >= 2 * PARAGRAPH_WORDS or pause >= LONG_PAUSE


def _turns(text: str) -> list[_Turn]:
    found: list[_Turn] = []
    start = 0
    for line in text.split("\n"):
        if turn := _turn(line, start):
            above = found[-1] if found else turn
            if turn.code is None and not text[above.words : turn.line].strip():
                turn = replace(turn, code=above.code)
            found.append(turn)
        start += len(line) + 1
    named = Counter(turn.speaker for turn in found)
    sure = [
        turn
        for turn in found
        if turn.code or (turn.speaker and (named[turn.speaker] > 1 or _is_capital(turn.speaker)))
    ]
    return found if len(sure) > 1 or any(turn.code for turn in sure) else []


def _turn(line: str, start: int) -> _Turn | None:
    """The turn that a line begins; `start` is where the line does."""
    if alone := _CODE_ALONE.match(line):
        return _Turn(start, start + len(line), None, alone[1])
    if (turn := _TURN.match(line)) and _is_name(turn[2]):
        return _Turn(start, start + turn.end(), turn[2], turn[1] or turn[3])
    if (above := _TURN_ABOVE.match(line)) and _is_name(above[1]):
        return _Turn(start, start + len(line), above[1], above[2])
    return None


def _is_capital(name: str) -> bool:
    words = _ASIDE.sub("", name)
    return len(words) > 1 and words == words.upper() != words.lower()


def _is_name(words: str) -> bool:
    """Whether all words could be those of a name: none in lower case but 'van' and the like."""
    named = _ASIDE.sub("", words).split()
    return 0 < len(named) <= _NAME_WORDS and not any(
        word[0].islower() and word not in _PARTICLES for word in named
    )


def _plain(line: str) -> str:
    """A line as it is shown."""
    return " ".join(clean(html.unescape(_TAG.sub("", line))).split())


def _run_on(lines: list[str]) -> str:
    glue = ("", *(between(before, line) for before, line in pairwise(lines)))
    return "".join(part for pair in zip(glue, lines, strict=True) for part in pair)


def _seconds(code: str) -> float:
    seconds = 0.0
    for part in code.replace(",", ".").split(":"):
        seconds = 60 * seconds + float(part)
    return seconds
