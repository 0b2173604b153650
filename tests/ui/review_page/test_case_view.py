"""The case on screen: what was kept is shown, what is computed otherwise stands beside it, nothing is markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.domain.instants import DAY, HOUR
from console.services.reviewing.review_evidence import Difference
from tests.services.review_desk import LEAD, ReviewDesk
from ui.review_page.case_view import CaseView, reason_of
from ui.review_page.filter_bar import FilterBar
from ui.review_page.form import OVERTURN, UPHOLD, ReviewForm
from ui.review_page.words import decision_said
from ui.text_label import TextLabel
from ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ReviewDesk]:
    found = ReviewDesk(tmp_path / "desk.db")
    yield found
    found.close()


@pytest.fixture
def view(qtbot: QtBot, desk: ReviewDesk) -> CaseView:
    view = CaseView(LIGHT, desk.time, KYIV)
    qtbot.addWidget(view)
    view.resize(420, 600)
    view.show()
    return view


def test_a_case_says_who_when_why_and_what_came_of_it(desk: ReviewDesk, view: CaseView) -> None:
    row = desk.reject(desk.asked("T1"), words="<b>Not</b> now")
    desk.time.at += DAY
    desk.overturn(row.seq)
    case = desk.case(row.seq)
    view.show_case(case, reason_of(case))
    assert view.title.text() == "T1 · Escalation rejected · against the rules"
    assert view.who.text() == "Mara, shift manager, 12 Sep 13:00"
    assert view.why.text() == "Other (say which)\n<b>Not</b> now"
    assert view.then.text() == "As it was seen, 12 Sep 2017 13:00:00 +03:00"
    assert "Asked at 12:00, decided 1 h later" in view.facts.lines.text()
    assert "Rejected though the rules allowed it." in view.facts.lines.text()
    assert "Workaround breached" in view.after.lines.text()
    assert view.reviews.lines.text() == "Overturned by Lea, 13:00\nIt was due"
    assert not view.parted.isVisible()
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in view.findChildren(TextLabel))


def test_what_is_computed_otherwise_stands_beside_what_was_kept(desk: ReviewDesk, view: CaseView) -> None:
    row = desk.reject(desk.asked("T1"))
    case = desk.case(row.seq)
    due = row.at + HOUR
    parted = (
        Difference("clock", "first_response", "due_at", due, due + HOUR),
        Difference("verdict", "phone OD-7 last_contact", "holds", True, False),
        Difference("status", "", "status", "open", "waiting"),
        Difference("facts", "", "facts", 4, 5),
    )
    view.show_case(replace(case, seen=replace(case.seen, differences=parted)), None)
    assert view.parted.isVisible()
    assert view.parted.title.text() == "Computed otherwise today: what was kept stands"
    assert view.parted.lines.text().splitlines() == [
        "Clock First response, due: 14:00 was kept, 15:00 is computed today",
        "Rule phone OD-7 last_contact, holds: yes was kept, no is computed today",
        "Status: open was kept, waiting is computed today",
        "Entries of the ticket: 4 was kept, 5 is computed today",
    ]


def test_another_theme_reaches_every_label(desk: ReviewDesk, view: CaseView) -> None:
    case = desk.case(desk.reject(desk.asked("T1")).seq)
    view.show_case(case, None)
    view.set_theme(DARK)
    assert {label._theme.name for label in view.findChildren(TextLabel)} == {"dark"}


def test_words_stay_with_their_decision_until_they_are_recorded(desk: ReviewDesk, qtbot: QtBot) -> None:
    form = ReviewForm(LIGHT)
    qtbot.addWidget(form)
    first, second = (desk.case(desk.reject(desk.asked(number)).seq, LEAD) for number in ("T1", "T2"))
    form.show_case(first)
    assert form.choose_key("O")
    form.words.setPlainText("It was due")
    form.show_case(second)
    assert (form.chosen(), form.words.words()) == (None, "")
    assert not form.primary.isEnabled()
    form.show_case(first)
    assert (form.chosen(), form.words.words()) == (OVERTURN, "It was due")
    assert form.primary.text() == "Overturn the decision"
    asked: list[tuple[int, str, str]] = []
    form.asked.connect(lambda *said: asked.append(said))
    form.record()
    assert asked == [(first.row.seq, OVERTURN, "It was due")]
    form.recorded(first.row.seq)
    form.show_case(first)
    assert (form.chosen(), form.words.words()) == (None, "")
    assert not form.choose_key("A")
    assert form.choose(UPHOLD)


def test_blind_closes_what_would_tell(qtbot: QtBot) -> None:
    bar = FilterBar(LIGHT)
    qtbot.addWidget(bar)
    bar.offer(["Mara", "Otto"], [("odin", "Odin")])
    bar.manager.setCurrentIndex(1)
    bar.sample.setCurrentIndex(2)
    assert (bar.wanted(0).actors, bar.wanted(0).sample) == (("Mara",), "against")
    bar.blind.setChecked(True)
    assert (bar.wanted(0).actors, bar.wanted(0).sample) == ((), "all")
    assert not bar.manager.isEnabled()
    assert bar.manager.toolTip() == "Blind: this would tell who decided, or how."
    bar.sample.setCurrentIndex(bar.sample.count() - 1)
    bar.seed.setValue(7)
    assert (bar.wanted(0).random, bar.wanted(0).seed) == (20, 7)
    bar.blind.setChecked(False)
    assert bar.wanted(0).actors == ("Mara",)


def test_a_blind_review_without_words_says_beside_the_button_what_is_missing(desk: ReviewDesk, qtbot: QtBot) -> None:
    row = desk.reject(desk.asked("T1"))
    form = ReviewForm(LIGHT)
    qtbot.addWidget(form)
    asked: list[tuple[int, str, str]] = []
    form.asked.connect(lambda *said: asked.append(said))
    form.show_case(desk.case(row.seq, blind=True))
    assert form.missing.text() == "Choose what you would decide, and say why"
    form.choose("escalation_rejected")
    form.record()
    assert (form.missing.text(), form.primary.accessibleDescription(), asked) == (
        "Say why in a few words",
        "Say why in a few words",
        [],
    )
    form.words.setPlainText("The ETA stood")
    assert form.missing.text() == ""
    form.record()
    assert asked == [(row.seq, "escalation_rejected", "The ETA stood")]


def test_what_was_undone_is_marked_in_a_list(desk: ReviewDesk) -> None:
    row = desk.reject(desk.asked("T1"))
    assert "undone" not in decision_said(row, short=True)
    assert decision_said(replace(row, undone_at=row.at), short=True).endswith(" · undone")
