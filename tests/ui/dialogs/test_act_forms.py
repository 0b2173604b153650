"""The forms of the manager's acts: what is missing is said, a conflict keeps what was typed, drafts survive."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.decisions import ChangedFact
from console.domain.errors import ConflictError, UserError
from console.domain.fact_line import FactLine, VoidableFact
from console.domain.facts import FactKind
from console.domain.instants import HOUR
from console.domain.people import Load, PersonLoad
from console.services.acting.marks import Reminder
from tests.domain.packs import odin
from tests.ui.dialogs.stage import DONE, Door, Stage, play
from tests.ui.example_card import at
from ui.dialogs.act_dialog import ActDialog, ActForm, ActSubject
from ui.dialogs.eta_form import ASK, EtaActs, EtaForm
from ui.dialogs.note_form import NoteForm
from ui.dialogs.owner_form import OwnerForm
from ui.dialogs.remind_form import RemindForm
from ui.dialogs.void_form import VoidActs, VoidForm
from ui.theme import DARK, LIGHT, Theme, apply

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")

SUBJECT = ActSubject(7, "48213", "Mail queue stuck", 3)
PEOPLE = (
    PersonLoad(1, "Ann <b>", True, Load(3, 1, 0, None)),
    PersonLoad(2, "Bo & Co", True, Load()),
    PersonLoad(3, "Zoë", False, Load(1)),
)


def opened(stage: Stage, name: str, form: ActForm) -> ActDialog:
    dialog = ActDialog(name, "Act", "Act on 48213", SUBJECT, form, stage.tools, stage.window)
    stage.open(dialog)
    return dialog


def owner_form(stage: Stage, commit: Any, newest: int = 3) -> OwnerForm:
    return OwnerForm(SUBJECT, 1, PEOPLE, commit, lambda: newest, stage.tools, stage.drafts.load("owner", 7))


def test_an_owner_is_found_by_a_part_of_the_name(stage: Stage) -> None:
    async def story() -> None:
        commit = Door()
        form = owner_form(stage, commit)
        dialog = opened(stage, "owner", form)
        assert (dialog.hint.text(), dialog.primary.isEnabled()) == ("Choose a person.", False)
        QTest.keyClick(form.table, Qt.Key.Key_Down)
        assert dialog.hint.text() == "This person owns the ticket already."
        form.name_part.setFocus()
        QTest.keyClicks(form.name_part, "bo")
        assert form.person() == PEOPLE[1]
        assert dialog.primary.text() == "Give it to Bo & Co"
        QTest.keyClicks(form.words, "Yours")
        dialog.decide()
        await stage.settle()
        assert commit.calls == [(2, 3, "Yours")]
        commit.answer(DONE)
        await stage.settle()
        assert stage.decided == [DONE]
        assert dict(stage.drafts.load("owner", 7)) == {}

    play(story())


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_no_title_over_a_column_is_cut_off(stage: Stage, qapp: QApplication, theme: Theme) -> None:
    before = qapp.palette(), qapp.styleSheet()

    async def story() -> None:
        form = owner_form(stage, Door())
        opened(stage, "owner", form)
        head = form.table.horizontalHeader()
        for column in range(head.count()):
            assert head.sectionSize(column) >= head.sectionSizeHint(column), column

    apply(theme, qapp)
    try:
        play(story())
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])


def test_nobody_is_an_owner_too(stage: Stage) -> None:
    async def story() -> None:
        form = owner_form(stage, Door())
        dialog = opened(stage, "owner", form)
        form.choose(3)
        form.nobody.setChecked(True)
        assert (form.person(), dialog.primary.text(), dialog.primary.isEnabled()) == (None, "Take the owner off", True)
        dialog.reject()

    play(story())


def test_somebody_who_gave_it_away_meanwhile_is_named_and_the_next_press_decides(stage: Stage) -> None:
    async def story() -> None:
        commit = Door()
        form = owner_form(stage, commit, newest=9)
        dialog = opened(stage, "owner", form)
        form.choose(3)
        QTest.keyClicks(form.words, "Knows the vendor")
        dialog.decide()
        await stage.settle()
        changed = ChangedFact(FactKind.OWNER_SET, at(110), "Otto", "d1")
        commit.fail(ConflictError("changed_by_someone", changes=(changed,)))
        await stage.settle()
        assert dialog.error.text().startswith("Otto changed the owner at")
        assert form.words.words() == "Knows the vendor"
        dialog.decide()
        await stage.settle()
        assert [call[1] for call in commit.calls] == [3, 9]
        commit.answer(DONE)
        await stage.settle()

    play(story())


def test_a_note_that_was_begun_is_there_again(stage: Stage) -> None:
    async def story() -> None:
        first = NoteForm(SUBJECT, Door(), stage.tools, stage.drafts.load("note", 7))
        dialog = opened(stage, "note", first)
        assert not dialog.primary.isEnabled()
        QTest.keyClicks(first.words, "The vendor calls")
        dialog.reject()
        await stage.settle()
        again = NoteForm(SUBJECT, Door(), stage.tools, stage.drafts.load("note", 7))
        assert again.words.words() == "The vendor calls"
        other = NoteForm(ActSubject(8, "9", "", 3), Door(), stage.tools, stage.drafts.load("note", 8))
        assert other.words.words() == ""

    play(story())


def test_a_reminder_is_in_the_future_or_taken_off(stage: Stage) -> None:
    async def story() -> None:
        write = Door()
        present = Reminder(7, stage.time.now() + HOUR, "Call them back")
        form = RemindForm(SUBJECT, present, write, stage.tools, {})
        dialog = opened(stage, "remind", form)
        assert (form.at.instant(), form.words.words()) == (present.at, "Call them back")
        form.at.set_instant(stage.time.now())
        assert (dialog.hint.text(), dialog.primary.isEnabled()) == ("The reminder must be in the future.", False)
        form.off.setChecked(True)
        assert (dialog.primary.text(), dialog.primary.isEnabled()) == ("Take the reminder off", True)
        dialog.decide()
        await stage.settle()
        assert write.calls == [(None, "Call them back")]
        write.fail(UserError("remind_past", given="now"))
        await stage.settle()
        assert dialog.error.text() == "A reminder must be in the future; now is not."
        dialog.reject()

    play(story())


def test_what_cannot_be_voided_is_not_chosen(stage: Stage) -> None:
    def fact(uid: str, refusal: str | None) -> VoidableFact:
        line = FactLine(
            uid, at(30), FactKind.NOTE, None, None, None, 2, "Ann", f"words {uid}", None, None, None, None, None, 1
        )
        return VoidableFact(line, refusal)

    async def story() -> None:
        preview = Door()
        acts = VoidActs(preview, lambda seen: (), Door())
        form = VoidForm(SUBJECT, (fact("a", None), fact("b", "void_undo_instead")), odin(), acts, stage.tools, {})
        dialog = opened(stage, "void", form)
        assert dialog.hint.text() == "Choose an entry."
        form.choose("b")
        assert form.fact() is None
        QTest.keyClick(form.table, Qt.Key.Key_Down)
        QTest.keyClick(form.table, Qt.Key.Key_Down)
        chosen = form.fact()
        assert chosen is not None
        assert chosen.uid == "a"
        assert dialog.hint.text() == "Wait until its effect is known."
        await stage.settle()
        assert preview.calls == [("a",)]
        preview.fail(UserError("void_unknown", found="a"))
        await stage.settle()
        assert form.effect.title.text() == "The ticket has no entry a."
        dialog.reject()

    play(story())


def test_nobody_is_asked_for_an_eta_where_nobody_owns_the_ticket(stage: Stage) -> None:
    async def story() -> None:
        preview = Door()
        acts = EtaActs(preview, lambda seen: (), Door(), Door())
        form = EtaForm(SUBJECT, None, odin(), acts, stage.tools, {"choice": ASK})
        dialog = opened(stage, "eta", form)
        assert form.choice() != ASK
        assert not form.choices[ASK].isEnabled()
        form.due.set_instant(stage.time.now() - HOUR)
        assert dialog.hint.text() == "The ETA must lie in the future."
        form.due.set_instant(stage.time.now() + HOUR)
        assert dialog.hint.text() == "Wait until its effect is known."
        dialog.reject()
        await stage.settle()

    play(story())
