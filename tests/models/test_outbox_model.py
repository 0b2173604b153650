"""The messages of the outbox as rows: new ones come in on top, states change in place, time turns what leaves."""

from __future__ import annotations

from random import Random

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from console.domain.instants import MINUTE
from console.domain.records import OutboxMessage
from models.outbox_model import OutboxColumn, OutboxModel, OutboxWords

NOW = 1_780_000_000_000_000


def message(number: int, *, leaves: int = NOW + 10 * MINUTE, state: str = "waiting") -> OutboxMessage:
    text = f"Subject: About {number}\n\nHello"
    return OutboxMessage(
        f"m{number}", "d1", 7, f"T{number}", number, "mail", "person:1", text, leaves, state, f"P{number}"
    )


@pytest.fixture
def model() -> OutboxModel:
    return OutboxModel(
        OutboxWords(
            headers=("Leaves", "To", "By", "Ticket", "Subject"),
            leaves=lambda each, now: (
                each.state if each.state != "waiting" else "later" if each.not_before > now else "now"
            ),
            to=lambda each: each.name or "",
            channel=str,
            subject=lambda text: (text or "").split("\n")[0].removeprefix("Subject: "),
        )
    )


def texts(model: OutboxModel, column: OutboxColumn) -> list[str]:
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_a_row_says_when_to_whom_by_what_and_about_what(model: OutboxModel) -> None:
    model.show_messages([message(2), message(1)], NOW)
    assert [str(model.index(0, column).data()) for column in OutboxColumn] == ["later", "P2", "mail", "T2", "About 2"]
    assert model.message(1) == message(1)
    assert model.message(2) is None
    assert (model.row_of("m1"), model.row_of("m9")) == (1, -1)


def test_new_messages_come_in_on_top_and_the_others_stay(model: OutboxModel, qtbot: QtBot) -> None:
    model.show_messages([message(1)], NOW)
    with qtbot.waitSignal(model.rowsInserted), qtbot.assertNotEmitted(model.modelReset):
        model.show_messages([message(3), message(2), message(1)], NOW)
    assert texts(model, OutboxColumn.TICKET) == ["T3", "T2", "T1"]


def test_a_state_changes_in_place(model: OutboxModel, qtbot: QtBot) -> None:
    model.show_messages([message(2), message(1)], NOW)
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.show_messages([message(2), message(1, state="cancelled")], NOW)
    assert texts(model, OutboxColumn.LEAVES) == ["later", "cancelled"]


def test_what_comes_to_its_instant_says_so(model: OutboxModel, qtbot: QtBot) -> None:
    model.show_messages([message(2), message(1, leaves=NOW + MINUTE)], NOW)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.tick(NOW + MINUTE)
    assert changed.args is not None
    assert changed.args[0].row() == 1
    assert texts(model, OutboxColumn.LEAVES) == ["later", "now"]
    with qtbot.assertNotEmitted(model.dataChanged):
        model.tick(NOW + 2 * MINUTE)


def test_random_changes_are_told_as_qt_asks_for(model: OutboxModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    rng = Random(7)
    shown: list[OutboxMessage] = []
    for step in range(60):
        if rng.random() < 0.5:
            shown = [message(100 * step + place) for place in range(rng.randrange(3))] + shown
        elif rng.random() < 0.5:
            shown = [each for each in shown if rng.random() < 0.7]
        else:
            shown = [each._replace(state="cancelled") if rng.random() < 0.3 else each for each in shown]
        model.show_messages(shown, NOW + step)
        assert texts(model, OutboxColumn.TICKET) == [each.number for each in shown]
