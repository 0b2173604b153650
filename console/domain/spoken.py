"""Words that somebody gives as a reason: whether there is anything in them to read."""

from __future__ import annotations

import unicodedata

# Control signs, marks without a width, halves of signs, and kinds of blanks.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


def said(words: str | None) -> str | None:
    """Words without blank ends; none where there is nothing that can be read."""
    text = (words or "").strip()
    return text if any(unicodedata.category(sign) not in _UNSEEN for sign in text) else None
