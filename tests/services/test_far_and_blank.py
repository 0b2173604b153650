"""What is too far ahead is a slip in the year, and words that cannot be read are none: refused, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from console.domain.errors import UserError
from console.domain.instants import DAY, FURTHEST
from console.services.severities.severity import Wish
from console.services.severities.severity_confirmation import Confirmation
from console.store.database import Connection
from tests.services.escalating import Escalating
from tests.services.served_desk import ENGINEER, MANAGER, ServedDesk

BLANK = "\u200b\x00 \u202e"
# A century late, and later than any calendar goes.
FAR = (100 * 366 * DAY, 2**62)


@pytest.mark.parametrize("ahead", FAR)
@pytest.mark.parametrize("act", ["eta", "remind", "accept"])
def test_a_slip_in_the_year_is_refused(served: ServedDesk, act: str, ahead: int) -> None:
    desk = Escalating(served)
    ticket = desk.ticket("odin/gold", 2)
    desk.ask(ticket, "phone")
    services, due = served.desk, served.time.at + ahead
    acts: dict[str, Callable[[Connection], Any]] = {
        "eta": lambda conn: services.acts.set_eta(
            conn, ticket, MANAGER, base_revision=served.revision(), due_at=due, promise="update"
        ),
        "remind": lambda conn: services.marks.remind(conn, ticket, MANAGER, due, None),
        "accept": lambda conn: services.escalations.accept(
            conn, ticket, MANAGER, base_revision=served.revision(), plan_of_action="x", next_update_at=due
        ),
    }
    before = served.everything()
    with pytest.raises(UserError, match="too_far_ahead"):
        services.db.write_now(acts[act])
    assert served.everything() == before
    assert services.db.read_now(lambda conn: services.marks.of(conn, MANAGER)).reminders == ()


def test_ten_years_ahead_can_be_promised(served: ServedDesk) -> None:
    ticket, base = served.ticket(), served.revision()
    due = served.time.at + FURTHEST
    seen = served.desk.db.read_now(lambda conn: served.desk.acts.preview_eta(conn, ticket, due, "update"))
    far = served.desk.db.read_now(lambda conn: served.desk.acts.preview_eta(conn, ticket, due + 1, "update"))
    assert (seen.refusal, far.refusal) == (None, "too_far_ahead")
    served.desk.db.write_now(
        lambda conn: served.desk.acts.set_eta(conn, ticket, MANAGER, base_revision=base, due_at=due, promise="update")
    )


def test_words_that_cannot_be_read_are_none(served: ServedDesk) -> None:
    desk = Escalating(served)
    asked, quiet = desk.ticket("odin/gold", 2, number="T1"), desk.ticket("odin/gold", 2, number="T2")
    desk.ask(asked, "phone")
    before = served.everything()
    services, base = served.desk, served.revision()

    def change(wish: Wish) -> None:
        services.db.write_now(lambda conn: services.severity.decide(conn, quiet, wish, MANAGER, base_revision=base))

    refused: list[tuple[Callable[[], Any], str]] = [
        (lambda: desk.ask(quiet, "phone", words=BLANK), "words_missing"),
        (lambda: desk.accept(asked, plan_of_action=BLANK), "plan_of_action_missing"),
        (lambda: desk.reject(asked, words=BLANK), "words_missing"),
        (lambda: desk.withdraw(asked, words=BLANK), "words_missing"),
        (lambda: change(Wish(1, BLANK)), "words_missing"),
        (lambda: bulk(served, quiet), "words_missing"),
        (lambda: confirmed(served, quiet), "confirmation_incomplete"),
    ]
    for act, code in refused:
        with pytest.raises(UserError) as found:
            act()
        assert found.value.code == code
    assert served.everything() == before


def bulk(served: ServedDesk, ticket: int) -> None:
    service, wish = served.desk.severity_bulk, Wish(1, BLANK)
    lines = served.desk.db.read_now(lambda conn: service.dry_run(conn, [ticket], wish, MANAGER))
    served.desk.db.write_now(lambda conn: service.change(conn, lines, wish, MANAGER))


def confirmed(served: ServedDesk, ticket: int) -> None:
    wish, base = Wish(3, "lower", confirmation=Confirmation(None, "Anna", BLANK)), served.revision()
    served.desk.db.write_now(lambda conn: served.desk.severity.decide(conn, ticket, wish, ENGINEER, base_revision=base))
