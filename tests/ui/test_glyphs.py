"""Signs that no font has are left out, and nothing else is."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from ui import fonts
from ui.glyphs import drawable

# Of Linear A: a font has it that was made for it.
NOBODY = "\U00010600"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Mail queue stuck", "Mail queue stuck"),
        ("Ångström – №", "Ångström – №"),
        (f"{NOBODY}{NOBODY} server down {NOBODY}", "· server down ·"),
    ],
)
def test_a_run_of_signs_without_a_font_is_one_dot(qapp: QApplication, text: str, shown: str) -> None:
    before = qapp.font()
    fonts.install(qapp, pinned=True)
    try:
        assert drawable(text, QFontMetrics(QFont(qapp.font()))) == shown
    finally:
        qapp.setFont(before)
