"""What the window remembers from one day to the next: its size, its splitters, its columns, row height, theme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

# Raised when a layout changes so that an old one would do harm.
_LAYOUT = 2
# Words that are kept.
THEME = "theme"
DENSITY = "density"


class WindowSettings:
    """An INI file at `path`, which is made on the first save; none remembers nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def state(self, name: str) -> QByteArray:
        """A widget's saved state; empty when there is none."""
        if self._path is None:
            return QByteArray()
        value = self._open(self._path).value(f"layout{_LAYOUT}/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Save a widget's state."""
        if self._path is not None:
            self._open(self._path).setValue(f"layout{_LAYOUT}/{name}", state)

    def text(self, name: str, default: str = "") -> str:
        """A saved word."""
        if self._path is None:
            return default
        value = self._open(self._path).value(f"words/{name}", default)
        return value if isinstance(value, str) else default

    def keep_text(self, name: str, text: str) -> None:
        """Save a word."""
        if self._path is not None:
            self._open(self._path).setValue(f"words/{name}", text)

    @staticmethod
    def _open(path: Path) -> QSettings:
        return QSettings(str(path), QSettings.Format.IniFormat)
