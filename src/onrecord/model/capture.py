"""What was taken, as it was taken: the bytes of a page or a file, before anything was read."""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import quote, unquote

from onrecord.model.noun import content_hash

FILE_URI = "file:///"

Headers = tuple[tuple[str, str], ...]

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Capture:
    """The bytes of a page or a file, with what is known of their taking."""

    uri: str
    """The address it was fetched from, or `file:///` and the file's name: never where it lay."""
    content: bytes
    """The body without the compression of its way; empty for a redirect."""
    content_type: str
    """As the server or the file's name has it, with parameters; empty where nothing says."""
    captured_at: str
    """RFC 3339 moment, in UTC."""
    status: int | None = None
    """Of the HTTP answer; None for a file."""
    headers: Headers = ()
    """Of the HTTP answer, in its order."""
    address: str | None = None
    """The IP address that answered; None for a file, or where it was not noted."""

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def record(self) -> str:
        """The id of its record: `urn:uuid:` over address, content and, for a page, the moment.

        So the same file given twice is one record, and the same page fetched twice is two.
        """
        moment = None if self.status is None else self.captured_at
        named = content_hash([self.uri, self.sha256, moment])
        return uuid.uuid5(uuid.NAMESPACE_URL, named).urn

    @property
    def media_type(self) -> str:
        """The type alone, in lower case: 'text/html'."""
        return self.content_type.partition(";")[0].strip().casefold()

    @property
    def charset(self) -> str | None:
        """The encoding that the content type names; None where it names none."""
        found = _CHARSET.search(self.content_type)
        return found[1] if found else None

    @property
    def file_name(self) -> str | None:
        """The name of the file it was; None for a page."""
        if not self.uri.startswith(FILE_URI):
            return None
        return unquote(self.uri.removeprefix(FILE_URI))


def file_uri(name: str) -> str:
    """The `uri` of the capture of a file of that name."""
    return FILE_URI + quote(name, safe="", errors="surrogatepass")


def rfc3339(moment: datetime) -> str:
    """The moment in UTC, to the second. It must have a zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
