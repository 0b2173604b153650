"""Letters that no font of this machine has are left out: an empty box for each says nothing and looks broken."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QFontMetricsF

# Every font that has letters at all has what comes before it; after it nothing is certain.
_CERTAIN = 0x250
_INSTEAD = "\N{MIDDLE DOT}"


def drawable(text: str, metrics: QFontMetrics | QFontMetricsF) -> str:
    """`text` with each run of signs that cannot be drawn as one dot. Breaks and joiners stay as they are."""
    if not text or ord(max(text)) < _CERTAIN:
        return text
    kept: list[str] = []
    for sign in text:
        missing = ord(sign) >= _CERTAIN and sign.isprintable() and not metrics.inFontUcs4(ord(sign))
        if not missing:
            kept.append(sign)
        elif not kept or kept[-1] != _INSTEAD:
            kept.append(_INSTEAD)
    return "".join(kept)
