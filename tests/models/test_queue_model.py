"""The queue model: the order of the tickets under changes, and rows that are fetched when somebody looks."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt

from models import ordered_rows
from models.queue_columns import Column, QueueRole
from models.queue_model import QueueModel
from models.selection import Selection, SortKey
from models.time_text import Risk
from tests.models.desk import NOW_S, index_of, paused, ticket, without_clock
from tests.models.model_desk import Desk, five, record

pytestmark = pytest.mark.usefixtures("qapp")
FLAG = QItemSelectionModel.SelectionFlag


def test_a_ticket_whose_deadline_moves_goes_where_it_belongs(qtmodeltester) -> None:  # type: ignore[no-untyped-def]
    desk = Desk(five())
    desk.open()
    qtmodeltester.check(desk.model)
    desk.change(ticket(5, -60), ticket(9, 2500), closed=(3,))
    assert desk.ids == [5, 1, 2, 9, 4]
    assert desk.text(5, Column.LEFT) == "−1 m"
    assert desk.text(9, Column.SUBJECT) == "Subject of 9"


def test_a_row_says_everything_in_its_cells() -> None:
    desk = Desk([ticket(7, 598, subject="Mail\nqueue\tstuck", escalation="requested", escalation_s=NOW_S - 90)])
    desk.open()
    desk.model.cells.work_left_of = lambda row, now: 65 * 60_000_000
    texts = [desk.text(7, column) for column in Column]
    assert texts == [
        "2 High", "T7", "Mail queue stuck", "Northwind", "Gold", "Open", "First response", "9 m 58 s", "1 h 5 m",
        "20:36", "Ada", "1 m 30 s",
    ]  # fmt: skip
    assert desk.text(7, Column.SEVERITY, Qt.ItemDataRole.AccessibleTextRole) == "Severity 2 high"
    assert desk.text(7, Column.LEFT, Qt.ItemDataRole.AccessibleTextRole) == "soon 9 m 58 s"
    assert desk.text(7, Column.LEFT, QueueRole.RISK) is Risk.SOON
    assert desk.text(7, Column.LEFT, QueueRole.ROW) == desk.rows[7]
    assert desk.text(7, Column.LEFT, QueueRole.TICKET_ID) == 7
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert desk.text(7, Column.LEFT, Qt.ItemDataRole.TextAlignmentRole) == right
    assert desk.text(7, Column.SUBJECT, Qt.ItemDataRole.ToolTipRole) is None


def test_what_is_unknown_is_blank() -> None:
    desk = Desk([without_clock(1, severity=None, plan=None, owner=None), paused(2, 7500)])
    desk.open()
    blank = (Column.SEVERITY, Column.PLAN, Column.CLOCK, Column.LEFT, Column.DUE, Column.OWNER, Column.ASKED)
    assert [desk.text(1, column) for column in blank] == [""] * len(blank)
    assert desk.text(1, Column.LEFT, Qt.ItemDataRole.AccessibleTextRole) == ""
    assert (desk.text(2, Column.LEFT), desk.text(2, Column.DUE)) == ("‖ 2 h 5 m", "")


def test_heads_have_names() -> None:
    model = Desk().model
    assert model.headerData(Column.LEFT, Qt.Orientation.Horizontal) == "Left"
    assert model.headerData(Column.LEFT, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) == "Left"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


# The first rows


def test_first_rows_give_way_to_the_index_without_a_blink() -> None:
    desk = Desk(five())
    desk.model.setFirstRows(five()[:3])
    assert desk.ids == [1, 2, 3]
    assert desk.text(2, Column.SUBJECT) == "Subject of 2"
    told = record(desk.model)
    desk.model.setIndex(index_of(five()))
    assert told == ["insert 3-4"]
    assert desk.ids == [1, 2, 3, 4, 5]


def test_first_rows_equal_to_the_index_change_nothing() -> None:
    desk = Desk(five())
    desk.model.setFirstRows(five())
    told = record(desk.model)
    desk.model.setIndex(index_of(five()))
    desk.model.setVisibleRows(0, 5)
    assert told == []
    # They were read before the index and may be older: asked for once, shown meanwhile.
    assert desk.wanted == [[1, 2, 3, 4, 5]]


def test_a_given_list_stays_until_a_queue_is_selected() -> None:
    desk = Desk(five())
    model = desk.open()
    model.setFirstRows([ticket(70), ticket(60)])
    desk.change(ticket(1, -5), closed=(5,))
    assert desk.ids == [70, 60]
    model.select(Selection())
    assert desk.ids == [1, 2, 3, 4]


def test_rows_of_another_instant_do_not_mix_with_those_of_now() -> None:
    desk = Desk(five())
    model = desk.open()
    told = record(model)
    # As it was then: rows without a revision.
    model.setFirstRows([replace(ticket(each, each * 1000, subject="Then"), revision=0) for each in (1, 2)])
    assert told == ["remove 2-4", "data 0-1"]
    desk.change(ticket(1, 1000, subject="Now"))
    model.setRows([desk.rows[1]], [1])
    assert [desk.text(each, Column.SUBJECT) for each in (1, 2)] == ["Then", "Then"]
    model.select(Selection())
    model.setVisibleRows(0, 5)
    assert [desk.text(each, Column.SUBJECT) for each in (1, 2)] == ["Now", "Subject of 2"]
    assert told[2:] == ["insert 2-4", "data 0-1"]


def test_an_index_that_was_read_anew_asks_for_the_rows_anew() -> None:
    desk = Desk(five())
    model = desk.open()
    # Written while nobody followed.
    desk.rows[2] = replace(desk.rows[2], subject="Missed", revision=9)
    model.setIndex(index_of(desk.rows.values()))
    assert desk.text(2, Column.SUBJECT) == "Missed"


def test_the_first_rows_need_no_numpy() -> None:
    code = (
        "import sys; from datetime import UTC; import models.queue_model as m; from models.selection import Selection\n"
        "from models.queue_columns import Column\n"
        "from console.domain.rows import QueueRow\n"
        "class T:\n    def now(self): return 0\n"
        "q = m.QueueModel(T(), UTC, None); q.setFirstRows([]); q.setVisibleRows(0, 9); q.flush(); q.advance()\n"
        "print('numpy' in sys.modules)"
    )
    root = Path(ordered_rows.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "False"), done.stderr


# Batches


def test_changes_wait_for_the_flush_and_come_as_one_batch() -> None:
    desk = Desk(five())
    model = desk.open()
    collected: list[None] = []
    model.collected.connect(lambda: collected.append(None))
    told = record(model)
    desk.change(ticket(5, 10), flush=False)
    desk.change(ticket(4, 20), flush=False)
    assert (told, len(collected), desk.ids) == ([], 2, [1, 2, 3, 4, 5])
    model.flush()
    assert desk.ids == [5, 4, 1, 2, 3]
    assert told == ["layout", "data 0-1"]


def test_steps_are_the_smallest_that_say_it() -> None:
    desk = Desk(five())
    told = record(desk.open())
    desk.change(ticket(9, 9000))
    desk.change(closed=(9,))
    desk.change(ticket(3, 3001))
    assert told == ["insert 5-5", "data 5-5", "remove 5-5", "data 2-2"]


def test_many_changes_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordered_rows, "RESET_ABOVE", 3)
    desk = Desk(five())
    told = record(desk.open())
    desk.change(*(ticket(each) for each in (6, 7, 8, 9)))
    assert told[0] == "reset"
    assert desk.ids == [1, 2, 3, 6, 7, 8, 9, 4, 5]


def test_persistent_indexes_and_selection_follow_their_tickets() -> None:
    desk = Desk(five())
    model = desk.open()
    chosen = QItemSelectionModel(model)
    chosen.select(model.index(1, 0), FLAG.Select | FLAG.Rows)
    chosen.select(model.index(3, 0), FLAG.Select | FLAG.Rows)
    kept = {each: QPersistentModelIndex(model.index(model.rowOf(each), Column.DUE)) for each in (1, 2, 3, 4, 5)}
    desk.change(ticket(2, 50_000), ticket(8, 1), closed=(5,))
    assert sorted(model.ticketAt(row.row()) for row in chosen.selectedRows()) == [2, 4]
    assert {each: model.ticketAt(index.row()) for each, index in kept.items() if index.isValid()} == {
        1: 1, 2: 2, 3: 3, 4: 4,
    }  # fmt: skip
    assert not kept[5].isValid()


IDS = st.integers(1, 15)
CHANGE = st.tuples(
    st.lists(st.tuples(IDS, st.integers(0, 2), st.integers(-3000, 3000)), max_size=6),
    st.sets(IDS, max_size=4),
    st.sampled_from(["flush", "collect", "hold", "release", "later", "decide", "open", "severity"]),
)


@given(st.lists(CHANGE, max_size=8), st.integers(1, 6))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_changes_keeps_qt_and_the_selection_right(  # type: ignore[no-untyped-def]
    qtmodeltester, monkeypatch: pytest.MonkeyPatch, steps, reset_above
) -> None:
    monkeypatch.setattr(ordered_rows, "RESET_ABOVE", reset_above)
    desk = Desk(five())
    model = desk.open()
    qtmodeltester.check(model)
    for rows, closed, act in steps:
        kept = [(id_, QPersistentModelIndex(model.index(row, 2))) for row, id_ in enumerate(desk.ids)]
        resets: list[None] = []
        model.modelReset.connect(lambda resets=resets: resets.append(None))
        unique = {ticket_id: (group, left) for ticket_id, group, left in rows}
        # Rows of a feed are open or closed, and never both.
        changed = [
            ticket(each, left, group=group, escalation="requested" if left % 2 else None)
            for each, (group, left) in unique.items()
            if each not in closed
        ]
        desk.change(*changed, closed=tuple(closed), flush=act != "collect")
        act_on(model, desk, act)
        expected = index_of(desk.rows.values()).select(model.selection, desk.time.now() // 1_000_000)
        if act not in ("collect", "hold"):
            assert desk.ids == expected.ids(0, len(expected))
            assert model.pending == 0
        for ticket_id, index in kept:
            if not resets:
                assert model.ticketAt(index.row()) == (ticket_id if model.rowOf(ticket_id) >= 0 else 0)
        model.release("menu")
        model.flush()


def act_on(model: QueueModel, desk: Desk, act: str) -> None:
    match act:
        case "hold":
            model.hold("menu")
        case "release":
            model.release("menu")
        case "later":
            desk.time.now_s += 700
            model.advance()
        case "decide" | "open":
            model.select(Selection(act))
        case "severity":
            model.select(replace(model.selection, sort=SortKey.SEVERITY, descending=True))


# Holding


def test_rows_stand_still_while_they_are_held_and_go_home_afterwards() -> None:
    desk = Desk(five())
    model = desk.open()
    told: list[int] = []
    model.pendingChanged.connect(told.append)
    model.hold("menu")
    model.hold("drag")
    desk.change(ticket(5, 1, subject="Now urgent"), ticket(6, 2), closed=(1,))
    assert desk.ids == [1, 2, 3, 4, 5]
    assert model.pending == 3
    # What a row says is new all the same, and so are the counts.
    assert desk.text(5, Column.SUBJECT) == "Now urgent"
    assert model.counts()["open"] == 5
    model.release("menu")
    assert desk.ids == [1, 2, 3, 4, 5]
    model.release("drag")
    assert desk.ids == [5, 6, 2, 3, 4]
    assert told == [3, 0]


def test_time_does_not_move_held_rows_either() -> None:
    desk = Desk(five())
    model = desk.open()
    model.select(Selection("under_1h"))
    assert desk.ids == [1, 2, 3]
    model.hold("menu")
    desk.time.now_s += 401
    model.advance()
    assert (desk.ids, model.pending) == ([1, 2, 3], 2)
    model.release("menu")
    assert desk.ids == [2, 3, 4]


def test_another_queue_is_shown_at_once_even_when_held() -> None:
    desk = Desk([*five(), paused(6, 9)])
    model = desk.open()
    model.hold("scroll")
    model.select(Selection("paused"))
    assert desk.ids == [6]


# Time


def test_tickets_become_overdue_while_nobody_does_anything() -> None:
    desk = Desk([ticket(1, 10), ticket(2, 2000)])
    model = desk.open()
    model.select(Selection("overdue"))
    applied: list[None] = []
    model.applied.connect(lambda: applied.append(None))
    desk.time.now_s += 9.9
    model.advance()
    assert (desk.ids, len(applied)) == ([], 0)
    desk.time.now_s += 0.1
    model.advance()
    assert (desk.ids, len(applied)) == ([1], 1)


# Sorting by a head


def test_a_click_on_a_head_sorts() -> None:
    desk = Desk([ticket(1, 10, severity=3), ticket(2, 20, severity=1)])
    model = desk.open()
    model.sort(Column.SEVERITY)
    assert desk.ids == [2, 1]
    model.sort(Column.LEFT, Qt.SortOrder.DescendingOrder)
    assert desk.ids == [2, 1]
    model.sort(Column.SUBJECT)
    assert model.selection == Selection(sort=SortKey.DEADLINE, descending=True)


def test_rows_and_tickets_that_are_not_there() -> None:
    model = Desk(five()).open()
    assert (model.ticketAt(-1), model.ticketAt(5), model.rowOf(77)) == (0, 0, -1)
    assert model.data(QModelIndex()) is None
