"""A severity on screen: shape, number and word; colour comes on top and says nothing by itself."""

from __future__ import annotations

from ui.tr import tr

_SHAPES = ("◆", "▲", "●", "○")


def severity_shape(severity: int | None) -> str:
    """◆ 1, ▲ 2, ● 3, ○ 4; nothing for one that is not known."""
    return _SHAPES[severity - 1] if severity is not None and 1 <= severity <= len(_SHAPES) else ""


def severity_text(severity: int | None, name: str | None) -> str:
    """`◆ 1 Urgent`; `name` is the pack's, which may be its number already: `▲ Severity 2`."""
    if severity is None:
        return tr("No severity")
    number = "" if name and str(severity) in name else str(severity)
    return " ".join(each for each in (severity_shape(severity), number, name) if each)
