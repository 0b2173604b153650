"""What parted, as rows: two short lines on screen, all of it in words for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from models.parting_model import PARTING_ROLE, PartingLine, PartingModel

LINES = (
    PartingLine("● 3 Normal · Gold", "allowed: 2 rejected, 1 accepted", "Escalation of severity 3, rejected: 2"),
    PartingLine("▲ 2 High · Gold", "1 set to 3, 1 set to 1", "Severity change of 2"),
)


def test_rows_have_two_lines_and_are_read_whole(qtmodeltester: ModelTester) -> None:
    model = PartingModel()
    model.show_lines(LINES)
    qtmodeltester.check(model)
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        "● 3 Normal · Gold\nallowed: 2 rejected, 1 accepted",
        "▲ 2 High · Gold\n1 set to 3, 1 set to 1",
    ]
    first = model.index(0)
    assert first.data(PARTING_ROLE) is LINES[0]
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        assert first.data(role) == LINES[0].spoken
    model.show_lines(())
    assert model.rowCount() == 0
