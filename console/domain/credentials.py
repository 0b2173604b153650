"""Credentials are stripped from what customers send by mail (OD-15)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from console.domain.policy_terms import Credential

STRIPPED = "[…]"


class Stripped(NamedTuple):
    """The text without credentials, and how many were taken out."""

    text: str
    taken: int


def strip_credentials(credentials: Sequence[Credential], text: str) -> Stripped:
    """`text` with the group `secret` of each pattern replaced; label and surroundings stay."""
    count = 0

    def taken(match: re.Match[str]) -> str:
        begin, end = (match.start("secret") - match.start(), match.end("secret") - match.start())
        return match.group()[:begin] + STRIPPED + match.group()[end:]

    for credential in credentials:
        text, found = re.subn(credential.pattern, taken, text)
        count += found
    return Stripped(text, count)
