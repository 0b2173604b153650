"""Fills the window with a desk: the live one, or the desk as it was."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QPoint, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from console.domain.decisions import Change
from console.domain.errors import ConsoleError, EnvironmentFault, UserError
from console.domain.instants import from_micros
from console.services.demo_desk import fill_past
from console.services.desk import Desk
from console.services.past_desk import as_it_was
from console.services.severities.severity_bulk import BulkResult
from ui.banner import Notice, Tone
from ui.desk_pages import desk_pages
from ui.dialogs.decision_dialog import DialogTools
from ui.dialogs.drafts import Drafts
from ui.duty import Duty
from ui.indicator import Health
from ui.live_queue import LiveQueue
from ui.pages import QUEUE_PAGE
from ui.past_queue import PastQueue
from ui.personal_desk import PersonalDesk
from ui.program import nothing
from ui.queue_names import OPEN
from ui.queue_view.notices import ViewState
from ui.queue_view.words import ScreenWords
from ui.shell import Shell
from ui.shift_page.page import ShiftPage
from ui.theme import Theme
from ui.ticket_acts.site import ActSite
from ui.ticket_desk import TicketDesk
from ui.ticket_panel.panel import TicketPanel
from ui.tr import tr
from ui.undo_acts import UndoActs

# The copy of the day waits until the desk is on screen and looked at; then it is seen to each hour.
BACKUP_AFTER_MS = 10_000
_BACKUP_EVERY_MS = 3_600_000


class DeskSession:
    """Panels, dialogs and the queue's feed for one desk. `as_of` (microseconds UTC) makes it read-only."""

    def __init__(
        self, shell: Shell, desk: Desk, as_of: int | None, say: Callable[[ConsoleError], str], db: str | None = None
    ) -> None:
        """`db` is the URL that was asked for, none for the demo desk."""
        self._db = db
        self._shell = shell
        self._desk = desk if as_of is None else as_it_was(desk, as_of)
        self._as_of = as_of
        self._say = say
        self._threads = ThreadPoolExecutor(1, "backup")
        self._stopped = threading.Event()
        self._backup_due = QTimer(interval=BACKUP_AFTER_MS)
        self._backup_due.timeout.connect(self._start_backup)
        window, page, zone = shell.window, shell.window.queue_page, shell.zone
        self.panel = TicketPanel(shell.theme, shell.time, zone)
        tools = DialogTools(shell.theme, shell.time, zone, shell.tasks, Drafts(), say)
        self.site = ActSite(self._desk, self.panel, tools, window)
        self.undo = UndoActs(self.site, page.undo_line)
        self.ticket = TicketDesk(self.site, page.view.selected_tickets, self._open_url, window.act)
        page.view.chosenChanged.connect(self.panel.actions_bar.show_chosen)
        self.pages = desk_pages(shell, self.site)
        self.queue: LiveQueue | PastQueue
        self.duty = Duty(self.site, window.top_bar, window)
        self.personal: PersonalDesk | None = None
        if as_of is None:
            self.queue = LiveQueue(self._desk, shell.model, page, shell.tasks, zone, shell.presenter.report, window)
            self.personal = PersonalDesk(self.site, window, self.queue, self.duty, self.go_to)
        else:
            self.queue = PastQueue(self._desk, as_of, shell.model, page, shell.tasks, zone, window)
        shell.model.cells.words = ScreenWords(desk.names)
        # Rows that were painted with codes are painted again with names.
        page.view.set_theme(shell.theme)
        page.sidebar.set_names(desk.names)
        page.set_panel(self.panel)
        for code, each in self.pages.items():
            window.set_page(code, each)
        self._connect()
        self._show_role()

    async def open(self) -> None:
        """Read the queue and show it."""
        window = self._shell.window
        if self._as_of is not None:
            self._say_read_only(self._as_of)
        self.duty.look()
        if self.personal is not None:
            await self.personal.open()
        await self.queue.open()
        closed = 0
        if self._as_of is None:
            read = partial(self._desk.queues.page, queue="closed", limit=0)
            closed = (await self._desk.db.read(read)).total
        window.queue_page.show_desk(self._db, closed)
        window.queue_page.view.set_state(ViewState.READY)
        window.queue_page.go_to_first()
        self._show_ticket(window.queue_page.view.current_ticket())
        if self._as_of is None:
            self._backup_due.start()
            if self._db is None:
                self._shell.tasks.start("past of the demo desk", self._fill_past())

    def stop(self) -> None:
        """No more user actions; nothing is followed."""
        self._stopped.set()
        self._backup_due.stop()
        self._shell.window.queue_page.setEnabled(False)
        self.panel.set_read_only(tr("The desk is closing"))
        for each in self.pages.values():
            each.stop()
        if self.personal is not None:
            self.personal.stop()
        if isinstance(self.queue, LiveQueue):
            self.queue.stop()

    async def close(self, limit_seconds: float) -> None:
        """Drain what is being written and let the database go. Raises EnvironmentFault `writes_dropped`."""
        await asyncio.get_running_loop().run_in_executor(self._threads, nothing)
        self._threads.shutdown()
        if not await self._desk.db.close(limit_seconds):
            raise EnvironmentFault("writes_dropped", seconds=limit_seconds)

    async def _fill_past(self) -> None:
        """What team leads review on a demo desk; it is made behind the window, whose start it would hold up."""
        await self._desk.db.write(fill_past(self._desk))
        self.duty.look()

    def set_theme(self, theme: Theme) -> None:
        """Dress panels and pages."""
        self.panel.set_theme(theme)
        self.site.set_theme(theme)
        for each in self.pages.values():
            each.set_theme(theme)

    def go_to(self, ticket_id: int) -> None:
        """Show a ticket in the queue, in that of all open ones where it is not in the chosen one."""
        window = self._shell.window
        window.show_page(QUEUE_PAGE)
        if self._shell.model.rowOf(ticket_id) < 0:
            window.queue_page.pick(OPEN)
        if self._shell.model.rowOf(ticket_id) < 0:
            # Closed meanwhile: no queue has it, the panel shows it all the same.
            self.ticket.show_ticket(ticket_id)
        else:
            window.queue_page.view.go_to(ticket_id)

    def _connect(self) -> None:
        window, find = self._shell.window, self._shell.window.top_bar.find_box
        window.acted.connect(self._acted)
        window.queue_page.ticketCurrent.connect(self._show_ticket)
        window.queue_page.view.menuRequested.connect(self._menu)
        window.queue_page.view.ticketActivated.connect(lambda ticket_id: self.panel.setFocus())
        find.asked.connect(self.queue.find)
        find.cleared.connect(self.queue.clear_find)
        self.queue.findEnded.connect(find.clear)
        window.queue_page.queuePicked.connect(lambda code: self.queue.choose(code) if find.text() else None)
        self.site.pageAsked.connect(window.show_page)
        self.site.warned.connect(lambda words: window.banner.say(Notice(words, Tone.WARNING)))
        window.top_bar.duty.roleChosen.connect(self._choose_role)
        window.top_bar.duty.takeAsked.connect(lambda: self._acted("take"))
        self.ticket.refused.connect(window.queue_page.say)
        if isinstance(self.queue, LiveQueue):
            self.queue.healthChanged.connect(window.top_bar.indicator.show_health)
            self.queue.ticketsChanged.connect(self.ticket.tickets_changed)
            window.ticked.connect(self.queue.tick)
            window.ticked.connect(self.undo.tick)
            self.site.decided.connect(self._decided)
            self.site.decidedMany.connect(self._decided_many)
            self.undo.undone.connect(self.queue.news)

    def _choose_role(self, role: str) -> None:
        self._desk.duty.choose(role)
        self._show_role()

    def _show_role(self) -> None:
        """Who acts, and what is greyed for this role."""
        actor = self._desk.actor
        self._shell.window.top_bar.duty.show_role(actor.role, actor.roles)
        self.panel.set_actor(actor)
        self.site.actorChanged.emit()

    def _acted(self, code: str) -> None:
        if code in self.ticket.codes:
            self.ticket.act(code)
        elif code == "open":
            self.panel.ask_open()
        elif code == "more":
            self.ticket.show_more()
        elif code == "undo":
            # What comes of it is said below the queue.
            self._shell.window.show_page(QUEUE_PAGE)
            self.undo.undo()
        elif code == "take":
            self._shell.window.show_page("shift")
            page = self.pages["shift"]
            if isinstance(page, ShiftPage):
                page.ask_take()
        elif code == "refresh" and isinstance(self.queue, LiveQueue):
            self.queue.refresh()

    def _decided(self, ticket_id: int, words: str, change: Change) -> None:
        self.undo.decided(words, change)
        self._shell.window.queue_page.decided(ticket_id)
        if isinstance(self.queue, LiveQueue):
            self.queue.news()

    def _decided_many(self, words: str, results: Sequence[BulkResult], more: str) -> None:
        self.undo.decided_many(words, results, more)
        if isinstance(self.queue, LiveQueue):
            self.queue.news()

    def _menu(self, ticket_id: int, where: QPoint) -> None:
        if not ticket_id:
            return
        model, menu = self._shell.model, self.ticket.show_menu(where)
        if menu is not None:
            # Rows keep still under the menu.
            model.hold("menu")
            menu.aboutToHide.connect(lambda: model.release("menu"))

    def _show_ticket(self, ticket_id: int) -> None:
        row = self._shell.model.rowData(self._shell.model.rowOf(ticket_id)) if ticket_id else None
        self.ticket.show_ticket(ticket_id, row.number if row is not None else "")

    def _say_read_only(self, instant: int) -> None:
        window = self._shell.window
        reason = tr("The desk is shown as it was: nothing can be changed")
        words = tr("As of {when}. Read-only: nothing can be changed.", when=instant_words(instant, self._shell.zone))
        window.state_banner.say(Notice(words, Tone.WARNING, lasting=True))
        window.top_bar.indicator.show_health(Health.PAST)
        window.forbid(reason)
        self.panel.set_read_only(reason)

    def _start_backup(self) -> None:
        self._backup_due.setInterval(_BACKUP_EVERY_MS)
        self._shell.tasks.start("daily backup", self._backup())

    async def _backup(self) -> None:
        """In a thread of its own: it takes as long as the file is big. Closing does not wait for the rest of it."""
        loop = asyncio.get_running_loop()
        keep = partial(self._desk.db.keep_daily_backup, self._shell.time.now(), self._stopped.is_set)
        try:
            await loop.run_in_executor(self._threads, keep)
        except (UserError, EnvironmentFault) as error:
            if not self._stopped.is_set():
                failure = EnvironmentFault("backup_failed", why=self._say(error))
                self._shell.presenter.report(failure, retry=self._start_backup)

    def _open_url(self, url: str) -> None:
        if not QDesktopServices.openUrl(QUrl(url)):
            self._shell.presenter.report(EnvironmentFault("browser_missing", url=url))


def instant_words(instant: int, zone: tzinfo) -> str:
    """An instant in local time with its offset, such as 12 Sep 2017 08:00:00 (UTC+02:00)."""
    moment = from_micros(instant).astimezone(zone)
    offset = moment.utcoffset()
    total = 0 if offset is None else int(offset.total_seconds()) // 60
    sign = "-" if total < 0 else "+"
    name = "UTC" if not total else f"UTC{sign}{abs(total) // 60:02}:{abs(total) % 60:02}"
    months = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return f"{moment.day} {months[moment.month - 1]} {moment.year} {moment:%H:%M:%S} ({name})"
