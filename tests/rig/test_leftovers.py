"""The rig notices what it is there to notice: run over tests that each do one thing wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rig.shared import ROOT

SAMPLES = """
import asyncio, logging, threading, time, warnings
import pytest
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QLabel

kept = []

def test_clean(qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()
    timer = QTimer(label)
    timer.start(10)

def test_clean_thread():
    thread = threading.Thread(target=time.sleep, args=(0.05,))
    thread.start()

def test_bad_thread():
    threading.Thread(target=kept.append(threading.Event()) or kept[-1].wait, daemon=True).start()

def test_bad_task():
    loop = asyncio.new_event_loop()
    kept.append(loop.create_task(asyncio.sleep(60)))
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()

def test_bad_timer(qapp):
    timer = QTimer()
    timer.start(60_000)
    kept.append(timer)

idle_at_first = []

def test_clean_idle_timer(qapp):
    idle_at_first.append(QTimer())

def test_bad_timer_of_an_earlier_test(qapp):
    idle_at_first[0].start(60_000)

class Clock(QTimer):
    pass

@pytest.fixture(scope="module")
def clock(qapp):
    return Clock()

def test_bad_timer_of_a_wider_fixture(clock):
    clock.start(60_000)

def test_clean_timer_that_ticked_before(clock):
    assert clock.isActive()

def test_bad_task_made_by_hand():
    loop = asyncio.new_event_loop()
    kept.append(asyncio.Task(asyncio.sleep(60), loop=loop))
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()

def test_bad_qt_thread(qapp):
    thread = QThread()
    thread.start()
    kept.append(thread)

def test_bad_window(qapp):
    kept.append(QLabel("x"))

def test_bad_log():
    logging.getLogger("desk.store").error("the disk is full")

def test_bad_log_that_does_not_propagate():
    logger = logging.getLogger("desk.quiet")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    logger.critical("nobody hears")

def test_clean_expected_log(log_errors):
    log_errors.expect("desk", "disk is full")
    logging.getLogger("desk.store").error("the disk is full")

def test_bad_expected_log_that_does_not_come(log_errors):
    log_errors.expect("desk", "disk is full")

def test_bad_qt_message(qapp):
    qWarning("Qt complains")

def test_bad_warning():
    warnings.warn("old", DeprecationWarning)

def test_bad_open_file():
    open(__file__)

def test_bad_open_file_in_a_cycle():
    cycle = [open(__file__)]
    cycle.append(cycle)

def test_zz_end():
    for each in kept:
        if isinstance(each, threading.Event):
            each.set()
        if isinstance(each, QThread):
            each.quit()
            each.wait()
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("samples")
    (folder / "test_samples.py").write_text(SAMPLES, encoding="utf-8")
    places = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-p", "no:cacheprovider"]
    plugins = ["-p", "tests.rig.log_errors", "-p", "tests.rig.leftovers"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *places, *plugins, "-n0", "-rA", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", re.findall(r"def test_(bad_\w+)", SAMPLES))
def test_a_bad_test_fails(outcomes: str, name: str) -> None:
    assert re.search(rf"(FAILED|ERROR) \S+::test_{name}\b", outcomes), outcomes


@pytest.mark.parametrize("name", re.findall(r"def test_(clean\w*)", SAMPLES))
def test_a_clean_test_passes(outcomes: str, name: str) -> None:
    assert re.search(rf"PASSED \S+::test_{name}\b", outcomes), outcomes
    assert not re.search(rf"(FAILED|ERROR) \S+::test_{name}\b", outcomes), outcomes


def test_the_place_where_a_thread_was_started_is_named(outcomes: str) -> None:
    assert re.search(r"thread still running: .*test_samples\.py:\d+", outcomes), outcomes
