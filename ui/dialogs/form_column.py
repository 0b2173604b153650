"""Fields under their names, in a column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.theme import GRID


def field_label(text: str, field: QWidget) -> QLabel:
    """The name of a field; its letter after the ampersand goes there."""
    label = QLabel(text)
    label.setBuddy(field)
    return label


def add_fields(column: QVBoxLayout, fields: Sequence[tuple[str, QWidget]]) -> None:
    """Adds each field below its name."""
    for text, field in fields:
        column.addWidget(field_label(text, field))
        column.addWidget(field)


def form_column(page: QWidget) -> QVBoxLayout:
    """The column of a page of fields."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    return column
