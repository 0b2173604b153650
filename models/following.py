"""Notices that the database was written to, by this process or another, and gathers such news into batches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal

from console.domain.errors import EnvironmentFault

POLL_MS = 250
BATCH_MS = 50


class Batch(QObject):
    """Any number of requests within some milliseconds become one `due`. The first sets the time."""

    due = Signal()

    def __init__(self, milliseconds: int = BATCH_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=milliseconds)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.due)

    def request(self) -> None:
        """Be due soon; a second request does not put it off."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Forget what was requested."""
        self._timer.stop()


class Following(QObject):
    """Follows a SQLite database in WAL mode.

    A change of its `-wal` file wakes at once; a slow poll stands behind, for files that the system does not report
    (network drives) and while there is no such file. `data_version` is a number that differs after each commit of
    somebody else than the connection that reads it (`PRAGMA data_version`); it is called on this object's thread and
    may raise EnvironmentFault, which is reported once until it works again.
    """

    changed = Signal()
    lost = Signal(object)  # the EnvironmentFault
    found = Signal()

    def __init__(self, database: Path, data_version: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wal = str(database) + "-wal"
        self._data_version = data_version
        self._seen: int | None = None
        self._lost = False
        self._watcher: QFileSystemWatcher | None = None
        self._batch = Batch(BATCH_MS, self)
        self._batch.due.connect(self._look)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._look_again)

    def start(self) -> None:
        """Follow from now on: what was committed before is not reported."""
        if self._watcher is not None:
            return
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._batch.request)
        self._look(report=False)
        self._watch()
        self._poll.start()

    def stop(self) -> None:
        """Report nothing more and let go of the file."""
        self._poll.stop()
        self._batch.stop()
        if self._watcher is not None:
            self._watcher.fileChanged.disconnect(self._batch.request)
            self._watcher.deleteLater()
            self._watcher = None

    def _look_again(self) -> None:
        self._watch()
        self._look()

    def _look(self, *, report: bool = True) -> None:
        try:
            version = self._data_version()
        except EnvironmentFault as fault:
            if not self._lost:
                self._lost = True
                self.lost.emit(fault)
            return
        if self._lost:
            self._lost = False
            self.found.emit()
        if version != self._seen:
            self._seen = version
            if report:
                self.changed.emit()

    def _watch(self) -> None:
        # A checkpoint at the end of the last other connection removes the file, and Qt stops watching it.
        if self._watcher is not None and not self._watcher.files() and Path(self._wal).exists():
            self._watcher.addPath(self._wal)
