"""Builds the window and what it needs before any desk is loaded; nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from PySide6.QtWidgets import QApplication

from console.domain.errors import ConsoleError
from console.domain.instants import TimeSource
from console.domain.rows import QueueRow
from models.queue_model import QueueModel
from ui import theme
from ui.presenter import Presenter
from ui.queue_view.notices import ViewState
from ui.queue_view.painted_table import Density
from ui.queue_view.words import ScreenWords
from ui.settings import THEME, WindowSettings
from ui.slots import Tasks
from ui.theme import Theme, ThemeName
from ui.window import Window


@dataclass(frozen=True)
class ShellSettings:
    """How to build the window. `reports` is the folder for reports of bugs, `settings` the file of the layout; without
    a `theme` it has the one of last time."""

    theme: ThemeName | None
    compact: bool
    settings: Path | None
    reports: Path
    version: str
    on_duty: str


@dataclass(frozen=True)
class Shell:
    """The window with no desk in it yet."""

    app: QApplication
    window: Window
    model: QueueModel
    tasks: Tasks
    presenter: Presenter
    theme: Theme
    time: TimeSource
    zone: tzinfo


def build_shell(
    app: QApplication,
    settings: ShellSettings,
    time: TimeSource,
    zone: tzinfo,
    say: Callable[[ConsoleError], str],
    first_rows: Sequence[QueueRow] = (),
) -> Shell:
    """Dress the application and build its window with the first rows, if there are any. It is not shown yet."""
    remembered = WindowSettings(settings.settings)
    dress = theme.theme_for(settings.theme or theme.theme_name(remembered.text(THEME)), app)
    theme.apply(dress, app)
    model = QueueModel(time, zone, ScreenWords(None))
    if first_rows:
        model.setFirstRows(first_rows)
    window = Window(dress, time, zone, model, remembered)
    model.setParent(window)
    window.top_bar.duty.show_name(settings.on_duty)
    if settings.compact:
        window.queue_page.set_density(Density.COMPACT)
    if not first_rows:
        window.queue_page.view.set_state(ViewState.LOADING)
    presenter = Presenter(say, window.banner.say, settings.reports, time, settings.version)
    return Shell(app, window, model, Tasks(presenter.report), presenter, dress, time, zone)
