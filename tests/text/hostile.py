"""Texts that try a reader: long rows of what its rules look for, and pieces in any order."""

from hypothesis import strategies as st

_ROWS = [
    "9",
    "1,000,",
    "-",
    " ",
    "\n\n",
    "“",
    "$",
    "ab",
    "at most ",
    "one-",
    "2 of ",
    "3 to ",
    "a few ",
    "twenty ",
    "hundred and two ",
    "May 3 ",
    "1980s ",
    "the 2021 coup ",
    "in the month following the coup ",
    "last ",
    "killed 3 people ",
    "Ann Lee said on Monday ",
    "He came by then. ",
    "zürich İſ １２ ٣ ",
]
LENGTH = 30_000
HOSTILE = [row * (LENGTH // len(row)) for row in _ROWS]
"""Each would take minutes by a rule that goes back over what it has read."""

_KNOWN = (
    "the a of in on by since last next two 3 17 2,158 2021 May March Aug. Monday week years coup "
    "visit ago before after as and to - – , . ( ) ' ’s $ % million dozens half third first quarter "
    "said report he Lee killed people early more than at least between"
)
_WORDS = st.sampled_from(_KNOWN.split())
_SENTENCES = st.lists(_WORDS, max_size=14).map(" ".join)
texts = st.text(max_size=60) | st.from_regex(r"[ -~]{0,40}") | _SENTENCES
"""Any text, and rows of the words that the readers know."""
