"""The reasons that the policy pack offers for a decision."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from console.domain.policy import Reason
from ui.choice_box import ChoiceBox
from ui.tr import tr
from ui.words.pack_words import pack_text


class ReasonBox(ChoiceBox):
    """None is chosen until somebody chooses, but where there is only one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Reason"), tr("Choose a reason"), parent=parent)
        self._offered: tuple[Reason, ...] | None = None

    def offer(self, reasons: Sequence[Reason]) -> None:
        """Offers `reasons`; the one that was chosen stays where it is among them."""
        if tuple(reasons) == self._offered:
            return
        self._offered = tuple(reasons)
        keep = self.code()
        self.clear()
        for reason in reasons:
            self.addItem(pack_text(reason.name), reason.code)
        codes = [reason.code for reason in reasons]
        self.setCurrentIndex(codes.index(keep) if keep in codes else 0 if len(codes) == 1 else -1)
        self.setVisible(bool(codes))

    def choose(self, code: str | None) -> None:
        """Chooses the reason with this code; nothing where it is not offered."""
        place = self.findData(code) if code else -1
        if place >= 0:
            self.setCurrentIndex(place)

    def reason(self) -> Reason | None:
        """The reason that is chosen."""
        code = self.code()
        return next((each for each in self._offered or () if each.code == code), None)

    def code(self) -> str | None:
        """The code of the reason that is chosen."""
        found = self.currentData()
        return found if isinstance(found, str) else None
