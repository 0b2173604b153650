"""An engineer reduces a severity with the customer's confirmation attached, and only with it (OD-2)."""

from __future__ import annotations

import pytest

from console.domain.errors import UserError
from console.domain.facts import FactKind
from console.services.severities.severity import Wish
from console.services.severities.severity_confirmation import Confirmation, customer_messages
from console.services.severities.severity_preview import SeverityPreview
from console.store.database import Connection
from tests.services.served_desk import ENGINEER, MANAGER, ServedDesk


def decide(served: ServedDesk, ticket: int, given: Confirmation | None, to: int = 4) -> None:
    wish, base = Wish(to, "it is cosmetic", confirmation=given), served.revision()
    severity = served.desk.severity
    served.desk.db.write_now(lambda conn: severity.decide(conn, ticket, wish, ENGINEER, base_revision=base))


def test_a_message_of_the_ticket_says_it(served: ServedDesk) -> None:
    ticket = served.ticket(severity=3)
    served.customer_writes(ticket, "12T10:30")
    (message,) = customer_messages(tuple(served.facts(ticket)), served.time.at)
    decide(served, ticket, Confirmation(message.uid))
    (entry,) = served.journal()
    assert (entry.role, served.evidence(entry)["confirmation"]) == ("support_engineer", {"message": message.uid})
    decided = served.facts(ticket)[-1]
    assert (decided.kind, decided.a, decided.t) == (FactKind.SEVERITY_SET, 4, message.uid)


def test_what_was_said_on_the_phone_is_kept_as_a_note_of_the_decision(served: ServedDesk) -> None:
    ticket = served.ticket(severity=3)
    decide(served, ticket, Confirmation(None, " Anna Petrova ", " fine with us "))
    (entry,) = served.journal()
    note, decided = served.facts(ticket)[-2:]
    assert (note.kind, note.t, note.decision_uid) == (FactKind.NOTE, "confirmation", entry.uid)
    assert (decided.kind, decided.t, decided.decision_uid) == (FactKind.SEVERITY_SET, note.uid, entry.uid)
    assert served.evidence(entry)["confirmation"] == {"note": note.uid}
    written = [each.body for each in served.card(ticket).conversation if each.kind == FactKind.NOTE]
    assert written == ["Anna Petrova: fine with us"]


@pytest.mark.parametrize(
    ("given", "code", "names"),
    [
        (None, "severity_needs_confirmation", {}),
        (Confirmation(None, "", "fine"), "confirmation_incomplete", {"field": "who confirmed it"}),
        (Confirmation(None, "Anna", " "), "confirmation_incomplete", {"field": "the confirmation"}),
        (Confirmation("nobody wrote this"), "confirmation_message_unknown", {"message": "nobody wrote this"}),
    ],
)
def test_without_one_nothing_is_written(
    served: ServedDesk, given: Confirmation | None, code: str, names: dict[str, str]
) -> None:
    ticket = served.ticket(severity=3)
    before = served.everything()
    with pytest.raises(UserError) as refused:
        decide(served, ticket, given)
    assert refused.value.code == code
    assert names.items() <= refused.value.values.items()
    assert served.everything() == before


def test_neither_an_answer_of_support_nor_what_was_taken_back_confirms(served: ServedDesk) -> None:
    ticket = served.ticket(severity=3)
    served.support_writes(ticket, "12T10:20")
    served.customer_writes(ticket, "12T10:30")
    ours, theirs = served.facts(ticket)[-2:]
    served.tell(ticket, "12T10:40", FactKind.VOID, t=theirs.uid)
    for each in (ours, theirs):
        with pytest.raises(UserError) as refused:
            decide(served, ticket, Confirmation(each.uid))
        assert refused.value.code == "confirmation_message_unknown"


def test_what_was_shown_beside_the_clocks_is_kept(served: ServedDesk) -> None:
    ticket, other = served.ticket("T1", severity=4), served.ticket("T2", severity=2)
    severity = served.desk.severity

    def change(conn: Connection) -> SeverityPreview:
        seen = severity.preview(conn, ticket, 1, MANAGER)
        severity.change(conn, ticket, 1, MANAGER, base_revision=seen.base_revision, words="it is down")
        return seen

    seen = served.desk.db.write_now(change)
    assert seen.queue_position is not None
    assert (seen.queue_position.before, seen.queue_position.after) == (2, 1)
    kept = served.evidence(served.journal()[-1])["effects"]
    assert isinstance(kept, dict)
    assert kept["queue_position"] == {"before": 2, "after": 1}
    # Gold 1 promises an answer within two hours: ten o'clock and two hours is the present.
    assert kept["breached_at_once"] == [{"kind": "first_response", "cycle": 0}]
    phone = next(each for each in kept["channels"] if each["channel"] == "phone")
    assert phone == {
        "channel": "phone",
        "before": {"available": False, "available_at": None},
        "after": {"available": True, "available_at": seen.channels[1].after.available_at},
    }
    rows = served.row(ticket), served.row(other)
    assert rows[0].due_s < rows[1].due_s
