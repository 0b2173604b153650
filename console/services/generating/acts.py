"""What happens next to a ticket of a living desk: one small step by its status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from console.domain.facts import ActorKind, FactKind
from console.domain.instants import HOUR, MINUTE
from console.domain.rows import QueueRow
from console.services.generating import letters
from console.services.generating.letters import Writer
from console.services.generating.people import ENGINEERS, MANAGERS
from console.services.generating.story import StoryFact
from console.services.generating.topics import AREAS

_AGENT, _CUSTOMER, _MANAGER = ActorKind.AGENT, ActorKind.CUSTOMER, ActorKind.MANAGER


class Acts:
    """Makes the next facts of a ticket, all at `now` (microseconds UTC)."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def next(self, row: QueueRow, now: int) -> list[StoryFact]:
        """One to four facts that fit the status of `row`; one of a pack that this desk does not speak gets a note."""
        area = next((each for each in AREAS if each.group == row.support_group), AREAS[0])
        writer = Writer(self._rng, self._rng.choice(area.topics), "The customer")
        engineer = row.owner if row.owner in ENGINEERS else self._rng.choice(ENGINEERS)
        choices = _BY_STATUS.get(row.status, (_note,))
        return self._rng.choice(choices)(_Scene(self._rng, row, now, writer, engineer))


class _Scene:
    def __init__(self, rng: Random, row: QueueRow, now: int, writer: Writer, engineer: str) -> None:
        self.rng = rng
        self.row = row
        self.now = now
        self.writer = writer
        self.engineer = engineer

    def said(self, *choices: tuple[str, ...]) -> StoryFact:
        text = self.writer.of_support(self.engineer, *choices)
        return StoryFact(self.now, FactKind.MESSAGE, 1, 0, None, _AGENT, self.engineer, text)

    def asked(self, choices: tuple[str, ...], mark: str | None = None) -> StoryFact:
        text = self.writer.of_customer(choices)
        return StoryFact(self.now, FactKind.MESSAGE, 1, 0, mark, _CUSTOMER, None, text)

    def did(self, kind: FactKind, a: int | None = None, t: str | None = None) -> StoryFact:
        return StoryFact(self.now, kind, a, None, t, _AGENT, self.engineer)


def _answer(scene: _Scene) -> list[StoryFact]:
    owner = StoryFact(scene.now, FactKind.OWNER_SET, name=scene.engineer)
    said = scene.said(letters.FIRST_ANSWERS, letters.STARTED)
    return [owner, said, scene.did(FactKind.STATUS_SET, t="open")]


def _update(scene: _Scene) -> list[StoryFact]:
    due = scene.now + scene.rng.randrange(1, 12) * HOUR + scene.rng.randrange(60) * MINUTE
    return [scene.said(letters.UPDATES), scene.did(FactKind.ETA_SET, due, "update")]


def _question(scene: _Scene) -> list[StoryFact]:
    return [scene.said(scene.rng.choice(letters.QUESTIONS)), scene.did(FactKind.STATUS_SET, t="waiting")]


def _solve(scene: _Scene) -> list[StoryFact]:
    return [
        scene.said(scene.writer.solution()),
        scene.did(FactKind.SOLUTION_GIVEN),
        scene.did(FactKind.SOLUTION_NOTIFIED),
        scene.did(FactKind.STATUS_SET, t="resolved"),
    ]


def _remind(scene: _Scene) -> list[StoryFact]:
    return [scene.asked(letters.REMINDERS)]


def _reply(scene: _Scene) -> list[StoryFact]:
    return [scene.asked(scene.rng.choice(letters.ANSWERS))]


def _note(scene: _Scene) -> list[StoryFact]:
    text = scene.writer.words(letters.NOTES)
    return [StoryFact(scene.now, FactKind.NOTE, None, None, None, _AGENT, scene.engineer, text)]


def _confirm(scene: _Scene) -> list[StoryFact]:
    confirmed = StoryFact(scene.now, FactKind.CONFIRMED, actor_kind=_CUSTOMER)
    closed = StoryFact(scene.now, FactKind.STATUS_SET, t="closed")
    return [scene.asked(letters.CONFIRMATIONS, "confirmation"), confirmed, closed]


def _come_back(scene: _Scene) -> list[StoryFact]:
    return [scene.asked(letters.REOPENINGS)]


def _go_on(scene: _Scene) -> list[StoryFact]:
    return [scene.did(FactKind.STATUS_SET, t="open")]


def _rank(scene: _Scene) -> list[StoryFact]:
    """The shift manager corrects a severity, by one step."""
    was = scene.row.severity
    if was is None:
        return _note(scene)
    to = was + 1 if was == 1 or (was < 4 and scene.rng.random() < 0.5) else was - 1
    return [StoryFact(scene.now, FactKind.SEVERITY_SET, to, was, None, _MANAGER, scene.rng.choice(MANAGERS))]


def _escalate(scene: _Scene) -> list[StoryFact]:
    if scene.row.severity in (None, 4) or scene.row.escalation in ("requested", "under_review", "accepted"):
        return _remind(scene)
    channel = "phone" if scene.row.severity == 1 else "button"
    text = scene.writer.of_customer(letters.ESCALATIONS)
    return [StoryFact(scene.now, FactKind.ESCALATION_REQUESTED, 1, None, channel, _CUSTOMER, None, text)]


_Act = Callable[[_Scene], list[StoryFact]]
_BY_STATUS: Mapping[str, tuple[_Act, ...]] = MappingProxyType(
    {
        "new": (*[_answer] * 8, _rank, _remind),
        "open": (*[_update] * 12, *[_question] * 6, *[_solve] * 8, *[_note] * 4, *[_remind] * 4, _rank, _escalate),
        "waiting": (*[_reply] * 8, _note),
        "waiting_internal": (*[_go_on] * 6, _note, _remind),
        "resolved": (*[_confirm] * 10, _come_back),
    }
)
