"""Changing the severity of all tickets that are chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from functools import partial

from console.domain.policy import Reason
from console.domain.roles import Act, require
from console.services.severities.severity import Wish
from console.services.severities.severity_bulk import BulkLine, BulkResult
from ui.dialogs.bulk_dialog import BulkDialog
from ui.dialogs.bulk_form import BulkActs
from ui.dialogs.bulk_words import done_words
from ui.slots import Tasks, slot
from ui.ticket_acts.site import ActSite
from ui.undo_acts import reasons_of


class ChangeSeverities:
    """Opens the dialog with the dry run."""

    def __init__(self, site: ActSite) -> None:
        self._site = site

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def open_many(self, ticket_ids: Sequence[int]) -> None:
        """For these tickets, in the order of the queue."""
        self._open(tuple(ticket_ids))

    @slot()
    async def _open(self, ids: tuple[int, ...]) -> None:
        site, desk, actor = self._site, self._site.desk, self._site.actor
        require(actor, Act.CHANGE_SEVERITY)
        bulk = desk.severity_bulk

        def dry_run(chunk: Sequence[int], wish: Wish) -> Awaitable[tuple[BulkLine, ...]]:
            return desk.db.read(partial(bulk.dry_run, ids=chunk, wish=wish, actor=actor))

        def reasons(lines: Sequence[BulkLine]) -> Awaitable[tuple[Reason, ...]]:
            return desk.db.read(partial(bulk.reasons, lines=lines))

        def change(lines: Sequence[BulkLine], wish: Wish) -> Awaitable[tuple[BulkResult, ...]]:
            return desk.db.write(partial(bulk.change, lines=lines, wish=wish, actor=actor))

        packs = await desk.db.read(partial(bulk.packs, ids=ids))
        dialog = BulkDialog(ids, packs, BulkActs(dry_run, reasons, change), site.tools, site.window)
        dialog.bulk_form.recorded.connect(self._tell)
        dialog.open_beside(site.panel)

    def _tell(self, lines: Sequence[BulkLine], results: Sequence[BulkResult]) -> None:
        done = {each.ticket_id for each in results if each.decision_uid is not None}
        changed = [line for line in lines if line.ticket_id in done]
        if not changed:
            return
        left = [each for each in results if each.refusal is not None]
        words = done_words(changed, changed[0].to, len(lines) - len(changed))
        self._site.decidedMany.emit(words, results, reasons_of(left, self._site.tools.say))
