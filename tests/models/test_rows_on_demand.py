"""Rows are fetched when somebody looks at them, and shown until newer ones are here."""

from __future__ import annotations

import pytest

from models.queue_columns import Column
from tests.models.desk import index_of, ticket
from tests.models.model_desk import Desk, five, record

pytestmark = pytest.mark.usefixtures("qapp")


def test_only_what_is_visible_is_fetched_and_only_once() -> None:
    desk = Desk([ticket(each, each) for each in range(1, 101)], answers=False)
    desk.model.setIndex(index_of(desk.rows.values()))
    desk.model.setVisibleRows(10, 13)
    desk.model.setVisibleRows(9, 13)
    assert desk.wanted == [[11, 12, 13], [10]]
    assert desk.text(11, Column.SUBJECT) is None
    desk.model.rowsFailed([11, 12, 13, 10])
    desk.model.setVisibleRows(9, 13)
    assert desk.wanted[2:] == [[10, 11, 12, 13]]


def test_somebody_who_reads_unseen_rows_gets_them_too(qtbot) -> None:  # type: ignore[no-untyped-def]
    desk = Desk(five())
    desk.model.setIndex(index_of(desk.rows.values()))
    assert desk.text(4, Column.SUBJECT) is None
    assert desk.text(2, Column.SUBJECT) is None
    with qtbot.waitSignal(desk.model.dataChanged):
        pass
    assert desk.wanted == [[2, 4]]
    assert desk.text(4, Column.SUBJECT) == "Subject of 4"


def test_stale_rows_are_shown_until_the_new_ones_are_here() -> None:
    desk = Desk(five(), answers=False)
    desk.model.setIndex(index_of(desk.rows.values()))
    desk.model.setVisibleRows(0, 5)
    desk.model.setRows(five(), [1, 2, 3, 4, 5])
    desk.change(ticket(2, 2000, subject="New words"))
    assert desk.wanted[1:] == [[2]]
    assert desk.text(2, Column.SUBJECT) == "Subject of 2"
    desk.model.setRows([desk.rows[2]], [2])
    assert desk.text(2, Column.SUBJECT) == "New words"


def test_an_answer_from_before_the_change_is_asked_for_again_once() -> None:
    desk = Desk(five(), answers=False)
    desk.model.setIndex(index_of(desk.rows.values()))
    desk.model.setVisibleRows(0, 1)
    old = desk.rows[1]
    desk.change(ticket(1, 999, subject="New words"))
    desk.model.setRows([old], [1])
    assert desk.wanted == [[1], [1]]
    desk.model.setRows([old], [1])
    assert desk.wanted == [[1], [1]]
    desk.model.setRows([desk.rows[1]], [1])
    assert desk.text(1, Column.SUBJECT) == "New words"
    # An older answer that comes late does not undo it.
    desk.model.setRows([old], [1])
    assert desk.text(1, Column.SUBJECT) == "New words"


def test_news_about_rows_come_in_as_few_stretches_as_there_are() -> None:
    desk = Desk(five(), answers=False)
    desk.model.setIndex(index_of(desk.rows.values()))
    told = record(desk.model)
    desk.model.setRows([ticket(each, each * 1000) for each in (5, 1, 2)])
    assert told == ["data 0-1", "data 4-4"]
    desk.model.setRows([ticket(each, each * 1000) for each in (5, 1, 2)])
    assert told == ["data 0-1", "data 4-4"]


def test_the_cache_of_rows_is_bounded() -> None:
    rows = [ticket(each, each) for each in range(1, 5001)]
    desk = Desk(rows)
    desk.model.setIndex(index_of(rows))
    for first in range(0, 5000, 500):
        desk.model.setVisibleRows(first, first + 500)
    assert desk.model.rowData(4999) == rows[4999]
    assert desk.model.rowData(0) is None
    desk.model.setVisibleRows(0, 10)
    assert desk.model.rowData(0) == rows[0]
