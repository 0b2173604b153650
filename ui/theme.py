"""Colours, type sizes and spacing of the whole window: two themes, one source for palette, style sheet and painters.

Colours are few: one accent for what can be pressed, one scale of risk from calm to overdue, greys for the rest. Every
colour that carries text has a contrast of at least 4.5:1 on every surface that it may stand on; a test holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

STYLE_SHEET = Path(__file__).parents[1] / "resources" / "styles" / "console.qss"

# Margins, gaps and heights are multiples of it; device-independent pixels.
GRID = 4
# Of every page, at the left and at the right.
PAGE_MARGIN = 4 * GRID


class ThemeName(StrEnum):
    """What a user may ask for."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Type(StrEnum):
    """The three sizes of type, as shares of the application's font."""

    SMALL = "small"
    BODY = "body"
    TITLE = "title"


_SHARE = {Type.SMALL: 0.88, Type.BODY: 1.0, Type.TITLE: 1.3}


@dataclass(frozen=True)
class Theme:
    """Colours by what they mean.

    `background` is behind panels, `surface` behind tables and text. `overdue`, `soon` (< 15 min), `near` (< 1 h),
    `calm` and `paused` are the scale of risk; `ok` marks what was met or holds. `accent` is text or fill of what can
    be pressed, with `accent_text` upon the fill.
    """

    name: str
    background: QColor
    surface: QColor
    text: QColor
    muted: QColor
    line: QColor
    accent: QColor
    accent_text: QColor
    selection: QColor
    selection_text: QColor
    hover: QColor
    overdue: QColor
    soon: QColor
    near: QColor
    calm: QColor
    paused: QColor
    severity1: QColor
    severity2: QColor
    severity3: QColor
    severity4: QColor
    ok: QColor

    @property
    def dark(self) -> bool:
        """Whether it is light text on dark ground."""
        return self.name == ThemeName.DARK

    def severity(self, severity: int | None) -> QColor:
        """The colour of a severity's shape; muted for one that is not known."""
        known = (self.severity1, self.severity2, self.severity3, self.severity4)
        return known[severity - 1] if severity is not None and 1 <= severity <= len(known) else self.muted


def _theme(name: ThemeName, **colours: str) -> Theme:
    return Theme(name=name.value, **{key: QColor(value) for key, value in colours.items()})


LIGHT = _theme(
    ThemeName.LIGHT,
    background="#f3f4f6",
    surface="#ffffff",
    text="#1a1e23",
    muted="#525a64",
    line="#d3d8de",
    accent="#17529c",
    accent_text="#ffffff",
    selection="#d9e6f6",
    selection_text="#0d2038",
    hover="#e9edf1",
    overdue="#a8141c",
    soon="#8a4100",
    near="#655200",
    calm="#4b535d",
    paused="#56527a",
    severity1="#a8141c",
    severity2="#8a4100",
    severity3="#3c444e",
    severity4="#565f69",
    ok="#17603a",
)

DARK = _theme(
    ThemeName.DARK,
    background="#15181c",
    surface="#1c2025",
    text="#e7eaed",
    muted="#a9b1ba",
    line="#363d46",
    accent="#86b7f2",
    accent_text="#0a1826",
    selection="#26415f",
    selection_text="#ffffff",
    hover="#282e35",
    overdue="#ff9990",
    soon="#ffb56b",
    near="#e8d375",
    calm="#b4bbc4",
    paused="#bdb9e2",
    severity1="#ff9990",
    severity2="#ffb56b",
    severity3="#c9cfd6",
    severity4="#a9b1ba",
    ok="#86d8a8",
)


def theme_name(text: str) -> ThemeName:
    """The name that was remembered; that of the system where there is none."""
    return ThemeName(text) if text in tuple(ThemeName) else ThemeName.SYSTEM


def theme_for(name: ThemeName, app: QApplication) -> Theme:
    """The theme of that name; the desktop's own choice for `system`, light where it has none."""
    if name is ThemeName.SYSTEM:
        return DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if name is ThemeName.DARK else LIGHT


def apply(theme: Theme, app: QApplication) -> None:
    """Dress the application: style, palette and style sheet. Painters take their colours from the theme itself."""
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme, app.font()))


def font(base: QFont, size: Type, *, bold: bool = False, tabular: bool = False) -> QFont:
    """A copy of `base` in one of the three sizes; `tabular` gives all digits one width."""
    made = QFont(base)
    share = _SHARE[size]
    if base.pixelSize() > 0:
        made.setPixelSize(max(9, round(base.pixelSize() * share)))
    else:
        made.setPointSizeF(base.pointSizeF() * share)
    made.setBold(bold)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def palette(theme: Theme) -> QPalette:
    """The palette that stock widgets draw with."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in {
        roles.Window: theme.background,
        roles.WindowText: theme.text,
        roles.Base: theme.surface,
        roles.AlternateBase: theme.background,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Button: theme.background,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.overdue,
        roles.Highlight: theme.selection,
        roles.HighlightedText: theme.selection_text,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.ToolTipBase: theme.surface,
        roles.ToolTipText: theme.text,
        roles.Mid: theme.line,
        roles.Accent: theme.accent,
    }.items():
        made.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.muted)
    return made


def style_sheet(theme: Theme, base: QFont) -> str:
    """The style sheet of `resources/styles` with the theme's colours and sizes filled in."""
    values = {each.name: _value(theme, each.name) for each in fields(theme)}
    for size in Type:
        sized = font(base, size)
        points = f"{sized.pixelSize()}px" if sized.pixelSize() > 0 else f"{sized.pointSizeF():.1f}pt"
        values[f"size_{size.value}"] = points
    values["off"] = _between(theme.muted, theme.background).name()
    return Template(STYLE_SHEET.read_text("utf-8")).substitute(values)


def _between(one: QColor, other: QColor) -> QColor:
    """Half of each: for what cannot be chosen now."""
    return QColor((one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2)


def _value(theme: Theme, name: str) -> str:
    value = getattr(theme, name)
    return value.name() if isinstance(value, QColor) else str(value)
