"""The dialog of a manager's act: a form beside the ticket, named by its title and a headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from ui.dialogs.decision_dialog import DecisionDialog, DialogTools, Form


@dataclass(frozen=True)
class ActSubject:
    """The ticket as it was when the dialog was opened. `base_revision` is what the decision names."""

    ticket_id: int
    number: str
    subject: str
    base_revision: int


class ActForm(Form, Protocol):
    """What such a dialog asks of its form beside `Form`."""

    @property
    def changed(self) -> SignalInstance:
        """Comes when what was typed or shown is another."""
        ...

    def focus_first(self) -> None:
        """Put the cursor where one begins."""
        ...

    def end(self) -> None:
        """Drop what was asked for and has not come."""
        ...


class ActDialog(DecisionDialog):
    """Ctrl+Enter decides, Esc leaves; what was typed survives as a draft of `name`."""

    def __init__(
        self,
        name: str,
        title: str,
        headline: str,
        subject: ActSubject,
        form: ActForm,
        tools: DialogTools,
        parent: QWidget | None = None,
    ) -> None:
        self.act_form = form
        super().__init__(name, subject.ticket_id, form, tools, parent)
        self.setWindowTitle(title)
        self.headline.setText(headline)
        self.subject.setText(subject.subject)
        form.changed.connect(self.refresh)
        form.focus_first()

    def done(self, result: int) -> None:
        self.act_form.end()
        super().done(result)
