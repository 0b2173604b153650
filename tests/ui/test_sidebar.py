"""The left side: how much is in each queue, by mouse and by key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.queue_names import FIXED, Shape, empty_words, entries, fixed_entries, queue_title
from ui.sidebar import Sidebar
from ui.sidebar_model import COUNT_ROLE, SidebarModel
from ui.theme import DARK, LIGHT

COUNTS = {"decide": 3, "overdue": 12, "open": 1_613, "group:Mail": 88, "group:Billing": 41, "plan:odin/silver_plus": 7}
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def test_arrows_and_clicks_choose_and_headings_are_passed_over(qtbot: QtBot) -> None:
    sidebar = Sidebar(LIGHT)
    qtbot.addWidget(sidebar)
    sidebar.resize(sidebar.sizeHint())
    sidebar.set_counts(COUNTS)
    sidebar.show()
    chosen: list[str] = []
    sidebar.queueChosen.connect(chosen.append)
    assert sidebar.code == "open"
    QTest.keyClick(sidebar, Qt.Key.Key_Down)
    QTest.keyClick(sidebar, Qt.Key.Key_Down)
    QTest.keyClick(sidebar, Qt.Key.Key_Down)
    assert chosen == ["group:Billing", "group:Mail", "plan:odin/silver_plus"]
    sidebar.choose("overdue")
    sidebar.choose("group:gone")
    assert sidebar.code == "overdue"
    heading = sidebar.model().index(len(FIXED), 0)
    QTest.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=sidebar.visualRect(heading).center())
    assert sidebar.code == "overdue"


def test_the_choice_survives_new_groups(qtbot: QtBot) -> None:
    sidebar = Sidebar(DARK)
    qtbot.addWidget(sidebar)
    sidebar.set_counts(COUNTS)
    sidebar.choose("group:Mail")
    chosen: list[str] = []
    sidebar.queueChosen.connect(chosen.append)
    sidebar.set_counts({**COUNTS, "group:Archive": 1})
    sidebar.set_names({("odin", "plan", "silver_plus"): "Silver+"})
    assert sidebar.code == "group:Mail"
    assert chosen == []
    assert sidebar.currentIndex().data() == "Mail"


def test_the_model_obeys_qt(qtmodeltester: ModelTester) -> None:
    model = SidebarModel()
    qtmodeltester.check(model)
    model.set_counts(COUNTS)
    model.set_counts({**COUNTS, "overdue": 13})
    model.set_names({("odin", "plan", "silver_plus"): "Silver+"})
    qtmodeltester.check(model)


def test_only_lines_that_changed_are_drawn_again() -> None:
    model = SidebarModel()
    model.set_counts(COUNTS)
    rows: list[int] = []
    model.dataChanged.connect(lambda first, last, roles: rows.append(first.row()))
    model.set_counts({**COUNTS, "overdue": 13})
    assert rows == [model.row_of("overdue")]
    assert model.index(rows[0]).data(COUNT_ROLE) == 13


def test_a_screen_reader_is_told_name_and_number() -> None:
    model = SidebarModel()
    row = model.row_of("open")
    assert row is not None
    assert model.index(row).data(ACCESSIBLE) == "All open"
    model.set_counts(COUNTS)
    assert model.index(row).data(ACCESSIBLE) == "All open: 1\N{NARROW NO-BREAK SPACE}613 tickets"
    paused = model.row_of("paused")
    assert paused is not None
    assert model.index(paused).data(COUNT_ROLE) == 0


def test_groups_and_plans_stand_by_name() -> None:
    found = entries(["plan:odin/gold", "group:mail", "group:Billing", "plan:odin/diamond", "status:new"])
    assert [each.title for each in found[len(FIXED) :]] == ["by group", "Billing", "mail", "by plan", "Diamond", "Gold"]
    assert queue_title("plan:odin/gold", {("odin", "plan", "gold"): "Oro"}) == "Oro"
    assert queue_title("group:a:b") == "a:b"


def test_what_i_marked_stands_apart_once_it_is_known() -> None:
    assert [each.code for each in entries(["open"])] == list(FIXED)
    found = entries(["open", "pinned", "reminders"])[len(FIXED) :]
    assert [(each.code, each.title) for each in found] == [
        (None, "mine"),
        ("pinned", "Pinned"),
        ("reminders", "Reminders"),
    ]
    assert queue_title("reminders") == "Reminders"
    assert empty_words("pinned") == ("You have pinned no open ticket", "I pins the ticket on show")


def test_risks_differ_in_shape_and_every_queue_says_when_it_is_empty() -> None:
    shapes = [each.shape for each in fixed_entries() if each.shape is not Shape.NONE]
    assert len(shapes) == len(set(shapes)) == 8
    assert [each.key for each in fixed_entries()] == list("1234567089")
    assert len({empty_words(code)[0] for code in (*FIXED, "group:Mail")}) == len(FIXED) + 1


def test_an_empty_desk_names_its_database_and_what_is_closed() -> None:
    _, hint = empty_words("open", "sqlite:///mine.db")
    assert "main.py --db sqlite:///mine.db import FILE" in hint
    assert "main.py import FILE" in empty_words("open")[1]
    assert empty_words("open", "sqlite:///mine.db", closed=890)[0] == "890 tickets, all closed"
    assert "import" not in empty_words("open", None, closed=890)[1]
