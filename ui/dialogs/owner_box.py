"""Who works on the ticket from now on: who is on shift first, each with what they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.choice_box import ChoiceBox
from ui.tr import plural, tr


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may own the ticket. `carried`: open tickets, `overdue` of them."""

    person_id: int
    name: str
    on_shift: bool
    carried: int
    overdue: int


class OwnerBox(ChoiceBox):
    """The first choice leaves the owner as it is."""

    def __init__(self, owner: str | None, people: Sequence[Candidate] = (), parent: QWidget | None = None) -> None:
        super().__init__(tr("Owner"), parent=parent)
        self.addItem(tr("Stays with {owner}", owner=owner) if owner else tr("Nobody yet"), None)
        for each in people:
            self.addItem(candidate_words(each), each.person_id)

    def person_id(self) -> int | None:
        """Who was chosen; none: the owner stays."""
        found = self.currentData()
        return found if isinstance(found, int) else None

    def choose(self, person_id: int | None) -> None:
        """Chooses somebody; nothing where they are not offered."""
        place = self.findData(person_id) if person_id is not None else -1
        if place >= 0:
            self.setCurrentIndex(place)


def candidate_words(person: Candidate) -> str:
    """`Ivan Koval · on shift · 12 tickets, 2 overdue`."""
    carried = plural("{n} ticket", "{n} tickets", person.carried)
    if person.overdue:
        carried = tr("{carried}, {n} overdue", carried=carried, n=person.overdue)
    parts = (person.name, tr("on shift") if person.on_shift else "", carried)
    return " · ".join(each for each in parts if each)
