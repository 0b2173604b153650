"""Makes sure of letters: without a font Qt draws an empty box for each and reports nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication

FOLDER = Path(__file__).parents[1] / "resources" / "fonts"
FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
# In pixels, because points depend on the screen.
PINNED_PIXELS = 13


class FontError(Exception):
    """A font file that belongs to the program is missing or damaged."""


def install(app: QApplication, *, pinned: bool = False) -> str:
    """Sets the application's font and returns the family that letters are drawn with.

    The system's own font stays where there is one; the shipped one then helps out with the shapes
    (◆ ▲ ●) that it may lack. Where there is none, and always with `pinned` (pictures that have to
    come out the same everywhere), the shipped one is used for everything.
    Raises FontError where that one cannot be loaded.
    """
    has_letters = can_draw(app.font(), "A")
    shipped = _load()
    if pinned or not has_letters:
        font = QFont(shipped)
        font.setPixelSize(PINNED_PIXELS)
        # Hinting is a setting of the desktop, and differs from one to the next.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        app.setFont(font)
    return QFontInfo(app.font()).family()


def can_draw(font: QFont, sign: str) -> bool:
    """Whether `font` itself has `sign`, without help of another one.

    The list of families does not tell: without any font Qt still names three.
    """
    return QRawFont.fromFont(font).supportsCharacter(ord(sign))


def _load() -> str:
    families = []
    for name in FILES:
        number = QFontDatabase.addApplicationFont(str(FOLDER / name))
        if number < 0:
            raise FontError(str(FOLDER / name))
        families += QFontDatabase.applicationFontFamilies(number)
    return families[0]
