"""What a manager saw when a decision was taken: rebuilt from facts and policy of then, and held against the evidence.

The decision stood on everything that was recorded before it: facts and adoptions with a smaller revision than its own.
The evidence that was kept then stands. Where today's engine computes otherwise, both are said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.domain.compile import CompiledBook
from console.domain.decisions import JournalEntry
from console.domain.eligibility import ChannelVerdict, Verdict, verdict
from console.domain.errors import InternalFault
from console.domain.explain import ClockStory, explain
from console.domain.facts import Fact
from console.domain.fold import fold
from console.domain.reviews import PolicyVersion
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase, ClockState, TicketState
from console.services.clock_changes import ClockChange, clock_changes
from console.services.standing import clocks_as_evidence, verdict_as_evidence
from console.services.tickets import TicketCard, TicketService
from console.store import decision_rows, journal, parties, tickets
from console.store.database import Connection

BookThen = Callable[[Connection, int], CompiledBook]
"""The policy as it was known at a revision."""

_PLAIN = ("severity", "status", "plan")
_SIDES = {"clocks": "clock", "preview": "preview"}


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the evidence and what today's engine computes part: `what` is severity, status, plan, facts, clock, preview
    or verdict; `which` the clock (kind, cycle) or the channel and rule; `field` what of it."""

    what: str
    which: str
    field: str
    kept: object
    computed: object


@dataclass(frozen=True, slots=True)
class Seen:
    """A ticket as it was seen when a decision was taken.

    `card` is the ticket then, with the clocks and the verdict that the evidence kept. `preview`: every clock before and
    after the decision. `engine` made the evidence, none where it does not say. `later_facts` came in between what was
    on screen (base_revision) and the decision. `policy` is the version that was in force.
    """

    card: TicketCard
    preview: tuple[ClockChange, ...]
    differences: tuple[Difference, ...]
    engine: str | None
    later_facts: tuple[Fact, ...]
    policy: PolicyVersion | None
    evidence: Mapping[str, Any]


class SeenThen:
    """Rebuilds what was seen."""

    def __init__(self, book_then: BookThen, tickets_of: TicketService) -> None:
        self._book_then = book_then
        self._tickets = tickets_of

    def of(self, conn: Connection, entry: JournalEntry) -> Seen:
        """What was seen at this decision. Raises InternalFault for one that is about no ticket."""
        if entry.ticket_id is None:
            raise InternalFault("decision_without_ticket", kind=entry.kind)
        kept = {} if entry.evidence_sha256 is None else dict(journal.evidence_of(conn, entry.evidence_sha256))
        known = entry.revision - 1
        book = self._book_then(conn, known)
        facts = tickets.facts(conn, entry.ticket_id, until_revision=known)
        state, stories = explain(facts, book, entry.at)
        pack, rules = book.pack(state.pack, entry.at), book.rules(state.pack, state.created_at, entry.at)
        if pack is None or rules is None:
            raise InternalFault("no_policy", pack=state.pack)
        found = verdict(state, pack, rules, entry.at)
        after = fold(tickets.facts(conn, entry.ticket_id, until_revision=entry.revision), book, entry.at)
        card = replace(
            self._tickets.card(conn, entry.ticket_id, now=entry.at),
            state=_state_of(kept, state),
            stories=_stories_of(kept, stories),
            verdict=_verdict_of(kept, found),
            conversation=tuple(tickets.conversation(conn, entry.ticket_id, until=entry.at, until_revision=known)),
            pack=pack,
            owner=parties.person_name(conn, state.owner_id),
            support_group=parties.support_group_name(conn, state.group_id),
            facts=tuple(facts),
            base_revision=entry.base_revision,
        )
        before = read_clocks(kept.get("clocks"), state.clocks)
        engine = kept.get("engine")
        return Seen(
            card=card,
            preview=clock_changes(before, read_clocks(kept.get("preview"), after.clocks)),
            differences=tuple(differences(kept, facts, state, after, found)),
            engine=engine if isinstance(engine, str) else None,
            later_facts=tuple(fact for fact in facts if fact.revision > entry.base_revision),
            policy=decision_rows.policy_version(conn, entry.policy_revision_id, known),
            evidence=kept,
        )


def differences(
    kept: Mapping[str, Any], facts: Sequence[Fact], state: TicketState, after: TicketState, found: Verdict
) -> Iterator[Difference]:
    """Where the evidence says something else than was computed now; what it did not keep cannot differ."""
    for name in _PLAIN:
        if name in kept and kept[name] != getattr(state, name):
            yield Difference(name, "", name, kept[name], getattr(state, name))
    if "facts" in kept and sorted(kept["facts"]) != sorted(fact.uid for fact in facts):
        yield Difference("facts", "", "facts", len(kept["facts"]), len(facts))
    for name, clocks in (("clocks", state.clocks), ("preview", after.clocks)):
        if name in kept:
            yield from _parted(_SIDES[name], _by_clock(kept[name]), _by_clock(clocks_as_evidence(clocks)))
    if "verdict" in kept:
        yield from _parted("verdict", _by_rule(kept["verdict"]), _by_rule(verdict_as_evidence(found)))


def read_clocks(kept: Any, computed: Sequence[ClockState]) -> tuple[ClockState, ...]:
    """The clocks of the evidence; what it does not keep of each is taken from what was computed. Without evidence: what
    was computed."""
    if kept is None:
        return tuple(computed)
    now = {(clock.kind, clock.cycle): clock for clock in computed}
    return tuple(_read_clock(each, now.get((ClockKind(each["kind"]), each["cycle"]))) for each in kept)


def _read_clock(kept: Mapping[str, Any], computed: ClockState | None) -> ClockState:
    return ClockState(
        kind=ClockKind(kept["kind"]),
        cycle=kept["cycle"],
        phase=ClockPhase(kept["phase"]),
        started_at=kept["started_at"],
        target_work=kept["target_work"],
        used_work=kept["used_work"],
        since_at=kept["started_at"] if computed is None else computed.since_at,
        due_at=kept["due_at"],
        original_due_at=kept["original_due_at"],
        stopped_at=kept["stopped_at"],
        breached_at=kept["breached_at"],
        plan=None if computed is None else computed.plan,
        calendar_id=0 if computed is None else computed.calendar_id,
    )


def _state_of(kept: Mapping[str, Any], state: TicketState) -> TicketState:
    clocks = read_clocks(kept.get("clocks"), state.clocks)
    plain = {name: kept[name] for name in _PLAIN if name in kept}
    return state._replace(clocks=clocks, **plain)


def _stories_of(kept: Mapping[str, Any], stories: Sequence[ClockStory]) -> tuple[ClockStory, ...]:
    """The stories with the clocks of the evidence. Segments of a clock that is another one now would not sum to it:
    they are left out."""
    computed = {(story.clock.kind, story.clock.cycle): story for story in stories}
    found = []
    for clock in read_clocks(kept.get("clocks"), [story.clock for story in stories]):
        story = computed.get((clock.kind, clock.cycle))
        if story is not None and story.clock == clock:
            found.append(story)
        else:
            found.append(ClockStory(clock, clock.used_work, (), None))
    return tuple(found)


def _verdict_of(kept: Mapping[str, Any], found: Verdict) -> Verdict:
    """The verdict of the evidence in the words of the pack of then."""
    if "verdict" not in kept:
        return found
    told = {each["channel"]: each for each in kept["verdict"]}
    return replace(found, channels=tuple(_channel_of(told.get(each.channel), each) for each in found.channels))


def _channel_of(kept: Mapping[str, Any] | None, found: ChannelVerdict) -> ChannelVerdict:
    if kept is None:
        return found
    told = {(each["rule"], each["text_code"]): each for each in kept["rules"]}
    rules = tuple(
        rule
        if (known := told.get((rule.rule, rule.text_code))) is None
        else replace(rule, holds=known["holds"], required=known["required"], at=known["at"])
        for rule in found.rules
    )
    return replace(found, available=kept["available"], available_at=kept["available_at"], rules=rules)


def _by_clock(clocks: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {f"{each['kind']} {each['cycle'] + 1}" if each["cycle"] else str(each["kind"]): each for each in clocks}


def _by_rule(channels: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for channel in channels:
        name = str(channel["channel"])
        found[name] = {key: channel[key] for key in ("available", "available_at")}
        for rule in channel["rules"]:
            found[f"{name} {rule['rule']} {rule['text_code']}"] = {
                key: rule[key] for key in ("holds", "required", "at")
            }
    return found


def _parted(
    what: str, kept: Mapping[str, Mapping[str, Any]], computed: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    for which in dict.fromkeys((*kept, *computed)):
        then, now = kept.get(which), computed.get(which)
        if then is None or now is None:
            yield Difference(what, which, "exists", then is not None, now is not None)
            continue
        for field in then:
            if field in now and then[field] != now[field]:
                yield Difference(what, which, field, then[field], now[field])
