"""Handing over: names that are known are offered, another one has to be meant."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

from console.domain.decisions import Change
from tests.ui.example_card import FixedTime, at
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Drafts
from ui.shift_page.forms import HAND_OVER, ShiftForm
from ui.shift_page.name_box import NameBox
from ui.slots import Tasks
from ui.theme import LIGHT

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[ShiftForm]:
    async def commit(_to: str, _words: str) -> Change:
        return Change(0, (), 0)

    tools = DialogTools(LIGHT, FixedTime(at(60)), ZoneInfo("Europe/Kyiv"), Tasks(lambda _: None), Drafts(), str)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    form = ShiftForm(HAND_OVER, "The desk is kept.", ["Ann Kay", "Otto"], commit, tools, {})
    QVBoxLayout(dialog).addWidget(form)
    dialog.resize(400, 400)
    dialog.show()
    form.focus_first()
    yield form
    dialog.close()


def box(form: ShiftForm) -> NameBox:
    assert form.to is not None
    return form.to


def test_letters_offer_the_names_that_hold_them_and_esc_only_closes_the_list(form: ShiftForm) -> None:
    QTest.keyClicks(box(form), "kay")
    offering = box(form).offered
    assert offering.isVisible()
    assert [offering.model().index(row, 0).data() for row in range(offering.model().rowCount())] == ["Ann Kay"]
    QTest.keyClick(offering, Qt.Key.Key_Escape)
    assert not offering.isVisible()
    assert form.window().isVisible()
    assert box(form).currentText() == "kay"


def test_down_opens_the_whole_list_and_esc_only_closes_it(form: ShiftForm) -> None:
    QTest.keyClick(box(form), Qt.Key.Key_Down)
    assert box(form).view().isVisible()
    QTest.keyClick(box(form).view(), Qt.Key.Key_Escape)
    assert not box(form).view().isVisible()
    assert form.window().isVisible()


@pytest.mark.parametrize(("typed", "name", "asked"), [("otto", "Otto", False), ("Egon", "Egon", True)])
def test_a_name_that_nobody_knows_has_to_be_meant(form: ShiftForm, typed: str, name: str, asked: bool) -> None:
    box(form).setCurrentText(typed)
    assert form.act() == f"Hand over to {name}"
    assert form.unknown.isVisible() is asked
    assert (form.missing() is not None) is asked
    form.unknown.setChecked(asked)
    assert form.missing() is None
    assert asyncio.run(form.commit()) == Change(0, (), 0)
