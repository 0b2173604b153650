"""PySide6 survives: one release gave away a reference at each call and killed the process."""

from __future__ import annotations

import subprocess
import sys

CALLS = 20_000

PROGRAM = f"""
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Sender(QObject):
    plain = Signal()
    telling = Signal(bool)

app = QCoreApplication([])
sender = Sender()
heard = []
sender.plain.connect(lambda: heard.append(None))
sender.telling.connect(heard.append)
for number in range({CALLS}):
    sender.setObjectName("sender")
    sender.blockSignals(False)
for number in range({CALLS}):
    sender.plain.emit()
    sender.telling.emit(True)
assert len(heard) == 2 * {CALLS}, len(heard)
print("alive")
"""


def test_many_calls_and_signals_leave_the_process_alive() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
