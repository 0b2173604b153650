"""Makes sure of letters: without a font Qt draws an empty box for each and reports nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

FOLDER = Path(__file__).parents[1] / "resources" / "fonts"
FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
# In pixels, because points depend on the screen.
PINNED_PIXELS = 13


class FontError(Exception):
    """A font file that belongs to the program is missing or damaged."""


def install(app: QApplication, *, pinned: bool = False) -> str:
    """Sets the application's font and returns its family.

    The system's own font stays where there is one. Where there is none, and always with `pinned`
    (pictures that have to come out the same everywhere), it is the one shipped with the program.
    Raises FontError where that one cannot be loaded.
    """
    if not pinned and QFontDatabase.families():
        return app.font().family()
    font = QFont(_load())
    font.setPixelSize(PINNED_PIXELS)
    # Hinting is a setting of the desktop, and differs from one to the next.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    return font.family()


def _load() -> str:
    families = []
    for name in FILES:
        number = QFontDatabase.addApplicationFont(str(FOLDER / name))
        if number < 0:
            raise FontError(str(FOLDER / name))
        families += QFontDatabase.applicationFontFamilies(number)
    return families[0]
