"""What may be done with the ticket: at the end of the eye path, always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.decisions import Actor
from console.domain.rules import StatusClass
from console.domain.state import UNDECIDED
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.ticket_acts.allowed import role_refusal
from ui.ticket_panel.section import Rule
from ui.tr import grouped, tr

if TYPE_CHECKING:
    from console.services.tickets import TicketCard

_WEB = ("http", "https")


def web_address(url: str | None) -> str | None:
    """`url` where it is an address of the web with a host, else none: nothing else is ever handed to the system."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in _WEB and parts.hostname and url.isprintable() else None


class TicketActions(QWidget):
    """Five buttons. One that cannot be pressed says why; behind the last are the acts that are rarer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only: str | None = None
        self._card: TicketCard | None = None
        self._actor: Actor | None = None
        self._chosen = 0
        self.severity = _button(tr("Change severity"), "S")
        self.escalation = _button(tr("Decide escalation"), "E")
        self.plan = _button(tr("Plan"), "P")
        self.open = _button(tr("Open"), "O")
        self.more = _button(tr("More"), "M")
        self.reason = TextLabel(theme, tone="muted", size=Type.SMALL)
        self._rule = Rule(theme)
        self._rows = tuple(_row(buttons) for buttons in self._in_rows())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._rule)
        inner = QVBoxLayout()
        inner.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        inner.setSpacing(2 * GRID)
        inner.addWidget(self.reason)
        for row in self._rows:
            inner.addLayout(row)
        column.addLayout(inner)

    def show_card(self, card: TicketCard) -> None:
        """Allows what the ticket allows."""
        self._card = card
        self._fit()
        self._allow()

    def set_theme(self, theme: Theme) -> None:
        """Labels are told by the panel."""
        self._rule.set_theme(theme)

    @property
    def read_only(self) -> str | None:
        """Why nothing can be changed; none where it can."""
        return self._read_only

    def set_read_only(self, reason: str | None) -> None:
        """Refuses decisions and says why; None allows them again."""
        self._read_only = reason
        self._allow()

    def set_actor(self, actor: Actor) -> None:
        """Allow what this role may do, and say why not."""
        self._actor = actor
        self._allow()

    def show_chosen(self, count: int) -> None:
        """How many tickets are chosen in the queue: what the one on show forbids is not said of several."""
        if count != self._chosen:
            self._chosen = count
            self._allow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Beside each other where the words have room; the name of the source is left out before they do not."""
        source = self._card.identity.source if self._card is not None else ""
        whole = tr("Open in {source}", source=source) if source else tr("Open")
        for text in (whole, tr("Open")):
            _name(self.open, text, "O")
            self.open.setAccessibleName(whole)
            if self._wide() <= self.width():
                self._arrange(QBoxLayout.Direction.LeftToRight)
                return
        _name(self.open, tr("Open in {source}", source=_short(source)) if source else tr("Open"), "O")
        self.open.setAccessibleName(whole)
        self._arrange(QBoxLayout.Direction.TopToBottom)

    def _wide(self) -> int:
        widths = [sum(each.sizeHint().width() + GRID for each in buttons) for buttons in self._in_rows()]
        return max(widths) + 5 * GRID

    def _in_rows(self) -> tuple[tuple[QPushButton, ...], ...]:
        return (self.severity, self.escalation), (self.plan, self.open, self.more)

    def _arrange(self, direction: QBoxLayout.Direction) -> None:
        """Beside each other, or one below the other where letters are large or the panel narrow."""
        for row in self._rows:
            row.setDirection(direction)

    def _allow(self) -> None:
        if self._card is None:
            return
        state = self._card.state
        closed = state.status_class is StatusClass.CLOSED
        waiting = state.escalation is not None and state.escalation.phase in UNDECIDED
        role = {code: role_refusal(code, self._actor) for code in ("severity", "escalation")}
        changes = self._read_only or role["severity"]
        decides = self._read_only or role["escalation"]
        self.severity.setEnabled(not changes and not closed)
        self.escalation.setEnabled(not decides and waiting)
        self.open.setEnabled(web_address(self._card.identity.source_url) is not None)
        _why(self.severity, changes or tr("The ticket is closed: its severity stays."))
        _why(self.escalation, decides or tr("No escalation waits for a decision."))
        _why(self.open, tr("The ticket came without a web address."))
        # What is so for most tickets is said on the buttons only: a calm desk is quiet.
        shown = self._read_only or (tr("The ticket is closed: its severity stays.") if closed else "")
        if self._chosen > 1 and not changes:
            shown = tr("{count} chosen: S changes all of them", count=grouped(self._chosen))
        self.reason.setText(shown)
        self.reason.setVisible(bool(shown))


def _row(buttons: tuple[QPushButton, ...]) -> QBoxLayout:
    """Each takes what its words need; what is left goes to all alike."""
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(GRID)
    for button in buttons:
        row.addWidget(button)
    return row


def _button(text: str, key: str) -> QPushButton:
    button = QPushButton()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    # Letters may be large and the panel narrow: the layout decides, not the text.
    button.setMinimumWidth(12 * GRID)
    _name(button, text, key)
    return button


def _name(button: QPushButton, text: str, key: str) -> None:
    # An ampersand would make a shortcut out of somebody's name.
    button.setText(f"{text.replace('&', '&&')}  {key}")
    button.setAccessibleName(text)
    button.setAccessibleDescription(tr("Key {key}", key=key))


def _short(source: str) -> str:
    return source if len(source) <= 16 else source[:15] + "…"


def _why(button: QPushButton, reason: str) -> None:
    """Says on a button why it cannot be pressed."""
    button.setToolTip("" if button.isEnabled() else reason)
    key = button.text().rsplit(" ", 1)[-1]
    button.setAccessibleDescription(tr("Key {key}", key=key) if button.isEnabled() else reason)
