"""Consistency: short lines at the left, tables no higher than their rows, ids that are never cut."""

from __future__ import annotations

from datetime import UTC

import pytest
from pytestqt.qtbot import QtBot

from console.domain.instants import DAY, parse_instant
from console.domain.reviews import ACCEPTED, REJECTED, DecisionRow
from console.services.reviewing.review_consistency import partings
from console.time_source import FixedTime
from models.decision_model import DecisionColumn
from ui.review_page.consistency_tab import ConsistencyTab
from ui.theme import LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
NOW = parse_instant("2026-11-21T02:14:31Z")
NAMES = {("odin", "severity", "3"): "Normal", ("odin", "plan", "gold"): "Gold"}


def decision(seq: int, kind: str, number: str = "48000") -> DecisionRow:
    return DecisionRow(
        seq=seq,
        uid=f"d{seq}",
        at=NOW - seq * DAY,
        kind=kind,
        ticket_id=seq,
        number=number,
        customer=None,
        pack="odin",
        plan="gold",
        severity=3,
        level=1,
        channel="button",
        asked_at=NOW - seq * DAY - 60_000_000,
        review_due_at=None,
        allowed=False,
        to_severity=None,
        reason_code=None,
        asked_because=None,
        actor="Nora Lindqvist",
        os_user="nora",
    )


@pytest.fixture
def tab(qtbot: QtBot) -> ConsistencyTab:
    tab = ConsistencyTab(LIGHT, FixedTime(NOW), UTC, NAMES)
    qtbot.addWidget(tab)
    tab.resize(1000, 600)
    tab.show()
    found = partings([decision(1, REJECTED), decision(2, REJECTED, "C-10231-0042"), decision(3, ACCEPTED)])
    tab.show_partings(found, {})
    return tab


def test_a_line_says_what_is_shared_once_and_how_it_went(tab: ConsistencyTab) -> None:
    index = tab.list.lines.index(0)
    assert index.data() == "● 3 Normal · Gold\nnot allowed yet: 2 rejected, 1 accepted"
    assert tab.title.text() == "Escalation · ● 3 Normal · Gold · level 1 · the rules did not allow it yet"


def test_tables_end_with_their_rows(tab: ConsistencyTab) -> None:
    shown = [table for table in tab.tables if table.isVisible()]
    assert [table.decisions.rowCount() for table in shown] == [2, 1]
    for table in shown:
        rows = table.verticalHeader().length() + table.horizontalHeader().height()
        assert rows <= table.height() <= rows + 4
        assert table.verticalScrollBar().maximum() == 0


def test_an_id_is_never_cut(tab: ConsistencyTab) -> None:
    for table in tab.tables:
        if table.isVisible():
            assert table.columnWidth(DecisionColumn.TICKET) >= table.sizeHintForColumn(DecisionColumn.TICKET)
