"""The pages of the window and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.tr import tr

QUEUE_PAGE = "queue"


class DeskPage(QWidget):
    """A page that a session brings into the window. It reads what it shows when it comes on screen."""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""

    def shown(self) -> None:
        """The page has come on screen: read what it shows."""

    def stop(self) -> None:
        """The desk is closing: no more acts, nothing ticking."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page's code, the words of its tab and its key."""

    code: str
    words: str
    key: str


def page_entries() -> tuple[PageEntry, ...]:
    """All pages in the order of their tabs."""
    return (
        PageEntry(QUEUE_PAGE, tr("Queue"), "Ctrl+1"),
        PageEntry("plans", tr("Plans"), "Ctrl+2"),
        PageEntry("review", tr("Review"), "Ctrl+3"),
        PageEntry("shift", tr("Shift"), "Ctrl+4"),
        PageEntry("outbox", tr("Outbox"), "Ctrl+5"),
    )
