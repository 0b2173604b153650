"""Every text on screen goes through `tr`: translations come by a catalogue, and none is needed for English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "console"


def tr(text: str, /, **values: object) -> str:
    """The text in the user's language with `{name}` filled in from `values`.

    `text` is the English sentence and the key of its translation. Values are put in as they are: whoever shows the
    result shows it as plain text.
    """
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format_map(values) if values else translated


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """`one` or `many` by `count`, which is filled in as `{n}` with thousands apart."""
    return tr(one if count == 1 else many, n=grouped(count), **values)


def grouped(number: int) -> str:
    """A number with narrow gaps between thousands: 1 204."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
