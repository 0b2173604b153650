"""Every word can be read in both themes, and both dress the same things."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.theme import DARK, LIGHT, Theme, ThemeName, Type

TEXTS = (
    "text",
    "muted",
    "accent",
    "overdue",
    "soon",
    "near",
    "calm",
    "paused",
    "severity1",
    "severity2",
    "severity3",
    "severity4",
    "ok",
)
SURFACES = ("background", "surface", "selection", "hover")


def luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_the_usual_one() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dress", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize(("word", "ground"), list(product(TEXTS, SURFACES)))
def test_every_colour_can_be_read_on_every_surface(dress: Theme, word: str, ground: str) -> None:
    assert contrast(getattr(dress, word), getattr(dress, ground)) >= 4.5


@pytest.mark.parametrize("dress", [LIGHT, DARK], ids=lambda each: each.name)
def test_text_upon_fills_can_be_read(dress: Theme) -> None:
    assert contrast(dress.accent_text, dress.accent) >= 4.5
    assert contrast(dress.selection_text, dress.selection) >= 7


@pytest.mark.parametrize("dress", [LIGHT, DARK], ids=lambda each: each.name)
def test_the_sheet_has_no_gap_left(qapp: QApplication, dress: Theme) -> None:
    sheet = theme.style_sheet(dress, qapp.font())
    assert "$" not in sheet.split("*/", 1)[1]
    assert dress.accent.name() in sheet


def test_system_follows_the_desktop_and_names_are_kept(qapp: QApplication) -> None:
    assert theme.theme_for(ThemeName.DARK, qapp) is DARK
    assert theme.theme_for(ThemeName.LIGHT, qapp) is LIGHT
    assert theme.theme_for(ThemeName.SYSTEM, qapp) in (LIGHT, DARK)
    assert DARK.dark
    assert not LIGHT.dark


def test_severity_has_its_colour_and_an_unknown_one_is_muted() -> None:
    assert LIGHT.severity(1) == LIGHT.severity1
    assert LIGHT.severity(4) == LIGHT.severity4
    assert LIGHT.severity(None) == LIGHT.muted
    assert LIGHT.severity(9) == LIGHT.muted


def test_type_has_three_sizes(qapp: QApplication) -> None:
    base = QFont()
    base.setPixelSize(13)
    sizes = [theme.font(base, size).pixelSize() for size in (Type.SMALL, Type.BODY, Type.TITLE)]
    assert sizes == sorted(set(sizes))
    points = QFont()
    points.setPointSizeF(10.0)
    assert theme.font(points, Type.TITLE, bold=True).pointSizeF() == pytest.approx(13.0)
    assert theme.font(points, Type.TITLE, bold=True).bold()


def test_the_palette_carries_the_theme() -> None:
    made = theme.palette(DARK)
    assert made.color(QPalette.ColorRole.Base) == DARK.surface
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText) == DARK.muted
