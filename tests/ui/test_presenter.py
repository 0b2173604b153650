"""Three kinds of error, each with its own look and its way out."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.domain.errors import ConsoleError, EnvironmentFault, InternalFault, UserError
from console.time_source import FixedTime
from console.words import say
from tests.rig.log_errors import LogErrors
from ui.banner import Banner, Notice, Tone
from ui.presenter import Presenter
from ui.theme import LIGHT


def presenter(tmp_path: Path) -> tuple[Presenter, list[Notice]]:
    shown: list[Notice] = []
    return Presenter(say, shown.append, tmp_path / "reports", FixedTime(1_505_203_200_000_000), "test"), shown


def test_what_the_user_can_mend_is_said(tmp_path: Path) -> None:
    shows, shown = presenter(tmp_path)
    shows.report(UserError("ticket_unknown", number="<b>7</b>"))
    assert shown == [Notice("There is no ticket <b>7</b>.", Tone.WARNING)]


def test_what_failed_around_can_be_tried_again(tmp_path: Path) -> None:
    shows, shown = presenter(tmp_path)
    tried: list[bool] = []
    shows.report(EnvironmentFault("disk_full", path="x"), retry=lambda: tried.append(True))
    assert shown[0].tone is Tone.ERROR
    assert shown[0].act is not None
    shown[0].act()
    assert tried == [True]


def test_a_bug_is_written_down_once(tmp_path: Path, log_errors: LogErrors) -> None:
    log_errors.expect("ui.presenter", "a bug")
    shows, shown = presenter(tmp_path)
    for _ in range(3):
        try:
            raise ZeroDivisionError("a clock without work")
        except ZeroDivisionError as error:
            shows.report(error)
    (report,) = (tmp_path / "reports").iterdir()
    assert "a clock without work" in report.read_text("utf-8")
    assert [str(report) in each.text for each in shown] == [True] * 3


def test_a_report_that_cannot_be_written_is_no_second_error(tmp_path: Path, log_errors: LogErrors) -> None:
    log_errors.expect("ui.presenter", "a bug")
    (tmp_path / "reports").write_text("a file where the folder should be")
    shows, shown = presenter(tmp_path)
    shows.report(InternalFault("no_facts"))
    assert "could not be written" in shown[0].text


def test_what_nobody_catches_is_caught(tmp_path: Path, log_errors: LogErrors) -> None:
    log_errors.expect("ui.presenter", "a bug")
    shows, shown = presenter(tmp_path)
    before = sys.excepthook

    def fail() -> None:
        raise ValueError("in a thread")

    async def story() -> None:
        with shows.catching():
            asyncio.get_running_loop().call_soon(fail)
            thread = threading.Thread(target=fail)
            thread.start()
            thread.join()
            sys.excepthook(KeyError, KeyError("in a slot"), None)
            await asyncio.sleep(0.01)

    asyncio.run(story())
    assert len(shown) == 3
    assert sys.excepthook is before


def test_the_banner_shows_plain_text_and_its_button_acts(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    banner = Banner(LIGHT, host)
    assert banner.isHidden()
    acted: list[bool] = []
    banner.say(Notice("<b>bold</b>", Tone.ERROR, "Try again", lambda: acted.append(True)))
    assert banner.isVisibleTo(host)
    (label,) = banner.findChildren(QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText
    button = next(each for each in banner.findChildren(QPushButton) if each.text() == "Try again")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert acted == [True]
    assert banner.notice is None
    assert banner.isHidden()


def test_every_kind_has_a_sentence() -> None:
    for error in (UserError("fresh_needs_demo", db="x"), EnvironmentFault("demo_in_use", path="p", reason="r")):
        assert isinstance(error, ConsoleError)
        assert error.code not in say(error)
