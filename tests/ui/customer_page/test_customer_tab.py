"""A manager looks at what a customer is entitled to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.entitlements import Balance, Standing
from console.domain.instants import HOUR, parse_instant
from console.domain.rows import ContractRow
from tests.ui.example_card import FixedTime, at, card, entitlements, ledger, opened
from ui.customer_page.customer_tab import CustomerTab
from ui.customer_page.words import balance_details, balance_words, contract_words, ledger_words, support_code
from ui.text_label import TextLabel
from ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.fixture
def page(qtbot: QtBot) -> PlanPage:
    page = PlanPage(LIGHT, FixedTime(at(60)), KYIV)
    qtbot.addWidget(page)
    page.resize(760, 600)
    page.show()
    return page


def show(page: PlanPage, plan: str = "gold", amounts: Sequence[int] = ()) -> None:
    page.show_entitlements(card(opened(2, plan), at(60), lines=ledger(amounts, at(0) - 100 * HOUR)).entitlements)


def test_nothing_chosen_says_what_to_do(page: PlanPage) -> None:
    assert page.message.text() == "Choose a ticket in the queue to see its plan"
    assert page.message.isVisible()
    show(page)
    assert not page.message.isVisible()
    page.clear()
    assert page.message.isVisible()
    page.show_loading("48213")
    assert page.message.text() == "Loading the plan of ticket 48213"


def test_the_whole_plan_of_a_ticket(page: PlanPage) -> None:
    show(page, amounts=[-1, -1, -1, 1])
    assert page.subject.text() == "Northwind · ticket 48213"
    assert page.title.text() == "Gold"
    assert page.contracts.text() == "1 Jan 2017 – 31 Dec 2017 · support code 12345-67890 · Plesk Automation 17.5"
    assert page.notes.text() == "Hours: 24 x 7 x 365\nAccount manager: 10 h a week\nSource: OD-3"
    assert page.plan_model.index(1, 1).data() == "▸ 4 h"
    assert page.plan_model.index(2, 2).data() == "48 h"
    assert page.plan_model.index(3, 2).data() == "none"
    assert page.balance.text() == "98 of 100 incidents left"
    assert page.details.text() == "3 used · 1 credited back · account manager: 10 h left this week"
    first = [page.ledger_model.index(0, column).data() for column in range(5)]
    assert first == ["8 Sep 2017 11:00:00 +03:00", "4", "+1", "98", "OD-6: product bug, not fixed yet (BUG-4)"]
    assert page.ledger_view.isVisible()


def test_every_row_of_the_plan_is_in_sight(page: PlanPage, qtbot: QtBot) -> None:
    show(page)
    QTest.qWait(0)
    view = page.plan_view
    last = view.visualRect(page.plan_model.index(3, 0))
    assert view.viewport().rect().contains(last.center())
    assert not view.verticalScrollBar().isVisible()


def test_an_empty_ledger_says_so(page: PlanPage) -> None:
    show(page)
    assert page.no_ledger.isVisible()
    assert not page.ledger_view.isVisible()


def test_the_table_is_walked_by_keys(page: PlanPage) -> None:
    show(page, amounts=[-1, -1])
    page.ledger_view.setFocus()
    page.ledger_view.setCurrentIndex(page.ledger_model.index(0, 0))
    QTest.keyClick(page.ledger_view, Qt.Key.Key_Down)
    assert page.ledger_view.currentIndex().row() == 1


def test_overdrawn_is_alarming(page: PlanPage) -> None:
    show(page, "silver_plus", amounts=[-1] * 53)
    assert page.balance.text() == "Overdrawn by 3: more than the 50 incidents"
    assert page.balance.tone == "overdue"
    show(page, "diamond", amounts=[-1] * 53)
    assert page.balance.text() == "Incidents are not limited; 53 used"
    assert page.balance.tone == "text"


def test_a_customer_without_contract_or_plan(page: PlanPage) -> None:
    bare = replace(entitlements(None, at(60)), contracts=(), contract=None, plan_table=None)
    page.show_entitlements(bare)
    assert page.subject.text() == "Unknown customer"
    assert page.title.text() == "This policy promises nothing"
    assert page.contracts.text() == "No contract serves this."
    assert not page.plan_view.isVisible()


def test_hostile_names_stay_plain_and_inside(page: PlanPage) -> None:
    found = card(opened(2), at(60), customer="<b>" + "W" * 3000).entitlements
    page.show_entitlements(found)
    assert page.width() == 760
    assert page.subject.height() < 60
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in page.findChildren(TextLabel))
    assert all(not each.openExternalLinks() for each in page.findChildren(QLabel))


def test_another_theme_reaches_every_part(page: PlanPage) -> None:
    show(page)
    page.set_theme(DARK)
    assert {label._theme.name for label in page.findChildren(TextLabel)} == {"dark"}
    assert page._delegate._theme is DARK


@pytest.mark.parametrize(
    ("balance", "said"),
    [
        (Balance(Standing.OPEN, 100, 0, 40, 0, 60, None), "60 of 100 incidents left"),
        (Balance(Standing.OPEN, 0, 10, 4, 0, 6, None), "6 of 10 incidents left"),
        (Balance(Standing.EXHAUSTED, 50, 0, 50, 0, 0, None), "Exhausted: 0 of 50 incidents left"),
        (Balance(Standing.OVERDRAWN, 50, 0, 51, 0, -1, None), "Overdrawn by 1: more than the 50 incidents"),
        (Balance(Standing.UNLIMITED, None, 0, 7, 0, None, None), "Incidents are not limited; 7 used"),
        (Balance(Standing.NOT_ENTITLED, 0, 0, 0, 0, 0, None), "Not entitled: no valid support option covers this"),
    ],
)
def test_each_standing_in_words(balance: Balance, said: str) -> None:
    assert balance_words(balance) == said


def test_an_account_manager_who_worked_longer_than_paid_for() -> None:
    details = balance_details(Balance(Standing.OPEN, 100, 0, 1, 0, 99, -90 * HOUR // 60))
    assert details == "1 used · account manager: −1 h 30 m left this week"


@pytest.mark.parametrize(
    ("begin", "end", "term"),
    [
        ("2017-01-01", "2018-01-01", "1 Jan 2017 – 31 Dec 2017"),
        ("2016-01-01", "2017-01-01", "1 Jan 2016 – 31 Dec 2016, ended"),
        ("2018-01-01", None, "1 Jan 2018 – open-ended, not begun"),
    ],
)
def test_the_term_of_a_contract(begin: str, end: str | None, term: str) -> None:
    ends = None if end is None else parse_instant(f"{end}T00:00:00Z")
    contract = ContractRow(1, "c", "odin", "gold", parse_instant(f"{begin}T00:00:00Z"), ends, None, None, None, None)
    assert contract_words(contract, at(60)) == term


@pytest.mark.parametrize(
    ("code", "said"), [("1234567890", "12345-67890"), ("12345-67890", "12345-67890"), ("ABC", "ABC")]
)
def test_a_support_code_is_shown_in_two_halves(code: str, said: str) -> None:
    assert support_code(code) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [("OD-6:opened", "OD-6: ticket opened"), ("OD-6", "OD-6"), ("X-1:some_thing:7", "X-1: some thing (7)")],
)
def test_a_rule_of_the_ledger_in_words(rule: str, said: str) -> None:
    assert ledger_words(KYIV).rule(rule) == said


def test_amounts_of_each_kind() -> None:
    words = ledger_words(KYIV)
    assert words.amount("incident", -1) == "−1"
    assert words.amount("tam_minutes", -90) == "−1 h 30 m"
