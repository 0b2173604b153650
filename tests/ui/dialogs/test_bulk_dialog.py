"""Several tickets in one dialog: what fails half-way, which reasons are offered, what the words say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.errors import EnvironmentFault, UserError
from console.domain.policy import Reason
from console.domain.rules import ClockKind
from console.services.severities.severity import Wish
from console.services.severities.severity_bulk import CHUNK, BulkLine, BulkResult
from tests.domain.packs import odin, shipped
from tests.ui.dialogs.stage import Stage, play
from ui.dialogs.bulk_dialog import BulkDialog
from ui.dialogs.bulk_form import BulkActs
from ui.dialogs.bulk_words import act_words, counts, done_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")
SAME = UserError("severity_same")


def line(
    ticket_id: int, before: int | None, to: int, refusal: UserError | None = None, breached: bool = False
) -> BulkLine:
    clocks = (ClockKind.FIRST_RESPONSE,) if breached else ()
    return BulkLine(ticket_id, f"T{ticket_id}", "Mail <b>stuck</b>", "odin", before, to, refusal, clocks, 3)


class Desk:
    """Tries and changes tickets in memory: those that can be divided by ten have the severity already."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.changed: list[int] = []
        self.fails_after: int | None = None

    async def dry_run(self, ids: Sequence[int], wish: Wish) -> tuple[BulkLine, ...]:
        self.wishes.append(wish)
        return tuple(line(each, wish.to if each % 10 == 0 else 3, wish.to, None if each % 10 else SAME) for each in ids)

    async def reasons(self, lines: Sequence[BulkLine]) -> tuple[Reason, ...]:
        return tuple(each for each in odin().reasons_for("severity_up") if lines[0].to < 3)

    async def change(self, lines: Sequence[BulkLine], wish: Wish) -> tuple[BulkResult, ...]:
        if self.fails_after is not None and len(self.changed) >= self.fails_after:
            raise EnvironmentFault("disk_full", path="desk.db")
        self.wishes.append(wish)
        self.changed += [each.ticket_id for each in lines]
        return tuple(BulkResult(each.ticket_id, each.number, f"d{each.ticket_id}", None, 9) for each in lines)


def make(stage: Stage, desk: Desk, count: int) -> BulkDialog:
    acts = BulkActs(desk.dry_run, desk.reasons, desk.change)
    dialog = BulkDialog(range(1, count + 1), [odin()], acts, stage.tools, stage.window)
    stage.open(dialog)
    return dialog


async def fill(stage: Stage, dialog: BulkDialog, key: Qt.Key, words: str) -> None:
    QTest.keyClick(dialog.focusWidget(), key)
    for _ in range(4):
        await stage.settle()
    QTest.keyClicks(dialog.bulk_form.words, words)


def test_what_fails_half_way_keeps_what_is_done_and_goes_on_with_the_rest(stage: Stage) -> None:
    async def story() -> None:
        desk = Desk()
        dialog = make(stage, desk, 60)
        told: list[int] = []
        dialog.bulk_form.recorded.connect(lambda _lines, results: told.append(len(results)))
        await fill(stage, dialog, Qt.Key.Key_1, "All down")
        assert dialog.bulk_form.counts.text() == "54 will change · 6 refused"
        assert dialog.primary.text() == "Raise 54 tickets to severity 1"
        desk.fails_after = CHUNK
        dialog.decide()
        await stage.settle()
        assert dialog.error.isVisible()
        assert "disk" in dialog.error.text()
        assert (len(desk.changed), told) == (CHUNK, [CHUNK])
        assert dialog.bulk_form.words.toPlainText() == "All down"
        assert dialog.primary.text() == f"Raise {54 - CHUNK} tickets to severity 1"
        desk.fails_after = None
        dialog.decide()
        await stage.settle()
        assert sorted(desk.changed) == [each for each in range(1, 61) if each % 10]
        assert len({wish.bulk_uid for wish in desk.wishes if wish.words}) == 1
        assert told == [CHUNK, 54]
        assert stage.finished == [1]

    play(story())


def test_another_reason_is_tried_anew_and_stays_chosen(stage: Stage) -> None:
    async def story() -> None:
        desk = Desk()
        dialog = make(stage, desk, 3)
        await fill(stage, dialog, Qt.Key.Key_1, "")
        box = dialog.bulk_form.reason
        assert [box.itemText(each) for each in range(box.count())] == [
            "Each its own: the definition that fits",
            "Definition of the higher severity is met",
            "The impact has grown",
        ]
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_End)
        for _ in range(4):
            await stage.settle()
        assert [wish.reason_code for wish in desk.wishes] == [None, "impact_grew"]
        assert box.currentText() == "The impact has grown"
        await fill(stage, dialog, Qt.Key.Key_4, "")
        dialog.bulk_form.severities.choose(4)
        for _ in range(4):
            await stage.settle()
        assert (box.count(), box.currentIndex()) == (1, 0)
        assert desk.wishes[-1].reason_code is None
        dialog.reject()

    play(story())


def test_leaving_keeps_what_was_typed(stage: Stage) -> None:
    async def story() -> None:
        dialog = make(stage, Desk(), 3)
        await fill(stage, dialog, Qt.Key.Key_2, "Half a sen")
        dialog.reject()
        again = make(stage, Desk(), 3)
        for _ in range(4):
            await stage.settle()
        assert (again.bulk_form.severities.severity(), again.bulk_form.words.words()) == (2, "Half a sen")
        assert again.primary.isEnabled()
        again.reject()

    play(story())


def test_tickets_of_several_packs_have_numbers_and_no_definition(stage: Stage) -> None:
    async def story() -> None:
        desk = Desk()
        acts = BulkActs(desk.dry_run, desk.reasons, desk.change)
        dialog = BulkDialog([1, 2], [odin(), shipped("community")], acts, stage.tools, stage.window)
        stage.open(dialog)
        await fill(stage, dialog, Qt.Key.Key_1, "")
        assert not dialog.bulk_form.severities.definition.isVisible()
        dialog.reject()

    play(story())


@pytest.mark.parametrize(
    ("lines", "act", "said"),
    [
        ([line(1, 3, 1)], "Raise 1 ticket to severity 1", "1 ticket raised to severity 1"),
        ([line(1, 3, 4), line(2, 2, 4)], "Reduce 2 tickets to severity 4", "2 tickets reduced to severity 4"),
        ([line(1, 3, 2), line(2, 1, 2)], "Set 2 tickets to severity 2", "2 tickets set to severity 2"),
        ([line(1, None, 2)], "Raise 1 ticket to severity 2", "1 ticket raised to severity 2"),
    ],
)
def test_the_act_is_named_by_what_will_change(lines: list[BulkLine], act: str, said: str) -> None:
    to = lines[0].to
    assert act_words([*lines, line(9, to, to, SAME)], to) == act
    assert done_words(lines, to, 0) == said
    assert done_words(lines, to, 3) == f"{said}, 3 not changed"


def test_counts_name_only_what_there_is() -> None:
    assert counts([line(1, 3, 1), line(2, 3, 1, breached=True)]) == "2 will change · 1 would be breached at once"
    assert counts([line(1, 1, 1, SAME)]) == "0 will change · 1 refused"
