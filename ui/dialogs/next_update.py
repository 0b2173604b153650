"""When the customer hears from us next: local time, quick steps, always in the future."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QDateTime, QSignalBlocker, Qt, QTimeZone, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.domain.instants import DAY, FURTHEST, HOUR, MINUTE, TimeSource, from_micros, to_micros
from ui.text_label import TextLabel
from ui.theme import GRID, Theme, Type
from ui.tr import tr
from ui.when import full_time, left_words

_STEPS = ((30 * MINUTE, "+30 m"), (HOUR, "+1 h"), (2 * HOUR, "+2 h"), (4 * HOUR, "+4 h"))
# What stands there first, as in the terminal.
USUAL = 2 * HOUR


class NextUpdate(QWidget):
    """`changed` says that another instant was chosen. The field shows wall time of `zone`, to the minute. `name` is
    what the instant is called, with its key after an ampersand. `narrow`: the steps stand below the field."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        time: TimeSource,
        zone: tzinfo,
        parent: QWidget | None = None,
        *,
        name: str | None = None,
        narrow: bool = False,
    ) -> None:
        super().__init__(parent)
        called = tr("&Next update") if name is None else name
        spoken = called.replace("&", "")
        self._time = time
        self._zone = zone
        self._instant = 0
        self.field = QDateTimeEdit()
        # The style sheet does not reach the words of this field: they begin where those of other fields do.
        self.field.lineEdit().setTextMargins(2 * GRID - 1, 0, 0, 0)
        # A wall clock without a zone of Qt's: what it means is said by ours.
        self.field.setTimeZone(QTimeZone.utc())
        self.field.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.field.setAccessibleName(spoken)
        self.steps: list[QPushButton] = []
        self.said = TextLabel(theme, tone="muted", size=Type.SMALL)
        label = QLabel(called)
        label.setBuddy(self.field)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        if not narrow:
            row.addWidget(self.field, 1)
        for step, text in _STEPS:
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.setAccessibleName(tr("{name} in {step}", name=spoken, step=text.removeprefix("+")))
            button.clicked.connect(lambda _=False, step=step: self.set_instant(self._rounded(step)))
            self.steps.append(button)
            row.addWidget(button)
        self.field.setMaximumDateTime(_shown(from_micros(time.now() + FURTHEST - DAY).astimezone(zone)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label)
        if narrow:
            column.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(self.said)
        self.field.dateTimeChanged.connect(self._edited)
        self.set_instant(self._rounded(USUAL))

    def instant(self) -> int:
        """What is chosen, microseconds UTC."""
        return self._instant

    def set_instant(self, instant: int) -> None:
        """Chooses an instant. In an hour that comes twice it stays the one that was meant."""
        self._instant = instant
        local = from_micros(instant).astimezone(self._zone)
        with QSignalBlocker(self.field):
            self.field.setDateTime(_shown(local))
        self._say()
        self.changed.emit()

    def is_future(self) -> bool:
        """Whether it can be promised."""
        return self._instant > self._time.now()

    def _edited(self, shown: QDateTime) -> None:
        date, time = shown.date(), shown.time()
        local = datetime(date.year(), date.month(), date.day(), time.hour(), time.minute(), tzinfo=self._zone)
        self._instant = to_micros(local)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        at = full_time(self._instant, self._zone)
        left = self._instant - self._time.now()
        if left > 0:
            self.said.setText(tr("{at}, in {left}", at=at, left=left_words(left)))
            self.said.set_look("muted")
        else:
            self.said.setText(tr("{at} is not in the future", at=at))
            self.said.set_look("overdue")

    def _rounded(self, step: int) -> int:
        """Up to the full minute: a promise is never shorter than the button said."""
        return -(-(self._time.now() + step) // MINUTE) * MINUTE


def _shown(local: datetime) -> QDateTime:
    text = local.strftime("%Y-%m-%dT%H:%M:00Z")
    return QDateTime.fromString(text, Qt.DateFormat.ISODate)
