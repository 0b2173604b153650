"""People and what they carry, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from console.domain.instants import SECOND
from console.domain.people import PersonLoad
from models.people_model import PeopleWords
from ui.tr import plural, tr
from ui.when import clock_time


def people_words(zone: tzinfo, now: Callable[[], int]) -> PeopleWords:
    """How people are shown in a table."""
    return PeopleWords(
        headers=(tr("Name"), tr("Shift"), tr("Open"), tr("Overdue"), tr("Next due")),
        on_shift=tr("on shift"),
        due=lambda seconds: clock_time(seconds * SECOND, zone, now()),
        spoken=load_words,
    )


def load_words(person: PersonLoad) -> str:
    """`Ivan Koval, on shift, 12 tickets, 2 overdue`."""
    said = [person.name]
    if person.on_shift:
        said.append(tr("on shift"))
    said.append(plural("{n} ticket", "{n} tickets", person.load.open))
    if person.load.overdue:
        said.append(tr("{n} overdue", n=person.load.overdue))
    return ", ".join(said)
