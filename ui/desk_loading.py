"""Opens the desk in a thread behind the first rows; importing this module is what takes the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import ConsoleError
from console.domain.instants import TimeSource
from console.services.chosen_desk import open_chosen
from console.services.desk import Desk
from console.services.roles import FILE_NAME, present_actor
from ui.desk_session import DeskSession
from ui.options import WindowOptions
from ui.program import Loading
from ui.shell import Shell


@dataclass(frozen=True)
class LoadedDesk:
    """An open desk and how to show it."""

    desk: Desk
    as_of: int | None
    say: Callable[[ConsoleError], str]
    db: str | None

    def session(self, shell: Shell) -> DeskSession:
        """Fill the window with it."""
        return DeskSession(shell, self.desk, self.as_of, self.say, self.db)

    def discard(self) -> None:
        """Let it go unseen."""
        self.desk.close_now()


def load_desk(
    options: WindowOptions,
    folder: Path,
    policies: Path,
    time: TimeSource,
    say: Callable[[ConsoleError], str],
    loading: Loading,
    *,
    creates: bool = True,
) -> LoadedDesk:
    """Open the database that was asked for, or the demo desk in `folder`. `time` is the present, also for the past.

    With `creates` a database that was asked for is made where there is none, but not to look at its past. Raises
    UserError `fresh_needs_demo`, `database_missing`, and what opening and `console.services.roles` raise.
    """
    settings = options.roles or folder / FILE_NAME
    actor = present_actor(settings, named=options.roles is not None, role=options.role)
    desk = open_chosen(
        options.db,
        folder,
        policies,
        time,
        actor=actor,
        fresh=options.fresh,
        creates=creates and options.as_of is None,
        on_progress=loading.progress,
        stop=loading.stopped,
    )
    return LoadedDesk(desk, options.as_of, say, options.db)
