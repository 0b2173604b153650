"""The manager's other acts: an ETA moves the verdict, the owner changes, a note is no answer; each is a decision."""

from __future__ import annotations

from functools import partial

import pytest

from console.domain.decisions import Actor, Change
from console.domain.eligibility import Verdict
from console.domain.errors import ConflictError, UserError
from console.domain.facts import ActorKind, FactKind
from console.domain.instants import HOUR
from console.domain.records import OutboxFilter, OutboxMessage
from console.domain.rules import ClockKind
from console.services.standing import clocks_as_evidence
from console.store import outbox
from tests.services.served_desk import ENGINEER, MANAGER, OTHER, ServedDesk, at
from tests.services.shifts_desk import owned, people, read, write

VIEWER = Actor("Vera", "viewer")


def set_eta(
    served: ServedDesk,
    ticket: int,
    due: int,
    actor: Actor = MANAGER,
    promise: str = "resolution",
    base: int | None = None,
    words: str = "The patch is in test",
) -> Change:
    job = partial(
        served.desk.acts.set_eta,
        ticket_id=ticket,
        actor=actor,
        base_revision=served.revision() if base is None else base,
        due_at=due,
        promise=promise,
        words=words,
    )
    return write(served, job)


def available_from(verdict: Verdict, channel: str) -> int | None:
    found = verdict.channel(channel)
    assert found is not None
    return found.available_at


def messages(served: ServedDesk, ticket: int) -> list[OutboxMessage]:
    return read(served, lambda conn: outbox.messages(conn, OutboxFilter(ticket_id=ticket)))


def test_an_eta_moves_the_verdict_as_its_preview_said(served: ServedDesk) -> None:
    # OD-7, OD-8b: created 10:00, ETA set 12:00 for 20:00: the button is there from the midpoint, 16:00.
    ticket = served.ticket(opened="12T10:00", severity=2)
    due = at("12T20:00")
    seen = read(served, partial(served.desk.acts.preview_eta, ticket_id=ticket, due_at=due, promise="resolution"))
    assert seen.refusal is None
    before, after = (available_from(each, "button") for each in (seen.verdict_before, seen.verdict_after))
    assert before != after

    change = set_eta(served, ticket, due)
    card = served.card(ticket)
    assert card.state.eta is not None
    assert (card.state.eta.due_at, card.state.eta.promise) == (due, "resolution")
    assert available_from(card.verdict, "button") == after
    assert clocks_as_evidence(card.state.clocks) == clocks_as_evidence(seen.after.clocks)
    assert any(clock.kind is ClockKind.ETA for clock in card.state.clocks)
    (entry,) = served.journal()
    assert (entry.kind, entry.uid, entry.actor, entry.words) == (
        "eta_set",
        change.decision_uid,
        "Mara",
        "The patch is in test",
    )
    kept = served.evidence(entry)
    assert (kept["due_at"], kept["promise"]) == (due, "resolution")
    assert kept["preview"] == clocks_as_evidence(card.state.clocks)
    assert kept["verdict"] != kept["verdict_after"]


@pytest.mark.parametrize(
    ("due", "promise", "actor", "code"),
    [
        ("12T12:00", "resolution", MANAGER, "eta_not_after_set"),
        ("12T11:00", "update", MANAGER, "eta_not_after_set"),
        ("12T13:00", "soon", MANAGER, "eta_promise_unknown"),
        ("12T13:00", "update", VIEWER, "role_may_not"),
    ],
)
def test_an_eta_that_does_not_fit_leaves_nothing(
    served: ServedDesk, due: str, promise: str, actor: Actor, code: str
) -> None:
    ticket = served.ticket()
    before = served.everything()
    with pytest.raises(UserError) as refused:
        set_eta(served, ticket, at(due), actor, promise)
    assert refused.value.code == code
    assert served.everything() == before


def test_an_engineer_may_give_an_eta_and_writes_as_support(served: ServedDesk) -> None:
    ticket = served.ticket()
    set_eta(served, ticket, at("12T20:00"), ENGINEER, "update")
    assert served.facts(ticket)[-1].actor_kind == ActorKind.AGENT


def test_a_closed_ticket_gets_no_eta_and_asks_for_none(served: ServedDesk) -> None:
    (ann,) = people(served, "Ann")
    ticket = owned(served, "T1", ann)
    served.tell(ticket, "12T11:00", FactKind.STATUS_SET, t="closed")
    acts = served.desk.acts
    seen = read(served, partial(acts.preview_eta, ticket_id=ticket, due_at=at("13T10:00"), promise="update"))
    assert (seen.refusal, seen.after) == ("eta_closed", seen.before)
    with pytest.raises(UserError, match="eta_closed"):
        set_eta(served, ticket, at("13T10:00"))
    with pytest.raises(UserError, match="eta_closed"):
        write(served, partial(acts.ask_eta, ticket_id=ticket, actor=MANAGER, base_revision=0))


def test_somebody_who_gave_an_eta_meanwhile_refuses_mine(served: ServedDesk) -> None:
    ticket = served.ticket()
    base = served.revision()
    set_eta(served, ticket, at("12T20:00"), OTHER)
    before = served.everything()
    with pytest.raises(ConflictError) as refused:
        set_eta(served, ticket, at("12T18:00"), base=base)
    assert (refused.value.values["who"], refused.value.values["what"]) == ("Otto", "eta_set")
    assert served.everything() == before


def test_asking_the_owner_writes_a_mail_and_a_note(served: ServedDesk) -> None:
    (ann,) = people(served, "Ann")
    ticket = owned(served, "T1", ann)
    ask = partial(
        served.desk.acts.ask_eta, ticket_id=ticket, actor=MANAGER, base_revision=served.revision(), words="They wait"
    )
    write(served, ask)
    (sent,) = messages(served, ticket)
    assert (sent.to, sent.name, sent.channel, sent.not_before) == (f"person:{ann}", "Ann", "mail", served.time.at)
    assert sent.text is not None
    assert sent.text.startswith("Subject: T1: ")
    assert "They wait" in sent.text
    assert served.facts(ticket)[-1].kind == FactKind.NOTE
    said = served.card(ticket).conversation[-1]
    assert (said.body, said.public) == ("ETA asked of Ann. They wait", False)
    assert [entry.kind for entry in served.journal()] == ["eta_asked"]


def test_nobody_is_asked_where_nobody_owns_it(served: ServedDesk) -> None:
    ticket = served.ticket()
    before = served.everything()
    with pytest.raises(UserError, match="eta_ask_nobody"):
        write(served, partial(served.desk.acts.ask_eta, ticket_id=ticket, actor=MANAGER, base_revision=0))
    assert served.everything() == before


def give(served: ServedDesk, ticket: int, owner: int | None, actor: Actor = MANAGER, base: int | None = None) -> Change:
    revision = served.revision() if base is None else base
    job = partial(
        served.desk.acts.set_owner, ticket_id=ticket, actor=actor, base_revision=revision, owner_id=owner, words=None
    )
    return write(served, job)


def test_the_owner_changes_and_who_both_are_is_kept(served: ServedDesk) -> None:
    ann, bo = people(served, "Ann", "Bo")
    ticket = owned(served, "T1", ann)
    give(served, ticket, bo)
    assert (served.card(ticket).owner, served.row(ticket).owner) == ("Bo", "Bo")
    (entry,) = served.journal()
    kept = served.evidence(entry)
    assert (kept["owner_id_before"], kept["owner_id_after"]) == (ann, bo)
    said = served.card(ticket).conversation[-1]
    assert (said.kind, said.named, said.actor) == (FactKind.OWNER_SET, "Bo", "Mara")
    give(served, ticket, None)
    assert served.card(ticket).owner is None


def test_who_may_not_give_and_what_cannot_be_given(served: ServedDesk) -> None:
    ann, bo = people(served, "Ann", "Bo")
    ticket = owned(served, "T1", ann)
    before = served.everything()
    for owner, actor, code in ((bo, ENGINEER, "role_may_not"), (ann, MANAGER, "owner_same"), (999, MANAGER, "person")):
        with pytest.raises(UserError, match=code):
            give(served, ticket, owner, actor)
    assert served.everything() == before


def test_a_closed_ticket_keeps_its_owner(served: ServedDesk) -> None:
    ann, bo = people(served, "Ann", "Bo")
    ticket = owned(served, "T1", ann)
    served.tell(ticket, "12T11:00", FactKind.STATUS_SET, t="closed")
    with pytest.raises(UserError, match="owner_closed"):
        give(served, ticket, bo)
    assert served.card(ticket).owner == "Ann"


def test_only_another_owner_refuses_mine(served: ServedDesk) -> None:
    ann, bo, cy = people(served, "Ann", "Bo", "Cy")
    ticket = owned(served, "T1", ann)
    base = served.revision()
    set_eta(served, ticket, at("12T20:00"), OTHER)
    give(served, ticket, bo, base=base)
    with pytest.raises(ConflictError) as refused:
        give(served, ticket, cy, OTHER, base=base)
    assert refused.value.values["what"] == "owner_set"


def test_a_note_is_read_by_colleagues_and_answers_nobody(served: ServedDesk) -> None:
    ticket = served.ticket(severity=2)
    served.customer_writes(ticket, "12T11:00")
    before = served.card(ticket).state
    job = partial(served.desk.acts.note, ticket_id=ticket, actor=MANAGER, words="  Ask the vendor  ")
    write(served, lambda conn: job(conn, base_revision=0))
    card = served.card(ticket)
    assert (card.conversation[-1].body, card.conversation[-1].public) == ("Ask the vendor", False)
    assert (card.state.clocks, card.state.turn, card.state.last_contact_at) == (before.clocks, before.turn, None)
    with pytest.raises(UserError, match="words_missing"):
        write(served, lambda conn: served.desk.acts.note(conn, ticket, MANAGER, base_revision=0, words="  "))
    with pytest.raises(UserError, match="role_may_not"):
        write(served, lambda conn: served.desk.acts.note(conn, ticket, VIEWER, base_revision=0, words="x"))


def test_an_act_on_facts_that_are_ahead_comes_after_them(served: ServedDesk) -> None:
    ticket = served.ticket()
    served.tell(ticket, "12T12:30", FactKind.NOTE)
    set_eta(served, ticket, at("12T20:00"))
    fact = served.facts(ticket)[-1]
    assert (fact.kind, fact.at) == (FactKind.ETA_SET, at("12T12:30") + 1)


def test_an_act_is_undone_as_a_whole_within_ten_minutes(served: ServedDesk) -> None:
    ann, bo = people(served, "Ann", "Bo")
    ticket = owned(served, "T1", ann)
    before = served.card(ticket).state
    due = set_eta(served, ticket, at("12T20:00"))
    given = give(served, ticket, bo)
    for change in (given, due):
        assert change.decision_uid is not None
        job = partial(served.desk.undo.undo, decision_uid=change.decision_uid, actor=MANAGER)
        write(served, job)
    after = served.card(ticket)
    assert (after.owner, after.state.eta) == ("Ann", None)
    assert clocks_as_evidence(after.state.clocks) == clocks_as_evidence(before.clocks)
    assert [entry.kind for entry in served.journal()] == ["eta_set", "owner_set", "undone", "undone"]


def undo(served: ServedDesk, change: Change, actor: Actor = MANAGER) -> None:
    uid = change.decision_uid
    assert uid is not None
    write(served, lambda conn: served.desk.undo.undo(conn, uid, actor))


def test_an_owner_an_eta_and_a_note_are_undone(served: ServedDesk) -> None:
    ann, bo = people(served, "Ann", "Bo")
    ticket = owned(served, "T1", ann)
    before = served.card(ticket)
    acts = served.desk.acts
    due = served.time.at + HOUR

    def same() -> bool:
        now = served.card(ticket)
        return (now.owner, now.state.clocks, now.conversation) == (
            before.owner,
            before.state.clocks,
            before.conversation,
        )

    undo(served, give(served, ticket, bo))
    assert served.row(ticket).owner == "Ann"
    assert same()
    eta = partial(acts.set_eta, ticket_id=ticket, actor=MANAGER, due_at=due, promise="resolution", words="by six")
    undo(served, write(served, lambda conn: eta(conn, base_revision=served.revision())))
    assert same()
    note = partial(acts.note, ticket_id=ticket, actor=ENGINEER, base_revision=0, words="Called")
    undo(served, write(served, note), ENGINEER)
    assert same()
    asked = write(served, partial(acts.ask_eta, ticket_id=ticket, actor=MANAGER, base_revision=0))
    undo(served, asked)
    assert same()
    assert [message.state for message in messages(served, ticket)] == ["cancelled"]
    assert [entry.kind for entry in served.journal()][1::2] == ["undone"] * 4


def test_an_eta_without_words_is_told_apart_from_one_whose_words_were_erased(served: ServedDesk) -> None:
    ticket = served.ticket()
    change = set_eta(served, ticket, at("12T20:00"), words="")
    (told,) = [each for each in served.card(ticket).conversation if each.decision_uid == change.decision_uid]
    assert (told.body, told.wordless, told.erased) == (None, True, False)
