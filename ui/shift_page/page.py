"""The page of the shift in the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Qt

from console.domain.decisions import Change, JournalEntry
from console.domain.people import PersonLoad
from console.domain.roles import Act, may
from console.services.desk import Desk
from console.services.desk_state import DeskState
from console.services.shifts import Shift
from ui.dialogs.act_dialog import ActDialog, ActSubject
from ui.pages import DeskPage
from ui.shift_page.forms import HAND_OVER, TAKE, ShiftForm
from ui.shift_page.layout import ShiftView
from ui.shift_page.words import (
    decision_lines,
    desk_heads,
    desk_lines,
    named_words,
    shift_lines,
    taken_words,
)
from ui.slots import Busy, Tasks, slot
from ui.theme import Theme
from ui.ticket_acts.site import ActSite
from ui.tr import tr
from ui.words.role_words import role_name
from ui.words.shift_words import on_duty_words

_EARLIER = 30


@dataclass(frozen=True)
class _Seen:
    """What the page shows."""

    shifts: tuple[Shift, ...]
    people: tuple[PersonLoad, ...]
    now: DeskState | None
    decisions: tuple[JournalEntry, ...]
    numbers: Mapping[int, str]
    managers: tuple[str, ...]

    @property
    def latest(self) -> Shift | None:
        return self.shifts[0] if self.shifts else None

    @property
    def running(self) -> Shift | None:
        return self.latest if self.latest is not None and self.latest.until is None else None


class ShiftPage(DeskPage):
    """Who is on duty, who works with them, the desk at the take-over and now, decisions, earlier shifts."""

    def __init__(self, theme: Theme, zone: tzinfo, site: ActSite) -> None:
        super().__init__()
        self._site = site
        self._zone = zone
        self._seen: _Seen | None = None
        self.view = ShiftView(theme, zone, site.tools.time, self)
        self.view.take.clicked.connect(self.take)
        self.view.hand_over.clicked.connect(self.hand_over)
        self.view.keep.clicked.connect(self._keep)
        self.view.people.ticked.connect(self._allow)
        self.view.earlier_table.activated.connect(lambda index: self._show_earlier(index.row()))
        self.view.earlier_table.clicked.connect(lambda index: self._show_earlier(index.row()))
        site.actorChanged.connect(self._allow)
        site.shiftChanged.connect(lambda: self.read() if self.isVisible() else None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.view.people_table)

    @property
    def tasks(self) -> Tasks:
        """Where the slots run."""
        return self._site.tasks

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.view.set_theme(theme)

    def shown(self) -> None:
        """Read what is shown."""
        self.read()

    @slot(busy=Busy.REPLACE)
    async def read(self) -> None:
        """Read all of it anew; ticks that were not kept stay."""
        await self._read_anew()

    @slot(busy=Busy.REPLACE)
    async def ask_take(self) -> None:
        """Open the dialog for taking over as soon as the page is read, where it may be done."""
        await self._read_anew()
        self.take()

    async def _read_anew(self) -> None:
        seen = await _read(self._site.desk)
        ticked = self.view.people.ticked_ids() if self._unkept() else _on_shift(seen)
        self._seen = seen
        self.view.people.show_people(seen.people, ticked)
        self._show(seen)
        self._allow()

    def take(self) -> None:
        """Open the dialog for taking over."""
        seen, site = self._seen, self._site
        if seen is None or not self.view.take.isEnabled():
            return
        people = self.view.people.ticked_ids()

        async def commit(_to: str, words: str) -> Change:
            before = self._seen.latest if self._seen is not None else None
            job = partial(
                site.desk.shifts.take,
                actor=site.actor,
                on_shift=people,
                words=words,
                seen=None if before is None else before.entry_uid,
            )
            return await site.desk.db.write(job)

        names = [each.name for each in seen.people if each.person_id in people]
        told = tr("On shift: {names}.", names=", ".join(names)) if names else tr("Nobody is ticked as on shift.")
        running = seen.running
        if running is not None:
            told = tr("{name} is on duty; that shift ends. {told}", name=running.actor, told=told)
        form = ShiftForm(TAKE, told, None, commit, site.tools, site.tools.drafts.load(TAKE, 0))
        self._open(TAKE, tr("Take over"), form)

    def hand_over(self) -> None:
        """Open the dialog for handing over."""
        seen, site = self._seen, self._site
        if seen is None or not self.view.hand_over.isEnabled():
            return

        async def commit(to: str, words: str) -> Change:
            before = self._seen.latest if self._seen is not None else None
            job = partial(
                site.desk.shifts.hand_over,
                actor=site.actor,
                to=to,
                words=words,
                seen=None if before is None else before.entry_uid,
            )
            return await site.desk.db.write(job)

        others = [name for name in seen.managers if name != site.actor.name]
        told = tr("The desk as it stands now is kept with the handover.")
        form = ShiftForm(HAND_OVER, told, others, commit, site.tools, site.tools.drafts.load(HAND_OVER, 0))
        self._open(HAND_OVER, tr("Hand over"), form)

    def _open(self, name: str, title: str, form: ShiftForm) -> None:
        dialog = ActDialog(name, title, title, ActSubject(0, "", "", 0), form, self._site.tools, self._site.window)
        dialog.subject.hide()
        dialog.decided.connect(lambda _: self._site.shiftChanged.emit())
        dialog.finished.connect(lambda _: self.read())
        form.stale.connect(self.read)
        dialog.open_beside(self.view.take)

    @slot()
    async def _keep(self) -> None:
        seen, site = self._seen, self._site
        running = None if seen is None else seen.running
        if running is None:
            return
        job = partial(
            site.desk.shifts.set_people,
            actor=site.actor,
            on_shift=self.view.people.ticked_ids(),
            seen=running.entry_uid,
        )
        await site.desk.db.write(job)
        self._seen = None
        site.shiftChanged.emit()

    def _unkept(self) -> bool:
        """Whether the ticks are others than those that are recorded."""
        seen = self._seen
        return seen is not None and set(self.view.people.ticked_ids()) != set(_on_shift(seen))

    def _show(self, seen: _Seen) -> None:
        view, zone = self.view, self._zone
        now = self._site.tools.time.now()
        words = on_duty_words(seen.latest, self._site.actor.name, zone, now)[0]
        view.title.setText(words[:1].upper() + words[1:])
        view.note.setText(taken_words(seen.latest, zone, now))
        then = None if seen.running is None else seen.running.state_taken
        self._show_desk(then, seen.now, seen)
        view.show_decisions(decision_lines(seen.decisions, seen.numbers, zone, now))
        view.show_shifts(shift_lines(seen.shifts, zone, now, self._site.actor.name))

    def _show_earlier(self, row: int) -> None:
        """What one of the shifts kept: the desk when it was taken beside the desk when it was handed over."""
        seen = self._seen
        shift = seen.shifts[row] if seen is not None and 0 <= row < len(seen.shifts) else None
        if seen is None or shift is None:
            return
        self._show_shift(shift, seen)

    @slot(busy=Busy.REPLACE)
    async def _show_shift(self, shift: Shift, seen: _Seen) -> None:
        desk, now = self._site.desk, self._site.tools.time.now()
        entries, numbers = await _decisions(desk, shift.uid)
        self.view.show_decisions(decision_lines(entries, numbers, self._zone, now))
        self.view.note.setText(taken_words(shift, self._zone, now))
        after = seen.now if shift.until is None else shift.state_handed
        self._show_desk(shift.state_taken, after, seen)

    def _show_desk(self, then: DeskState | None, after: DeskState | None, seen: _Seen) -> None:
        until = None if after is seen.now else after
        heads = desk_heads(then, self._zone, self._site.tools.time.now(), until)
        self.view.show_desk(desk_lines(then, after), heads, taken=then is not None)
        told = after or then
        named = "" if told is None else named_words(told)
        self.view.named.setText(named)
        self.view.named.setVisible(bool(named))

    def _allow(self) -> None:
        seen, actor = self._seen, self._site.actor
        running = None if seen is None else seen.running
        mine = running is not None and running.actor == actor.name
        refused = None
        if not may(actor.role, Act.TAKE_SHIFT):
            refused = tr("Not as {role}", role=role_name(actor.role))
        elif self._site.desk.shifts.as_of is not None:
            refused = tr("The desk is shown as it was: nothing can be changed")
        elif seen is None:
            refused = tr("The shift is being read.")
        self.view.allow(refused, mine=mine, changed=self._unkept())


async def _read(desk: Desk) -> _Seen:
    shifts = await desk.db.read(partial(desk.shifts.list, limit=_EARLIER))
    running = shifts[0] if shifts and shifts[0].until is None else None
    on_shift = () if running is None else tuple(each.person_id for each in running.people)
    people = await desk.db.read(partial(desk.people.loads, on_shift=on_shift))
    # Of the past only what a shift kept is known.
    now = await desk.db.read(desk.shifts.state_of_desk) if desk.shifts.as_of is None else None
    decisions, numbers = ((), {}) if not shifts else await _decisions(desk, shifts[0].uid)
    managers = await desk.db.read(desk.shifts.managers)
    return _Seen(shifts, people, now, decisions, numbers, managers)


async def _decisions(desk: Desk, uid: str) -> tuple[tuple[JournalEntry, ...], Mapping[int, str]]:
    """Decisions of a shift, and the numbers of their tickets."""
    entries = await desk.db.read(partial(desk.shifts.decisions, shift_uid=uid))
    ids = sorted({entry.ticket_id for entry in entries if entry.ticket_id is not None})
    rows = await desk.db.read(partial(desk.queues.rows, ids=ids))
    return entries, {row.ticket_id: row.number for row in rows}


def _on_shift(seen: _Seen) -> tuple[int, ...]:
    return () if seen.running is None else tuple(each.person_id for each in seen.running.people)
