"""A team lead reviews: blind with the keys, openly against a decision, and from a chart to its rows."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from console.domain.records import REVIEW_OVERTURNED, JournalFilter
from console.domain.reviews import ACCEPTED, REJECTED, DecisionFilter, DecisionRow
from console.services.reviewing.review_charts import ChartKind
from tests.journeys.conftest import Play
from tests.journeys.stage import Stage
from ui.review_page.form import OVERTURN
from ui.review_page.page import CHARTS, CONSISTENCY, ReviewPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


async def at_the_review(stage: Stage, role: str = "team_lead") -> ReviewPage:
    stage.window.top_bar.duty.roleChosen.emit(role)
    await stage.press("Ctrl+3")
    (page,) = stage.window.findChildren(ReviewPage)
    page.decisions.table.setFocus()
    await stage.settled()
    return page


def decision(stage: Stage, number: int) -> DecisionRow:
    (found,) = stage.desk.db.read_now(lambda conn: stage.desk.review.rows(conn, [number], stage.desk.actor))
    return found


def told(page: QWidget) -> str:
    """Everything that the page says, also to screen readers and in tips."""
    said: list[str] = []
    for each in page.findChildren(QWidget):
        if each.isVisible():
            said += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
            said += [each.text()] if isinstance(each, QLabel) else []
    return "\n".join(said)


def test_a_lead_reviews_blind_with_the_keys_and_sees_how_often_they_agree(play: Play) -> None:
    async def story(stage: Stage) -> None:
        page = await at_the_review(stage)
        page.filter.unreviewed.setChecked(True)
        page.filter.blind.setChecked(True)
        await stage.settled()
        page.decisions.table.setFocus()
        table = page.decisions.table
        answers = [
            row.seq
            for row in stage.desk.db.read_now(
                lambda conn: stage.desk.review.all_rows(conn, DecisionFilter(unreviewed=True))
            )
            if row.answers
        ]
        while table.number != answers[0]:
            await stage.press("J", on=table)
        row = decision(stage, answers[0])
        assert page.decisions.case.case is not None
        assert page.decisions.case.case.row.hidden
        # Neither the page nor the list tells who decided or what was written.
        assert row.actor not in told(page)
        entry = page.decisions.case.case.entry
        assert entry is None
        assert not page.decisions.form.ticket.isEnabled()
        assert [page.tabs.isTabEnabled(tab) for tab in (CONSISTENCY, CHARTS)] == [False, False]
        assert page.closed.isVisible()
        before = page.filter.agreement.text()
        left = int(page.filter.found.text().split()[0])

        await stage.press("R" if row.kind == REJECTED else "A", on=table)
        assert page.decisions.form.words.hasFocus()
        await stage.type("The ETA stood")
        await stage.press("Ctrl+Return", on=page.decisions.form.words)
        assert page.decisions.case.case.row.actor == row.actor
        assert row.actor in told(page)
        (review,) = page.decisions.case.case.reviews
        assert (review.blind, review.upheld, review.own) == (True, True, row.kind)
        assert page.filter.agreement.text() != before
        assert "blind" in page.filter.agreement.text()
        assert table.number == row.seq
        assert page.filter.found.text().startswith(f"{left - 1} of ")
        assert page.filter.found.text().endswith(" left to review")

    play(story)


def test_what_was_read_in_the_open_does_not_arrive_in_a_blind_list(play: Play) -> None:
    async def story(stage: Stage) -> None:
        page = await at_the_review(stage)
        table = page.decisions.table
        decisions = table.decisions
        numbers = [number for number in map(decisions.number, range(5)) if number is not None]
        under_way = asyncio.ensure_future(page._fetch(table, numbers))
        # It has begun to read.
        await asyncio.sleep(0)
        page.filter.blind.setChecked(True)
        decisions.show_numbers(numbers)
        await under_way
        assert all(row is None or row.hidden for row in map(decisions.row, numbers))
        await stage.settled()
        known = [decisions.row(decisions.number(place) or 0) for place in range(5)]
        assert all(row is not None and row.hidden for row in known)

    play(story)


def test_a_decision_is_overturned_and_both_entries_stand(play: Play) -> None:
    async def story(stage: Stage) -> None:
        page = await at_the_review(stage)
        table, form = page.decisions.table, page.decisions.form
        row = decision(stage, table.number or 0)
        await stage.press("O", on=table)
        assert form.chosen() == OVERTURN
        assert not form.primary.isEnabled()
        await stage.type("It was due")
        # What was typed stays with its decision.
        await stage.press("Esc")
        assert table.hasFocus()
        await stage.press("J", on=table)
        assert form.words.words() == ""
        await stage.press("K", on=table)
        assert (form.chosen(), form.words.words()) == (OVERTURN, "It was due")
        await stage.click(form.primary)
        entries = stage.desk.db.read_now(lambda conn: stage.desk.journal.find(conn, JournalFilter(subject_uid=row.uid)))
        (review,) = [each.entry for each in entries if each.entry.kind == REVIEW_OVERTURNED]
        assert (review.role, review.words) == ("team_lead", "It was due")
        assert decision(stage, row.seq).kind == row.kind
        assert f"Overturned by {stage.desk.actor.name}, " in page.decisions.case.reviews.lines.text()
        assert form.words.words() == ""

    play(story)


def test_a_bar_of_a_chart_is_opened_as_its_rows(play: Play) -> None:
    async def story(stage: Stage) -> None:
        page = await at_the_review(stage)
        page.tabs.setCurrentIndex(CHARTS)
        await stage.settled()
        charts = page.charts
        bars = charts.lists[ChartKind.BY_MANAGER]
        bars.setFocus()
        bars.setCurrentIndex(bars.bars.index(0))
        QTest.keyClick(bars, Qt.Key.Key_Return)
        await stage.settled()
        line = bars.bars.lines[0]
        assert charts.table.decisions.rowCount() == line.length
        rows = [charts.table.decisions.row(charts.table.decisions.number(n) or 0) for n in range(line.length)]
        assert {row.actor for row in rows if row is not None} == {line.label}
        accepted = sum(row.kind == ACCEPTED for row in rows if row is not None)
        assert line.said.startswith(f"{accepted} of {line.length}")
        # From a row back to the decision.
        number = charts.table.decisions.number(0)
        charts.table.selectRow(0)
        await stage.press("Return", on=charts.table)
        assert page.decisions.table.number == number
        assert page.decisions.case.case is not None
        assert page.decisions.case.case.row.seq == number

    play(story)


def test_who_is_no_lead_looks_but_does_not_review(play: Play) -> None:
    async def story(stage: Stage) -> None:
        page = await at_the_review(stage, "shift_manager")
        form = page.decisions.form
        assert form.note.text() == "Only a team lead reviews decisions."
        assert not form.words.isEnabled()
        assert not form.primary.isEnabled()
        await stage.press("U", on=page.decisions.table)
        assert form.chosen() is None

    play(story)


def test_a_desk_as_it_was_has_the_decisions_of_then_and_reviews_none(play: Play) -> None:
    instants = []

    async def now(stage: Stage) -> None:
        rows = stage.desk.db.read_now(lambda conn: stage.desk.review.all_rows(conn, DecisionFilter()))
        instants.append(sorted(row.at for row in rows)[len(rows) // 2])

    async def then(stage: Stage) -> None:
        page = await at_the_review(stage)
        decisions = page.decisions.table.decisions
        rows = [decisions.row(decisions.number(place) or 0) for place in range(decisions.rowCount())]
        known = [row for row in rows if row is not None]
        assert max(row.at for row in known) == instants[0]
        assert all(row.reviewed_at is None or row.reviewed_at <= instants[0] for row in known)
        assert not page.decisions.form.words.isEnabled()
        assert page.decisions.form.note.text() == "The desk is shown as it was: nothing can be changed"

    play(now)
    play(then, as_of=instants[0])
