"""The menu in which somebody chooses the columns of the queue."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from models.queue_columns import Column
from ui.queue_view.columns import ALWAYS, NOTHING_CHOSEN, ColumnChoice
from ui.tr import tr


def column_menu(
    parent: QWidget,
    head: Callable[[Column], str],
    shown: Callable[[Column], bool],
    choice: ColumnChoice,
    choose: Callable[[ColumnChoice], None],
) -> QMenu:
    """Ticked columns are those on screen; `choose` gets what follows from a click. It deletes itself when closed."""
    menu = QMenu(tr("Columns"), parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for column in Column:
        if column in ALWAYS:
            continue
        act = menu.addAction(head(column))
        act.setCheckable(True)
        act.setChecked(shown(column))
        act.triggered.connect(lambda ticked, column=column: choose(choice.with_column(column, shown=ticked)))
    menu.addSeparator()
    by_width = menu.addAction(tr("As many as fit"))
    by_width.setEnabled(choice != NOTHING_CHOSEN)
    by_width.triggered.connect(lambda: choose(NOTHING_CHOSEN))
    return menu
