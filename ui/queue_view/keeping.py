"""Keeps a person's place while the rows of a queue change: what is selected, what is current, what is in sight."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QTableView

from models.queue_model import QueueModel

# Restoring more than this by id after a reset would be slower than selecting anew.
MOST_SELECTED = 5_000
_Flag = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was before the rows changed. Tickets by id."""

    current: int
    current_row: int
    current_column: int
    selected: tuple[int, ...]
    in_sight: tuple[int, ...]
    first_in_sight: int
    scroll: int


def place_of(view: QTableView, model: QueueModel, in_sight: range, *, reset: bool) -> Place:
    """Where somebody is now. The selection is only noted for a reset: otherwise Qt keeps it."""
    current = view.currentIndex()
    return Place(
        model.ticketAt(current.row()),
        current.row(),
        current.column(),
        _selected(view.selectionModel(), model) if reset else (),
        tuple(model.ticketsAt(in_sight.start, in_sight.stop)),
        in_sight.start,
        view.verticalScrollBar().value(),
    )


def return_to(place: Place, view: QTableView, model: QueueModel, *, reset: bool) -> None:
    """Bring view and selection back. Where the current ticket has left, its row stays current but is not selected."""
    chosen = view.selectionModel()
    if reset and place.selected:
        selection = QItemSelection()
        for row in model.rowsOf(place.selected):
            if row >= 0:
                selection.merge(QItemSelection(model.index(row, 0), model.index(row, 0)), _Flag.Select)
        chosen.select(selection, _Flag.ClearAndSelect | _Flag.Rows)
    if place.current:
        row = model.rowOf(place.current)
        if row < 0:
            row = min(place.current_row, model.rowCount() - 1)
        index = model.index(row, place.current_column) if row >= 0 else QModelIndex()
        if index != view.currentIndex():
            chosen.setCurrentIndex(index, _Flag.NoUpdate)
    # Who is at the top sees what is new there; who scrolled down keeps seeing the same tickets.
    if place.scroll > 0:
        moves = [
            row - before for before, row in enumerate(model.rowsOf(place.in_sight), place.first_in_sight) if row >= 0
        ]
        if moves:
            height = view.verticalHeader().defaultSectionSize()
            view.verticalScrollBar().setValue(place.scroll + median_low(moves) * height)


def _selected(chosen: QItemSelectionModel, model: QueueModel) -> tuple[int, ...]:
    ranges = selected_ranges(chosen)
    if sum(last - first for first, last in ranges) > MOST_SELECTED:
        return ()
    return tuple(ticket_id for first, last in ranges for ticket_id in model.ticketsAt(first, last))


def selected_ranges(chosen: QItemSelectionModel) -> list[tuple[int, int]]:
    """First and past-the-last row of each stretch of selected rows, from the top down."""
    selection = chosen.selection()
    ranges = (selection.at(each) for each in range(selection.count()))
    return sorted({(each.top(), each.bottom() + 1) for each in ranges})
