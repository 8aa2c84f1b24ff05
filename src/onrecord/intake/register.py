"""The register of publishers: who they are, whose they are, and which are not independent.

One ships with the project (sources.yaml beside this file). The sources.yaml of a workspace lies
over it, entry by entry. A publisher that is in neither is made on sight, and says so.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import idna
import yaml
from pydantic import Field, ValidationError, field_validator

from onrecord.errors import InputError
from onrecord.intake.plain import kind_of, read_yaml, reason, shortened
from onrecord.model import Noun, Source, SourceKind, content_hash

VERSION = "register/1"

SOURCES_FILE = "sources.yaml"

UNREGISTERED = "Not in the register of publishers: its owner and its interests are not known."
"""The interest note of a publisher that was made on sight."""

MOST_BYTES = 2_000_000
"""Largest sources.yaml that is read."""

_LONGEST_NAME = 300
_LONGEST_HOST = 253
_LONGEST_REASON = 300
_LABEL = r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?!\d+\Z){_LABEL}", re.ASCII)
_MORE = re.compile(r"[/@:?#\s]")
"""What an address has beside a host."""

_FAST_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar is a string, as in `read_yaml`."""

_Claims = dict[tuple[str, str], tuple[int, str]]
"""Which entry, by number and id, has a name or domain."""

_DROPPED = frozenset(".'’‘`´ʼ")
"""Marks inside of words: 'U.N.' is 'UN'. Every other mark stands between words."""


class Fact(Noun):
    """Where what an entry says of a publisher is from."""

    basis: str = Field(min_length=1)
    """'own about page', 'annual report' ..."""
    url: str | None = Field(default=None, pattern=r"^https?://[^\s/]+\S*$")


class Listing(Source):
    """A publisher as the register has it: the source, and how it is recognised."""

    id: str = Field(min_length=1)
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    aliases: tuple[str, ...] = ()
    """Other names that it goes by, in full: no name is matched by likeness."""
    domains: tuple[str, ...] = ()
    """Host names in ASCII; what lies under them is the publisher's too."""
    facts: tuple[Fact, ...] = ()

    @field_validator("id", "name")
    @classmethod
    def _can_be_looked_up(cls, name: str) -> str:
        if not name_key(name):
            raise ValueError(f"{shortened(name)} is no name: it has no letters")
        return name

    @field_validator("aliases")
    @classmethod
    def _all_can_be_looked_up(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(cls._can_be_looked_up(name) for name in names)

    @field_validator("domains")
    @classmethod
    def _are_hosts(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        found = tuple(None if _MORE.search(domain) else host(domain) for domain in domains)
        for domain, name in zip(domains, found, strict=True):
            if name is None:
                raise ValueError(f"{shortened(domain)} is no domain; write it like example.org")
        return tuple(filter(None, found))

    @property
    def source(self) -> Source:
        """What documents of it carry."""
        return Source(**{name: getattr(self, name) for name in Source.model_fields})

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its name and its aliases."""
        return frozenset(map(name_key, (self.name, *self.aliases)))


class Register:
    """Publishers by id, name and domain. Where two claim one name or domain, the later has it."""

    def __init__(self, listings: Iterable[Listing] = ()) -> None:
        """Of two entries with one id, the later stands."""
        self._by_id = {listing.id: listing for listing in listings}
        self._by_name: dict[str, Listing] = {}
        self._by_domain: dict[str, Listing] = {}
        for listing in self:
            self._by_name |= dict.fromkeys(listing.keys, listing)
            self._by_domain |= dict.fromkeys(listing.domains, listing)
        for listing in self:
            self._by_name.setdefault(name_key(listing.id), listing)

    def __iter__(self) -> Iterator[Listing]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    @property
    def sha256(self) -> str:
        """Hex digest over the entries in their order: what a check names as its input."""
        plain = [listing.model_dump(mode="json") for listing in self]
        return content_hash(plain).removeprefix("sha256:")

    def by_id(self, identifier: str) -> Listing | None:
        """The publisher of exactly that id."""
        return self._by_id.get(identifier)

    def by_name(self, name: str) -> Listing | None:
        """The publisher that goes by that name; case, marks and a leading 'The' do not count.

        An id is a name too, unless another publisher bears it. None is matched by likeness.
        """
        key = name_key(name[:_LONGEST_NAME])
        return self._by_name.get(key) if key and len(name) <= _LONGEST_NAME else None

    def by_domain(self, place: str) -> Listing | None:
        """The publisher with the longest domain that an address or host lies under."""
        name = host(place) or ""
        while "." in name:
            if name in self._by_domain:
                return self._by_domain[name]
            name = name.partition(".")[2]
        return None

    def find(self, text: str) -> Listing | None:
        """The publisher of that id or name, or of that host or address."""
        return self.by_id(text) or self.by_name(text) or self.by_domain(text)

    def named(self, name: str) -> Source:
        """The publisher of that name, or address; made on sight when it is not registered."""
        found = self.find(name)
        return found.source if found else self._made(self._free(_slug(name)), name)

    def published_at(self, address: str, name: str | None = None) -> Source:
        """The publisher of the page at that address; made on sight when it is not registered.

        What the page calls its publisher (`name`) decides nothing, as anyone can write anything:
        it names a publisher made on sight, if it is not a registered one's.
        """
        found = self.by_domain(address)
        if found:
            return found.source
        place = (host(address) or "unknown").removeprefix("www.")
        return self._made(place, name if name and not self.find(name) else place)

    def current(self, source: Source) -> Source:
        """What the register now says of a stored source; the source where it says nothing.

        One that was made on sight of a page is known by its domain, never by the name it gave.
        """
        found = self.by_id(source.id)
        if not found and not is_described(source):
            is_host = host(source.id) is not None
            found = self.by_domain(source.id) if is_host else self.by_name(source.name)
        return found.source if found else source

    def holds(self, source: Source) -> bool:
        """Whether it says the very same of it."""
        found = self.by_id(source.id)
        return found is not None and found.source == source

    def over(self, nearer: Iterable[Source]) -> Register:
        """The register with these on top: each takes the place of the entry with its id.

        Where it is the same publisher, by name, the aliases and domains that it leaves out stay,
        unless another of these claims them.
        """
        given = {item.id: _listing(item) for item in nearer}
        names = {key for listing in given.values() for key in listing.keys}
        domains = {domain for listing in given.values() for domain in listing.domains}
        made = []
        for listing in given.values():
            old = self.by_id(listing.id)
            if old and name_key(listing.name) in old.keys:
                kept = {
                    "aliases": tuple(a for a in old.aliases if name_key(a) not in names),
                    "domains": tuple(d for d in old.domains if d not in domains),
                }
                left_out = kept.keys() - listing.model_fields_set
                listing = listing.model_copy(update={name: kept[name] for name in left_out})
            made.append(listing)
        return Register([*(old for old in self if old.id not in given), *made])

    def _made(self, identifier: str, name: str) -> Source:
        return Source(id=identifier, name=name[:_LONGEST_NAME], interest=UNREGISTERED)

    def _free(self, slug: str) -> str:
        """The slug where no registered publisher is called so, else with a piece of its hash."""
        if not self.by_name(slug):
            return slug
        return f"{slug}-{hashlib.sha256(slug.encode()).hexdigest()[:8]}"


def read_register(folder: Path | None = None, stored: Iterable[Source] = ()) -> Register:
    """The register that ships with the project, and what is known nearer by on top of it.

    That is first what the `stored` sources of an archive say, as they were described when their
    documents were added; then the sources.yaml of the workspace `folder`, where it has one. Raises
    InputError as `read_listings` does.
    """
    described = (source for source in stored if is_described(source))
    told = [source for source in described if not shipped().holds(source)]
    own = folder / SOURCES_FILE if folder else None
    listings = read_listings(own) if own and own.exists() else ()
    return shipped().over(told).over(listings)


@cache
def shipped() -> Register:
    """The register that ships with the project."""
    text = resources.files("onrecord.intake").joinpath(SOURCES_FILE).read_text("utf-8")
    # Ours, and long: the loader in C reads it five times as fast as `read_yaml`, and to the same.
    return Register(_listings(yaml.load(text, _FAST_LOADER), SOURCES_FILE))  # noqa: S506 - strings


def read_listings(path: Path) -> tuple[Listing, ...]:
    """The entries of a sources.yaml, in its order.

    Each has an id and a name, and may have aliases, domains, kind, country, owner, interest, group
    and facts. Raises InputError, in one line with file and entry, when it cannot be read, has YAML
    aliases or unknown keys, or when two entries share an id, a name, an alias or a domain.
    """
    try:
        if not path.is_file():
            raise InputError(f"{path}: no such file, or no regular one")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InputError(f"{path}: over {MOST_BYTES // 1_000_000} MB, that is no sources.yaml")
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8 and try again") from error
    return parse_listings(text, str(path))


def parse_listings(text: str, place: str) -> tuple[Listing, ...]:
    """As `read_listings`, of a text; `place` names it in errors."""
    return _listings(read_yaml(text, place), place)


def is_described(source: Source) -> bool:
    """Whether someone wrote down who it is; one made on sight is known by its name alone."""
    said = (source.country, source.owner, source.interest, source.group)
    return source.interest != UNREGISTERED and (source.kind is not SourceKind.OTHER or any(said))


def name_key(name: str) -> str:
    """The name in lower case, without marks and leading 'The': names with one key are one."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    words = "".join(map(_plain, folded)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def host(place: str) -> str | None:
    """The host of a web address, or a host alone, in ASCII and lower case; None when it is none."""
    text = place.strip()
    if "\\" in text:
        return None  # Browsers and parsers disagree on where such an address leads.
    try:
        name = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        plain = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except ValueError:  # also idna's errors
        return None
    plain = plain.removesuffix(".")
    return plain if len(plain) <= _LONGEST_HOST and _HOST.fullmatch(plain) else None


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in _DROPPED or category == "Cf":
        return ""
    return " " if category[0] in "PZC" else character


def _slug(name: str) -> str:
    """An id of the name: in ASCII where it has such letters."""
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    for letters in (ascii_, name):
        if slug := re.sub(r"[^\w]+", "-", letters.casefold()).strip("-"):
            return slug[:_LONGEST_NAME]
    return "unknown"


def _listing(source: Source) -> Listing:
    if isinstance(source, Listing):
        return source
    # What an archive holds is taken as it is, also where a file may no longer say it.
    return Listing.model_construct(**{name: getattr(source, name) for name in Source.model_fields})


def _listings(items: Any, place: str) -> tuple[Listing, ...]:
    if items is None:
        return ()  # nothing but comments
    if not isinstance(items, list):
        raise InputError(f"{place}: a list of sources is wanted, got {kind_of(items)}")
    claims: _Claims = {}
    listings = []
    for number, item in enumerate(items, start=1):
        listing = _read(item, f"{place}: source {number}")
        _claim(number, listing, claims, place)
        listings.append(listing)
    return tuple(listings)


def _read(item: Any, entry: str) -> Listing:
    if not isinstance(item, dict):
        raise InputError(f"{entry} is {kind_of(item)}, a mapping with id and name is wanted")
    try:
        return Listing.from_plain(item)
    except ValidationError as error:
        named = item.get("id")
        label = f" ({shortened(named)})" if isinstance(named, str) else ""
        raise InputError(f"{entry}{label}: {_line(reason(error))}") from error


def _claim(number: int, listing: Listing, claims: _Claims, place: str) -> None:
    """Note what the entry is known by. Raises InputError when an earlier one is known by it."""
    own = {("id", listing.id): listing.id, ("name", name_key(listing.id)): listing.id}
    own |= {("name", name_key(name)): name for name in (listing.name, *listing.aliases)}
    own |= {("domain", domain): domain for domain in listing.domains}
    for claim, printed in own.items():
        holder, identifier = claims.setdefault(claim, (number, listing.id))
        if holder != number:
            raise InputError(
                f"{place}: source {number} ({shortened(listing.id)}): the {claim[0]} "
                f"{shortened(printed)} is that of source {holder} ({shortened(identifier)}) too; "
                "leave it with one"
            )


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]} ..."
