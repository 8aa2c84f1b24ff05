"""Which addresses may become links."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NOT_IN_ADDRESSES = re.compile(r"[\s\x00-\x1f\x7f\\<>\"`{}|^]")


def web_address(url: str | None) -> str | None:
    """The address itself when it is plain http or https with a host; None for anything else.

    Spaces, control characters and user names are refused too: browsers drop or hide them, so that
    the link would lead elsewhere than it reads.
    """
    if not url or _NOT_IN_ADDRESSES.search(url):
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises ValueError when the port is no number
    except ValueError:
        return None
    plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return url if plain else None
