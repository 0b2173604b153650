"""One message or note: who, when, and the words as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtGui import QFontMetrics, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.facts import ActorKind
from console.domain.rows import Message
from console.services.escalating.messages import clean_lines
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.ticket_panel.expander import Expander
from ui.tr import tr
from ui.when import clock_time, duration_words

_SHOWN_LINES = 4
_OPEN_LINES = 24
# Beyond it the label cuts, whatever the width.
_LONG_LETTERS = 280


@dataclass(frozen=True)
class MessageItem:
    """A message to show, under a heading where it has one ("Last customer message"). `act` is what a decision did."""

    message: Message
    now: int
    heading: str | None = None
    act: str | None = None


class MessageCard(QWidget):
    """Long texts are cut to a few lines; expanded they can be selected and copied. Links stay text."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._item: MessageItem | None = None
        self._new = False
        self.heading = TextLabel(theme, tone="accent", size=Type.SMALL, bold=True, max_lines=1)
        self.who = TextLabel(theme, bold=True, size=Type.SMALL, max_lines=2)
        self.when = TextLabel(theme, tone="muted", size=Type.SMALL, max_lines=2, right=True)
        self.act = TextLabel(theme, bold=True, max_lines=3)
        self.body = TextLabel(theme, max_lines=_SHOWN_LINES)
        self.whole: QPlainTextEdit | None = None
        self.expander = Expander(theme)
        self.expander.set_label(tr("Whole text"))
        self.expander.toggled.connect(self._expand)
        top = QHBoxLayout()
        top.addWidget(self.who, 1)
        top.addWidget(self.when, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GRID, 0, GRID)
        self._column.setSpacing(GRID // 2)
        self._column.addWidget(self.heading)
        self._column.addLayout(top)
        self._column.addWidget(self.act)
        self._column.addWidget(self.body)
        self._column.addWidget(self.expander)

    @property
    def uid(self) -> str:
        """The uid of the message that is shown."""
        return "" if self._item is None else self._item.message.uid

    def show_item(self, item: MessageItem) -> None:
        """Shows a message."""
        self._item = item
        message = item.message
        self._say_heading(item)
        self.act.setText(item.act or "")
        self.act.setVisible(item.act is not None)
        self.who.setText(author(message))
        self.tick(item.now)
        text = tr("This text was erased") if message.erased else message.body or ""
        self.body.setText(text)
        self.body.set_look("muted" if message.erased else "text")
        self.body.setVisible(bool(text) and not self.expander.isChecked())
        self.expander.setVisible(not message.erased and is_long(text))
        if self.whole is not None:
            write_whole(self.whole, text)

    def mark_new(self, new: bool) -> None:
        """Says in the heading that it came since one looked at the ticket."""
        self._new = new
        if self._item is not None:
            self._say_heading(self._item)

    def tick(self, now: int) -> None:
        """Moves its age on; `now` in microseconds UTC."""
        if self._item is not None:
            at = self._item.message.at
            age = tr("{age} ago", age=duration_words(now - at))
            self.when.setText(f"{clock_time(at, self._zone, now)} · {age}")

    def _say_heading(self, item: MessageItem) -> None:
        heading = " · ".join(each for each in (tr("New") if self._new else None, item.heading) if each)
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        said = (heading, item.act, author(item.message))
        self.setAccessibleName(" ".join(each for each in said if each))

    def _expand(self, expanded: bool) -> None:
        if expanded and self.whole is None and self._item is not None:
            self.whole = whole_text(self._item.message.body or "")
            self._column.insertWidget(self._column.indexOf(self.expander), self.whole)
        self.body.setVisible(not expanded)
        if self.whole is not None:
            self.whole.setVisible(expanded)


def author(message: Message) -> str:
    """Who wrote it, and as what."""
    role = {
        ActorKind.CUSTOMER: tr("customer"),
        ActorKind.AGENT: tr("support"),
        ActorKind.MANAGER: tr("manager"),
        ActorKind.SYSTEM: tr("system"),
    }.get(ActorKind(message.actor_kind), "")
    said = [each for each in (message.actor, role, tr("automatic") if message.automatic else None) if each]
    return " · ".join(said)


def is_long(text: str) -> bool:
    """Whether a text is worth a button that shows the whole of it."""
    return len(text) > _LONG_LETTERS or text.count("\n") >= _SHOWN_LINES


def whole_text(text: str) -> QPlainTextEdit:
    """A long text to read, select and copy; Tab leaves it."""
    edit = QPlainTextEdit()
    edit.setReadOnly(True)
    edit.setFrameShape(QFrame.Shape.NoFrame)
    edit.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    edit.setTabChangesFocus(True)
    edit.setAccessibleName(tr("Whole text"))
    write_whole(edit, text)
    lines = QFontMetrics(edit.font()).lineSpacing() * _OPEN_LINES
    edit.setFixedHeight(lines)
    return edit


def write_whole(edit: QPlainTextEdit, text: str) -> None:
    """Show another text, without marks that would turn the direction of its letters. What was selected in one that is
    the same stays selected."""
    harmless = clean_lines(text)
    if edit.toPlainText() != harmless:
        edit.setPlainText(harmless)
