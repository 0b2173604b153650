"""What every command works with: where it writes, which desk it opens, what time it is."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from console import places
from console.cli.moments import read_instant
from console.cli.plain import clean
from console.cli.progress import Bar
from console.domain.decisions import Actor
from console.domain.errors import EnvironmentFault, UserError
from console.domain.instants import TimeSource
from console.services import upkeep
from console.services.demo_desk import demo_path
from console.services.desk import Desk, open_desk
from console.services.past_desk import as_it_was
from console.services.roles import FILE_NAME, present_actor

_NOT_WRITABLE = ("database_read_only", "database_locked")


@dataclass(frozen=True, slots=True)
class Terminal:
    """Handed to every command. `db` and `as_of` were given before the command word."""

    out: TextIO
    err: TextIO
    resources: Path
    time: TimeSource
    db: str | None = None
    as_of: str | None = None
    role: str | None = None
    roles: Path | None = None

    def told(
        self, db: str | None, as_of: str | None = None, role: str | None = None, roles: Path | None = None
    ) -> Terminal:
        """With what was said after the command word, which wins."""
        return replace(
            self,
            db=db or self.db,
            as_of=as_of or self.as_of,
            role=role or self.role,
            roles=roles or self.roles,
        )

    def actor(self) -> Actor:
        """Who types, with the roles held; with `--role` in that one and no other. Raises UserError, see
        `console.services.roles`."""
        settings = self.roles or places.data_folder() / FILE_NAME
        found = present_actor(settings, named=self.roles is not None, role=self.role)
        return found if self.role is None else found._replace(roles=(found.role,))

    @property
    def url(self) -> str:
        """The database that was named, else the one that the window opens."""
        return self.db or f"sqlite:///{demo_path(places.data_folder())}"

    @property
    def policies(self) -> Path:
        """The folder with the packs that a new database gets."""
        return self.resources / "policies"

    def instant(self) -> int | None:
        """The instant of `--as-of` (microseconds UTC), none for the present. Raises UserError option_invalid."""
        return None if self.as_of is None else read_instant("--as-of", self.as_of)

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """The desk for commands that only read: as it is, after what time has changed is folded, or as it was.

        Raises UserError database_missing where there is none: reading makes no database.
        """
        instant = self.instant()
        with self._opened() as desk:
            if instant is None:
                _refold(desk)
                yield desk
            else:
                yield as_it_was(desk, instant)

    @contextmanager
    def unchanged(self) -> Iterator[Desk]:
        """The desk as it is stored, for looking at what is stored. Raises UserError database_missing."""
        with self._opened() as desk:
            yield desk

    @contextmanager
    def writing(self, *, creates: bool = False) -> Iterator[Desk]:
        """The desk for commands that write. With `creates` a missing database is made."""
        if self.as_of is not None:
            expected = "the present: this command writes"
            raise UserError("option_invalid", option="--as-of", found=self.as_of, expected=expected)
        with self._opened(creates=creates) as desk:
            yield desk

    @contextmanager
    def _opened(self, *, creates: bool = False) -> Iterator[Desk]:
        actor = self.actor()
        if not creates:
            upkeep.must_exist(self.url)
        desk = open_desk(self.url, self.time, self.policies, actor)
        try:
            yield desk
        finally:
            desk.close_now()

    def say(self, *lines: str) -> None:
        """Write lines of text. What came from outside is cleaned before it gets here, or by `table`."""
        for line in lines:
            self.out.write(line + "\n")

    def note(self, line: str) -> None:
        """One line on the error stream, whatever is in it."""
        self.err.write(clean(line) + "\n")

    def say_json(self, answer: Mapping[str, object]) -> None:
        """One JSON object in ASCII: no byte of it can be an escape sequence of a terminal."""
        json.dump(answer, self.out, indent=2)
        self.out.write("\n")

    def answer(self, as_json: bool, answer: Mapping[str, object], text: Callable[[], Iterable[str]]) -> None:
        """The answer as JSON or as text."""
        if as_json:
            self.say_json(answer)
        else:
            self.say(*text())

    @property
    def width(self) -> int | None:
        """Columns of the terminal; none where the output goes elsewhere."""
        return shutil.get_terminal_size().columns if self.out.isatty() else None

    def bar(self, what: str) -> Bar:
        """A progress bar on the error stream, silent where that is no terminal."""
        shown = self.err.isatty() and os.environ.get("TERM") != "dumb"
        return Bar(self.err if shown else None, what)


def _refold(desk: Desk) -> None:
    """Rows that time alone has changed. A database that others hold or that is read-only is shown as it is."""
    try:
        desk.db.write_now(desk.queues.refold_due)
    except EnvironmentFault as error:
        if error.code not in _NOT_WRITABLE:
            raise
