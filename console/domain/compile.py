"""Makes of policy packs what the fold needs: look-ups for each stretch of time in which a pack says the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from console.domain.axis import Axis, AxisCache
from console.domain.calendar import Calendar
from console.domain.errors import InternalFault
from console.domain.policy import Pack, Targets
from console.domain.policy_checks import entries, lists
from console.domain.policy_values import Dated
from console.domain.rules import ClockKind, ClockRules, ParkedRules, Rules

_E = TypeVar("_E", bound=Dated)
_ALWAYS = -(1 << 62)
_ALWAYS_OPEN = Calendar(code="always-open", always=True)


class AdoptedCalendar(NamedTuple):
    """A calendar as it was adopted: the id of its stored revision and the definition with holidays as dates."""

    calendar_id: int
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class AdoptedPack:
    """A pack that was adopted at `adopted_at` (microseconds UTC) as the stored revision `revision_id`.

    `calendars` by code: at least those that the pack names.
    """

    pack: Pack
    revision_id: int
    adopted_at: int
    calendars: Mapping[str, AdoptedCalendar]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One version of a pack while none of its entries begins or ends."""

    pack: Pack
    by_calendars: tuple[tuple[int, Rules], ...]


class _Version(NamedTuple):
    """A pack as it was adopted; stretch n holds from the n-th of `begins`."""

    adopted_at: int
    begins: tuple[int, ...]
    stretches: tuple[_Stretch, ...]


class _Line(NamedTuple):
    """All versions of a pack on one line of time, so that one search finds what is in force."""

    begins: tuple[int, ...]
    stretches: tuple[_Stretch, ...]


class CompiledBook:
    """The policy in force by instant: a `PolicyBook` over the adoptions of some packs.

    In force is the newest version adopted at or before an instant; before the first adoption that first one holds, as a
    desk reads tickets older than itself. Within a version entries hold by their dates, and before the first date of
    an entry its first form holds ("assumed"). `rules` has the calendars of the pack's newest adoption whatever the
    instant, `by_calendars` those of each. Immutable; may be shared between threads.
    """

    def __init__(self, adoptions: Sequence[AdoptedPack], axes: AxisCache, default: str | None = None) -> None:
        """`adoptions` in any order. `default` is the pack of tickets that name none, else the first adopted that says
        so of itself (`unnamed_tickets`), else the first adopted."""
        ordered = sorted(adoptions, key=lambda adoption: (adoption.adopted_at, adoption.revision_id))
        serving = [adoption.pack.code for adoption in ordered if adoption.pack.unnamed_tickets]
        self._default = default or next(iter((*serving, *(adoption.pack.code for adoption in ordered))), "")
        self._newest = {adoption.pack.code: adoption.pack for adoption in ordered}
        self._lines: dict[str, _Line] = {}
        for code in self._newest:
            mine = [adoption for adoption in ordered if adoption.pack.code == code]
            self._lines[code] = _line([_compile(mine[number:], axes) for number in range(len(mine))])
        self._axes = {
            (adoption.pack.code, calendar): axes.axis(found.calendar)
            for adoption in ordered
            for calendar, found in adoption.calendars.items()
        }

    def rules(self, pack: str, at: int, known_at: int | None = None) -> Rules | None:
        """The rules in force for a ticket of `pack` created at `at`, with the calendars known at `known_at`, by default
        the newest; none when the pack is not adopted."""
        stretch = self._stretch(pack, at)
        if stretch is None:
            return None
        first, *later = stretch.by_calendars
        known = [rules for since, rules in later if known_at is None or since <= known_at]
        return known[-1] if known else first[1]

    def by_calendars(self, pack: str, at: int) -> tuple[tuple[int, Rules], ...]:
        """The rules for a ticket of `pack` created at `at`, once for each set of calendars in force from then on."""
        stretch = self._stretch(pack, at)
        return () if stretch is None else stretch.by_calendars

    def axis(self, pack: str, calendar: str) -> Axis | None:
        """The working time of a calendar of a pack as it was adopted last; none when there is no such calendar."""
        return self._axes.get((pack, calendar))

    def pack(self, code: str, at: int) -> Pack | None:
        """The pack as it is in force at `at`, with the entries of that time only; none when it is not adopted."""
        stretch = self._stretch(code, at)
        return None if stretch is None else stretch.pack

    def packs(self) -> tuple[Pack, ...]:
        """The newest version of each adopted pack, whole, by code."""
        return tuple(self._newest[code] for code in sorted(self._newest))

    def default_pack(self) -> str:
        """The pack of tickets that name none; empty when no pack is adopted."""
        return self._default

    def _stretch(self, code: str, at: int) -> _Stretch | None:
        line = self._lines.get(code)
        return None if line is None else line.stretches[bisect_right(line.begins, at) - 1]


def in_force(pack: Pack, at: int) -> Pack:
    """The pack with the entries that hold at `at` (microseconds UTC), and the first form of those yet to begin."""
    return pack.model_copy(update={field: _holding(getattr(pack, field), at) for field in lists()})


def assumed(entry: Dated, at: int) -> bool:
    """Whether `at` lies before the first date from which the entry is known to hold (OD-10)."""
    begins = entry.begins()
    return begins is not None and at < begins


def compile_rules(pack: Pack, revision_id: int, calendars: Mapping[str, AdoptedCalendar], axes: AxisCache) -> Rules:
    """The look-ups of a pack whose entries all hold at one time, see `in_force`.

    `calendars` by code. Raises InternalFault when one that the pack names is missing.
    """
    own: dict[str, str | None] = {"": None, **{plan.code: plan.calendar for plan in pack.plans}}
    by_plan = {plan: {kind: _calendar(pack, kind, code, calendars) for kind in ClockKind} for plan, code in own.items()}
    base = pack.plan(pack.base_plan)
    auto_close = pack.clock(ClockKind.AUTO_CLOSE)
    review = pack.clock(ClockKind.ESCALATION_REVIEW)
    message, answer = pack.on_customer_message, pack.on_support_message
    return Rules(
        pack=pack.code,
        revision_id=revision_id,
        initial_status=pack.initial_status,
        closed_status=pack.closed_status,
        reopen_status=message.becomes if message else pack.initial_status,
        status_class={status.code: status.status_class for status in pack.statuses},
        reopens_on_message=message.statuses if message else frozenset(),
        clocks={clock.kind: ClockRules(clock.kind, clock.met_by, clock.pauses) for clock in pack.clocks},
        targets={plan.code: _promised(pack.targets(plan)) for plan in pack.plans},
        base_targets=_promised(pack.targets(base)) if base else {},
        axes={
            plan: {kind: axes.axis(used.calendar) for kind, used in kinds.items()} for plan, kinds in by_plan.items()
        },
        calendar_ids={
            plan: {kind: used.calendar_id for kind, used in kinds.items()} for plan, kinds in by_plan.items()
        },
        auto_close=auto_close.target if auto_close else None,
        row_clocks=pack.row_clocks,
        automatic_answers="automatic" in pack.answers,
        internal_answers="internal" in pack.answers,
        base_plan=pack.base_plan,
        severity_default=pack.severity_default,
        moved_by_support=answer.statuses if answer else frozenset(),
        answered_status=answer.becomes if answer else "",
        review=review.target if review else None,
        outage=pack.escalating.superseded_by if pack.escalating else frozenset(),
        order=pack.order.by if pack.order else ("severity",),
        plan_ranks={**{plan.code: plan.rank for plan in pack.plans}, None: base.rank if base else 0},
        priority_ranks={
            **{entry.level: entry.rank for entry in pack.customer_priorities},
            None: next((entry.rank for entry in pack.customer_priorities if entry.default), 0),
        },
        parked=_parked(pack),
    )


def _compile(adoptions: Sequence[AdoptedPack], axes: AxisCache) -> _Version:
    """The first of `adoptions` with the calendars of each of them."""
    adoption = adoptions[0]
    calendars: list[tuple[int, Mapping[str, AdoptedCalendar]]] = []
    for later in adoptions:
        found = {**adoption.calendars, **later.calendars}
        if not calendars or calendars[-1][1] != found:
            calendars.append((later.adopted_at, found))
    dates = {instant for entry in entries(adoption.pack) for instant in (entry.begins(), entry.ends())}
    begins = (_ALWAYS, *sorted(instant for instant in dates if instant is not None))
    stretches = []
    for instant in begins:
        pack = in_force(adoption.pack, instant)
        rules = ((since, compile_rules(pack, adoption.revision_id, found, axes)) for since, found in calendars)
        stretches.append(_Stretch(pack, tuple(rules)))
    return _Version(adoption.adopted_at, begins, tuple(stretches))


def _line(versions: Sequence[_Version]) -> _Line:
    """Each version from its adoption to that of the next; the first also holds before its own."""
    found: list[tuple[int, _Stretch]] = []
    for number, version in enumerate(versions):
        since = version.adopted_at if number else _ALWAYS
        first = bisect_right(version.begins, since) - 1
        found.append((since, version.stretches[first]))
        until = versions[number + 1].adopted_at if number + 1 < len(versions) else None
        later = zip(version.begins[first + 1 :], version.stretches[first + 1 :], strict=True)
        found.extend((begin, stretch) for begin, stretch in later if until is None or begin < until)
    return _Line(tuple(begin for begin, _ in found), tuple(stretch for _, stretch in found))


def _holding(found: Sequence[_E], at: int) -> tuple[_E, ...]:
    first: dict[str, int] = {}
    for entry in found:
        begins = entry.begins()
        begins = _ALWAYS if begins is None else begins
        first[entry.key] = min(first.get(entry.key, begins), begins)
    return tuple(entry for entry in found if _holds(entry, at, first[entry.key]))


def _holds(entry: Dated, at: int, first: int) -> bool:
    begins, ends = entry.begins(), entry.ends()
    if begins is not None and at < begins:
        return begins == first
    return ends is None or at < ends


def _promised(targets: Targets) -> dict[ClockKind, dict[int, int]]:
    return {
        kind: {severity: target for severity, target in by_severity.items() if target is not None}
        for kind, by_severity in targets.items()
    }


def _parked(pack: Pack) -> ParkedRules | None:
    found = pack.parked
    return None if found is None else ParkedRules(found.after, found.before_breach, found.customer_waits)


def _calendar(
    pack: Pack, kind: ClockKind, of_plan: str | None, calendars: Mapping[str, AdoptedCalendar]
) -> AdoptedCalendar:
    clock = pack.clock(kind)
    code = (clock.calendar if clock else None) or of_plan or pack.calendar
    if code not in calendars:
        raise InternalFault("calendar_not_adopted", pack=pack.code, calendar=code)
    found = calendars[code]
    if kind is ClockKind.ETA and not found.calendar.continuous:
        # An ETA names an instant, whether or not somebody works then.
        return AdoptedCalendar(found.calendar_id, _ALWAYS_OPEN)
    return found
