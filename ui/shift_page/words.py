"""What the page of the shift says: the desk then and now, decisions, earlier shifts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.decisions import JournalEntry
from models.text_table import Cell, Head, Line
from ui.queue_names import fixed_entries
from ui.tr import grouped, plural, tr
from ui.when import clock_time, duration_words
from ui.words.decision_kinds import decision_kind
from ui.words.shift_words import shift_name

if TYPE_CHECKING:
    from console.services.desk_state import DeskState
    from console.services.shifts import Shift

_ALARMING = frozenset({"decide", "overdue"})
_NOTHING = "–"
_LISTED = 4


def desk_heads(then: DeskState | None, zone: tzinfo, now: int, until: DeskState | None = None) -> tuple[Head, ...]:
    """The desk at the take-over beside the desk now, or as it was handed over in the state `until`."""
    taken = tr("Taken over") if then is None else tr("At {at}", at=clock_time(then.as_of, zone, now))
    after = tr("Now") if until is None else tr("At {at}", at=clock_time(until.as_of, zone, now))
    return Head(tr("The desk")), Head(taken, right=True), Head(after, right=True)


def desk_lines(then: DeskState | None, now: DeskState | None) -> list[Line]:
    """A line for each queue, and for what a handover names beside them; a state that is not known is left blank."""
    lines = [
        _counted(entry.title, _count(then, entry.code), _count(now, entry.code), alarming=entry.code in _ALARMING)
        for entry in fixed_entries()
    ]
    others: tuple[tuple[str, Callable[[DeskState], int]], ...] = (
        (tr("Overdue or due in 4 h"), lambda state: state.at_risk_total),
        (tr("Escalations not closed"), lambda state: len(state.escalations)),
        (tr("Incidents used up"), lambda state: len(state.quotas)),
    )
    return lines + [
        _counted(title, None if then is None else of(then), None if now is None else of(now)) for title, of in others
    ]


def named_words(state: DeskState) -> str:
    """The open escalations with their age, and whose incidents are used up, by name."""
    said = []
    if state.escalations:
        each = [
            tr(
                "{number} level {level} for {age}",
                number=one.number,
                level=one.level,
                age=duration_words(state.as_of - one.requested_at),
            )
            for one in state.escalations[:_LISTED]
        ]
        said.append(tr("Escalations: {list}", list=_listed(each, len(state.escalations))))
    if state.quotas:
        each = [
            tr("{customer} ({left} left)", customer=one.customer, left=str(one.left).replace("-", "−"))
            for one in state.quotas[:_LISTED]
        ]
        said.append(tr("Incidents used up: {list}", list=_listed(each, len(state.quotas))))
    return "\n".join(said)


def decision_heads() -> tuple[Head, ...]:
    """Decisions of a shift."""
    return Head(tr("Time")), Head(tr("Ticket")), Head(tr("Decision")), Head(tr("By")), Head(tr("Words"))


def decision_lines(entries: Sequence[JournalEntry], numbers: Mapping[int, str], zone: tzinfo, now: int) -> list[Line]:
    """The newest first."""
    return [
        Line(
            (
                Cell(clock_time(entry.at, zone, now)),
                Cell("" if entry.ticket_id is None else numbers.get(entry.ticket_id, "")),
                Cell(decision_kind(entry.kind)),
                Cell(entry.actor),
                Cell(tr("This text was erased") if entry.erased else " ".join((entry.words or "").split())),
            ),
            entry.uid,
        )
        for entry in reversed(entries)
    ]


def shift_heads() -> tuple[Head, ...]:
    """Earlier shifts."""
    return Head(tr("Shift")), Head(tr("On duty")), Head(tr("Ended")), Head(tr("Handed over to"))


def shift_lines(shifts: Sequence[Shift], zone: tzinfo, now: int, me: str = "") -> list[Line]:
    """As they are given; `me` is who sits here."""
    return [
        Line(
            (
                Cell(
                    tr(
                        "{at} {shift}",
                        at=clock_time(each.since, zone, now),
                        shift=shift_name(each.since, zone, short=True),
                    )
                ),
                Cell(each.actor),
                Cell(tr("runs") if each.until is None else clock_time(each.until, zone, now)),
                Cell(_handed(each, me)),
            ),
            each.uid,
        )
        for each in shifts
    ]


def taken_words(shift: Shift | None, zone: tzinfo, now: int) -> str:
    """What was said at the take-over, or how the last shift ended."""
    if shift is None:
        return tr("No shift was taken yet. Take over, and the state of the desk is kept.")
    if shift.until is None:
        length = duration_words(now - shift.since)
        return tr("For {length}. {words}", length=length, words=shift.words or "").strip()
    at = clock_time(shift.until, zone, now)
    if shift.handed_to:
        said = tr("{name} handed over to {to} at {at}.", name=shift.actor, to=shift.handed_to, at=at)
        return f"{said} {shift.handed_words or ''}".strip()
    return tr("The last shift ended at {at}.", at=at)


def decisions_title(count: int) -> str:
    """How many there are."""
    return plural("{n} decision of this shift", "{n} decisions of this shift", count)


def _handed(shift: Shift, me: str) -> str:
    if shift.handed_to:
        return tr("you") if shift.handed_to == me else shift.handed_to
    return "" if shift.until is None else tr("nobody: it was taken over")


def _count(state: DeskState | None, code: str | None) -> int | None:
    return None if state is None or code is None else state.counts.get(code)


def _counted(title: str, then: int | None, now: int | None, *, alarming: bool = False) -> Line:
    tone = "overdue" if alarming and now else "" if now else "muted"
    cells = (
        Cell(title),
        Cell(_NOTHING if then is None else grouped(then), tone="muted"),
        Cell(_NOTHING if now is None else grouped(now), bold=bool(now) and (alarming or then != now), tone=tone),
    )
    return Line(cells)


def _listed(each: Sequence[str], count: int) -> str:
    more = count - len(each)
    said = ", ".join(each)
    return said if more <= 0 else tr("{list} and {n} more", list=said, n=more)
