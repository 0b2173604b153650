"""The composition root: reads what was asked for and puts the program together.

Without a command the window opens; `snapshot` draws a page; every other command goes to the terminal program. Imports
stand inside functions here and nowhere else: the first rows are on screen before the heavy libraries are loaded.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.errors import ConsoleError
from console.domain.instants import format_instant
from console.places import NAME, data_folder
from console.version import VERSION
from console.words import say
from ui import platform_check
from ui.options import WindowOptions, command_word, read_options, sqlite_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from console.domain.instants import TimeSource
    from console.domain.rows import QueueRow
    from ui.program import Load, Loaded, Loading
    from ui.shell import ShellSettings

RESOURCES = Path(__file__).parent / "resources"
POLICIES = RESOURCES / "policies"

HELP = ("--help", "-h")
FINE, FAILED, WRONG_USE = 0, 1, 2
FIRST_ROWS = 200
# Rows of the queue that are printed where there is no screen, and the size of the picture.
TOP = 15
SIZE = (1280, 800)
# Threads that read the database hand over sooner: rows arrive while others compute.
SWITCH_SECONDS = 0.001


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0, 1 when it failed, 2 when it was asked for what it cannot do."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    word = command_word(given)
    try:
        if word == "snapshot":
            return _snapshot(given)
        if word in HELP:
            # Options of the window before it say nothing to the terminal.
            return _terminal(["--help"])
        if word is not None:
            return _terminal(given)
        return _desk(read_options(given), os.environ)
    except ConsoleError as error:
        print(say(error), file=sys.stderr)
        return WRONG_USE


def _terminal(arguments: Sequence[str]) -> int:
    from console.cli import run

    return run(arguments, RESOURCES)


def _desk(options: WindowOptions, environ: Mapping[str, str]) -> int:
    trouble = platform_check.screen_trouble(environ)
    if trouble is None:
        return _window(options) if _libraries_are_there(environ) else FAILED
    print(f"There is no screen: {trouble}.")
    has_libraries = _libraries_are_there({"QT_QPA_PLATFORM": "offscreen"})
    return _without_screen(options, draws=has_libraries)


def _libraries_are_there(environ: Mapping[str, str]) -> bool:
    platform = platform_check.chosen_platform(environ)
    missing = platform_check.missing_libraries(platform)
    if missing:
        names = ", ".join(each.soname for each in missing)
        packages = " ".join(sorted({each.package for each in missing}))
        print(f"The window needs libraries that this system lacks: {names}.", file=sys.stderr)
        print(f"Debian and Ubuntu: apt install {packages}", file=sys.stderr)
        print("Commands such as `queue` and `explain` work without them: see --help.", file=sys.stderr)
    return not missing


def _window(options: WindowOptions) -> int:
    from console.time_source import FixedTime, SystemTime
    from ui import event_loop
    from ui.local_zone import LocalZone
    from ui.program import Program
    from ui.shell import build_shell

    sys.setswitchinterval(SWITCH_SECONDS)
    app = _application(pinned_font=False)
    time: TimeSource = SystemTime() if options.as_of is None else FixedTime(options.as_of)
    shell = build_shell(app, _shell_settings(options), time, LocalZone(), say, _first_rows(options))
    shell.window.show()

    async def life() -> None:
        program = Program(shell, _loader(options, creates=True))
        with shell.presenter.catching():
            await program.run()

    event_loop.run(app, life())
    return FINE


def _without_screen(options: WindowOptions, *, draws: bool) -> int:
    """Draw the first page and print the top of the queue: somebody looks at it from a terminal."""
    _make_desk(options)
    if draws:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        print(f"The first page as a picture: {_draw(options, 'queue', _picture_path(options), SIZE)}")
    chosen = [] if options.db is None else ["--db", options.db]
    if options.as_of is not None:
        chosen += ["--as-of", format_instant(options.as_of)]
    if options.role is not None:
        chosen += ["--role", options.role]
    if options.roles is not None:
        chosen += ["--roles", str(options.roles)]
    return _terminal(["queue", "--limit", str(TOP), *chosen])


def _make_desk(options: WindowOptions) -> None:
    """Open the desk once, which makes the demo desk where there is none. Without Qt, which may not be there to load."""
    from console.services.chosen_desk import open_chosen
    from console.services.demo_desk import demo_path
    from console.time_source import SystemTime

    if options.db is None and (options.fresh or not demo_path(data_folder()).exists()):
        print("Making the demo desk, once.", flush=True)
    time = SystemTime()
    open_chosen(options.db, data_folder(), POLICIES, time, fresh=options.fresh, creates=False).close_now()


def _picture_path(options: WindowOptions) -> Path:
    """Beside the database, or in the working folder where that cannot be written to."""
    database = sqlite_path(options.db) if options.db else data_folder() / "demo.db"
    if database is None or not os.access(database.parent, os.W_OK):
        return Path.cwd() / f"{NAME}.png"
    return database.absolute().with_suffix(".png")


def _snapshot(arguments: Sequence[str]) -> int:
    from ui.snapshot_options import read_snapshot_options

    asked = read_snapshot_options(arguments)
    if asked.lists:
        from ui.snapshot import PAGES

        print(*PAGES, sep="\n")
        return FINE
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not _libraries_are_there(os.environ):
        return FAILED
    _draw(asked.window, asked.page, asked.out, asked.size, asked.still)
    return FINE


def _draw(options: WindowOptions, page: str, out: Path, size: tuple[int, int], still: Path | None = None) -> Path:
    """Draw a page offscreen, with the font that ships with the program so that it comes out the same everywhere.

    With the folder `still` the desk, the instant and the zone are fixed as well.
    """
    from console.time_source import FixedTime, SystemTime
    from ui import event_loop, quiet
    from ui.local_zone import LocalZone
    from ui.shell import build_shell
    from ui.snapshot import draw_page
    from ui.snapshot_options import STILL

    quiet.install()
    app = _application(pinned_font=True)
    present: TimeSource = SystemTime() if still is None else FixedTime(STILL)
    time = present if options.as_of is None else FixedTime(options.as_of)
    settings = _shell_settings(options, remember=False)
    if still is not None:
        settings = replace(settings, on_duty="you")
    shell = build_shell(app, settings, time, LocalZone() if still is None else UTC, say)
    if still is not None and options.db is not None:
        _tell_story(page, options.db, present)
    load = _loader(replace(options, fresh=False), still or data_folder(), present, creates=still is not None)
    event_loop.run(app, draw_page(shell, load, page, out, size))
    return out


def _tell_story(page: str, url: str, time: TimeSource) -> None:
    """The desk of a page that has one of its own, made once."""
    path = sqlite_path(url)
    if path is None or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if page == "explain":
        _tell_explained(url, time)
    elif page == "shift":
        from console.services.generating import shift_story

        shift_story.tell(url, POLICIES, time)


def _tell_explained(url: str, time: TimeSource) -> None:
    """The desk of the page that explains a clock."""
    from console.services.desk import open_desk
    from console.services.generating.explained import tell

    desk = open_desk(url, time, POLICIES)
    try:
        tell(desk, RESOURCES / "examples" / "small-desk.toml", time)
    finally:
        desk.close_now()


def _application(*, pinned_font: bool) -> QApplication:
    from PySide6.QtWidgets import QApplication

    from ui import fonts

    app = QApplication([NAME])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Shift Console")
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName(NAME)
    fonts.install(app, pinned=pinned_font)
    return app


def _shell_settings(options: WindowOptions, *, remember: bool = True) -> ShellSettings:
    from console import places
    from ui.shell import ShellSettings
    from ui.theme import ThemeName

    return ShellSettings(
        theme=None if options.theme is None else ThemeName(options.theme),
        compact=options.compact,
        settings=places.data_folder() / "window.ini" if remember else None,
        reports=places.reports_folder(),
        version=VERSION,
        on_duty=_person(),
    )


def _first_rows(options: WindowOptions) -> list[QueueRow]:
    """What can be shown before the desk is loaded; nothing where that is not certain, for the desk itself will say."""
    from console.store.first_rows import first_rows

    path = sqlite_path(options.db) if options.db else data_folder() / "demo.db"
    if path is None or options.fresh or options.as_of is not None:
        return []
    try:
        return first_rows(path, FIRST_ROWS)
    except ConsoleError:
        return []


def _loader(
    options: WindowOptions, folder: Path | None = None, time: TimeSource | None = None, *, creates: bool
) -> Load:
    """What opens the desk: a demo desk in `folder`, else that of the user; `time` is the present, else now.

    With `creates` a database that is named and not there is made: a window says what to do with an empty one. The
    imports are most of the work, and are done where it runs: in a thread.
    """

    def load(loading: Loading) -> Loaded:
        from console.time_source import SystemTime
        from ui.desk_loading import load_desk

        present = time or SystemTime()
        return load_desk(options, folder or data_folder(), POLICIES, present, say, loading, creates=creates)

    return load


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


if __name__ == "__main__":
    sys.exit(main())
