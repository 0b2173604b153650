"""A manager looks at what a customer is entitled to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.domain.entitlements import Balance, Standing
from console.domain.instants import HOUR, parse_instant
from console.domain.rows import ContractRow
from models.text_table import TONE
from tests.domain.packs import desk_of, shipped
from tests.ui.customer_page.example_page import customer_page, office_ways
from tests.ui.example_card import YEAR, at, card, entitlements, ledger, opened
from ui.customer_page.contract_line import lanes
from ui.customer_page.customer_tab import CustomerTab
from ui.customer_page.customer_words import way_lines
from ui.customer_page.words import balance_details, balance_words, ledger_words, support_code
from ui.text_label import TextLabel
from ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.fixture
def page(qtbot: QtBot) -> CustomerTab:
    page = CustomerTab(LIGHT, KYIV)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    return page


def show(page: CustomerTab, plan: str = "gold", amounts: Sequence[int] = ()) -> None:
    found = card(opened(2, plan), at(60), lines=ledger(amounts, at(0) - max(100, len(amounts)) * HOUR)).entitlements
    page.show_page(customer_page(found, at(60)))


def test_nothing_chosen_says_what_to_do(page: CustomerTab) -> None:
    assert page.message.text().startswith("Choose a ticket in the queue and press P")
    assert page.message.isVisible()
    show(page)
    assert not page.message.isVisible()
    page.clear()
    assert page.message.isVisible()
    page.show_loading("48213")
    assert page.message.text() == "Loading 48213"


def test_the_whole_page_of_a_ticket(page: CustomerTab) -> None:
    show(page, amounts=[-1, -1, -1, 1])
    assert page.subject.text() == "Northwind · ticket 48213"
    assert page.title.text() == "Gold"
    contracts = page.contracts.model
    said = [contracts.index(0, column).data() for column in range(5)]
    term = "1 Jan 2017 – 31 Dec 2017"
    assert said == ["▸ Gold", term, "12345-67890", "Plesk Automation 17.5", "Running"]
    assert page.promises.notes.text() == "Hours: 24 x 7 x 365\nAccount manager: 10 h a week\nSource: OD-3"
    promises = page.promises.model
    assert [promises.index(*place).data() for place in ((1, 1), (2, 2), (3, 2))] == ["▸ 4 h", "48 h", "none"]
    incidents = page.incidents
    assert incidents.balance.text() == "98 of 100 incidents left"
    assert incidents.details.text() == "3 used · 1 credited back · account manager: 10 h left this week"
    first = [incidents.model.index(0, column).data() for column in range(5)]
    assert first == ["8 Sep 2017 11:00", "4", "+1", "98", "OD-6: product bug, not fixed yet (BUG-4)"]
    ways = page.ways.model
    assert [ways.index(0, column).data() for column in range(4)] == ["Web form", "● open", "24 × 7", "24 × 7"]
    assert page.ways.rules.text() == "Rules: OD-22"
    assert page.product.covered.text() == "Plesk Automation 17.5 is supported · support ends 31 Dec 2026"
    assert page.surveys.words.text() == "50 %: 2 of 4 tickets answered"


def test_every_row_of_the_plan_is_in_sight(page: CustomerTab) -> None:
    show(page)
    QTest.qWait(0)
    view = page.promises.view
    last = view.visualRect(page.promises.model.index(3, 0))
    assert view.viewport().rect().contains(last.center())
    assert not view.verticalScrollBar().isVisible()


def test_an_empty_ledger_says_so(page: CustomerTab) -> None:
    show(page)
    assert page.incidents.none.isVisible()
    assert not page.incidents.view.isVisible()
    assert not page.incidents.credit.isVisible()


def test_a_line_of_the_ledger_is_chosen_by_keys_and_credited(page: CustomerTab) -> None:
    show(page, amounts=[-1, -1])
    incidents = page.incidents
    asked: list[int] = []
    incidents.creditAsked.connect(asked.append)
    page.allow(None, None)
    assert not incidents.credit.isEnabled()
    assert incidents.credit.toolTip() == "Choose the line of a ticket in the ledger."
    incidents.view.setFocus()
    incidents.view.setCurrentIndex(incidents.model.index(0, 0))
    QTest.keyClick(incidents.view, Qt.Key.Key_Down)
    assert incidents.ticket_id() == 1
    incidents.credit.click()
    assert asked == [1]
    page.allow("Not as viewer", "Not as viewer")
    assert not incidents.credit.isEnabled()
    assert incidents.credit.toolTip() == "Not as viewer"
    assert not page.manager.book.isEnabled()


@pytest.mark.parametrize(
    ("used", "said"),
    [(39, ""), (40, "▲ Warning: 80 % of the incidents are used"), (45, "▲ Warning: 90 % of the incidents are used")],
)
def test_warnings_come_at_the_shares_of_the_pack(page: CustomerTab, used: int, said: str) -> None:
    show(page, "silver_plus", amounts=[-1] * used)
    assert page.incidents.warning.text() == said


def test_overdrawn_is_alarming_and_names_the_tickets(page: CustomerTab) -> None:
    show(page, "silver_plus", amounts=[-1] * 53)
    assert page.incidents.balance.text() == "Overdrawn by 3: more than the 50 incidents"
    assert page.incidents.balance.tone == "overdue"
    assert page.incidents.beyond.text() == "Came in beyond the incidents: ⊘ 51, ⊘ 52, ⊘ 53"
    show(page, "diamond", amounts=[-1] * 53)
    assert page.incidents.balance.text() == "Incidents are not limited; 53 used"
    assert not page.incidents.beyond.isVisible()


def test_a_customer_without_contract_or_plan(page: CustomerTab) -> None:
    bare = replace(entitlements(None, at(60)), contracts=(), contract=None, plan_table=None)
    page.show_page(customer_page(bare, at(60)))
    assert page.subject.text() == "Unknown customer"
    assert page.title.text() == "This policy promises nothing"
    assert page.contracts.none.text() == "No contract serves this."
    assert page.contracts.none.isVisible()
    assert not page.promises.view.isVisible()
    assert not page.manager.book.isVisible()


def test_an_expired_contract_says_what_serves_instead(page: CustomerTab) -> None:
    later = YEAR[1] + 24 * HOUR
    page.show_page(customer_page(entitlements("gold", later), later))
    state = page.contracts.model.index(0, 4)
    assert state.data() == "Expired: served by No plan"
    assert state.data(TONE) == "overdue"


def test_a_contract_that_another_one_has_followed_is_quiet(page: CustomerTab) -> None:
    found = entitlements("gold", at(60))
    before = replace(found.contracts[0], contract_id=2, uid="c0", start_at=YEAR[0] - 365 * 24 * HOUR, end_at=YEAR[0])
    page.show_page(customer_page(replace(found, contracts=(before, *found.contracts)), at(60)))
    states = [page.contracts.model.index(row, 4).data() for row in range(2)]
    assert states == ["Running", "Expired"]
    assert page.contracts.model.index(1, 4).data(TONE) == ""


def test_the_price_of_the_update_service(page: CustomerTab) -> None:
    found = entitlements("gold", at(60))
    contract = replace(found.contracts[0], product="H-Sphere", product_version="3.6")
    page.show_page(customer_page(replace(found, contract=contract, contracts=(contract,)), at(60)))
    product = page.product
    assert product.covered.text() == "H-Sphere 3.6 is supported no longer · support ends 31 Dec 2016"
    assert product.covered.tone == "overdue"
    assert product.updates.text().startswith("Update service: valid through 31 Dec 2017. Renewal costs 25 %")
    product.price.setText("1 000")
    assert product.cost.text() == "costs 250.00"
    product.price.setText("a lot")
    assert product.cost.text() == "An amount such as 1200 or 99.50 is expected."


def test_hours_of_an_office_are_told_here_and_there(qtbot: QtBot) -> None:
    now = parse_instant("2026-11-24T07:30:00Z")
    pack = shipped("analytics")
    book = desk_of(pack)
    ways = office_ways(book, pack, now)
    here = way_lines(ways, now, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu"))
    tickets = next(line for line in here if line.key == "tickets")
    assert [cell.text for cell in tickets.cells] == [
        "Ticket system",
        "● open until 15:00",
        "Mon–Fri 07:00–15:00",
        "Mon–Fri 12:45–20:45",
    ]
    chat = next(line for line in here if line.key == "chat")
    assert chat.cells[1].text == "○ opens 08:00"


def test_a_contract_can_be_chosen(page: CustomerTab) -> None:
    show(page)
    chosen: list[str] = []
    page.contracts.chosen.connect(chosen.append)
    page.contracts.view.activated.emit(page.contracts.model.index(0, 0))
    assert chosen == ["c1"]


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ([(0, 10), (10, 20)], (0, 0)),
        ([(0, 15), (10, 20)], (0, 1)),
        ([(0, None), (1, 2), (2, 3)], (0, 1, 1)),
    ],
)
def test_contracts_that_overlap_stand_in_lanes(terms: list[tuple[int, int | None]], found: tuple[int, ...]) -> None:
    rows = [ContractRow(n, str(n), "odin", "gold", a, b, None, None, None, None) for n, (a, b) in enumerate(terms)]
    assert lanes(rows, 5) == found


def test_hostile_names_stay_plain_and_inside(page: CustomerTab) -> None:
    found = card(opened(2), at(60), customer="<b>" + "W" * 3000).entitlements
    page.show_page(customer_page(found, at(60)))
    assert page.width() == 1024
    assert page.subject.height() < 60
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in page.findChildren(TextLabel))
    assert all(not each.openExternalLinks() for each in page.findChildren(QLabel))


def test_two_thousand_lines_make_no_widgets(page: CustomerTab) -> None:
    show(page)
    few = len(page.findChildren(QWidget))
    show(page, amounts=[-1] * 2_000)
    assert page.incidents.model.rowCount() == 2_000
    assert len(page.findChildren(QWidget)) == few


def test_another_theme_reaches_every_part(page: CustomerTab) -> None:
    show(page)
    page.set_theme(DARK)
    assert {label._theme.name for label in page.findChildren(TextLabel)} == {"dark"}
    assert page.promises._delegate._theme is DARK


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
