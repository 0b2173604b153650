"""What `main.py snapshot` was asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from console.domain.errors import UserError
from console.domain.instants import HOUR, format_instant, parse_instant
from ui.options import THEMES, WindowOptions, read_options

# The instant of pictures that are to come out the same on every day.
STILL = parse_instant("2026-11-21T02:14:31Z")
# Pages that are drawn of a desk of their own.
OWN_DESKS = ("empty", "explain", "shift")
# That of the window: below it pages do not fit.
SMALLEST = (1024, 640)
_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class SnapshotOptions:
    """A page and where its picture goes; `lists` asks for the names of the pages only."""

    window: WindowOptions
    page: str
    out: Path
    size: tuple[int, int]
    lists: bool
    still: Path | None


def read_snapshot_options(arguments: Sequence[str]) -> SnapshotOptions:
    """Options of the window may stand before the word `snapshot` or behind it.

    Raises UserError `option_without_value`, `option_invalid` or `options_wrong`. `--help` ends the program with 0.
    """
    found = snapshot_parser().parse_args(arguments)
    if not found.list:
        for option, value in (("--page", found.page), ("--out", found.out)):
            if not value:
                raise UserError("option_without_value", option=option)
    still = None if found.still is None else Path(found.still)
    db, as_of = found.db, found.as_of
    if still is not None and found.page == "as-of" and as_of is None:
        as_of = format_instant(STILL - 3 * HOUR)
    if still is not None and found.page in OWN_DESKS and db is None:
        db = f"sqlite:///{still / f'{found.page}.db'}"
    window = ["--theme", found.theme]
    window += ["--compact"] if found.compact else []
    window += ["--db", db] if db else []
    window += ["--as-of", as_of] if as_of else []
    out = Path(found.out or "")
    return SnapshotOptions(read_options(window), found.page, out, _size(found.size), bool(found.list), still)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError("options_wrong", why=message)


def snapshot_parser() -> argparse.ArgumentParser:
    """The options of `snapshot`. What does not fit is raised as UserError `options_wrong`."""
    parser = _Parser(prog="main.py snapshot", description="Draw a page of the window into a PNG file.")
    parser.add_argument("command", help=argparse.SUPPRESS)
    parser.add_argument("--page", default="", metavar="NAME", help="one of --list")
    parser.add_argument("--out", metavar="FILE.png")
    parser.add_argument("--size", default="1280x800", metavar="WxH", help="1280x800 by default, 1024x640 at least")
    parser.add_argument("--theme", default="light", metavar="|".join(THEMES), help="light by default")
    parser.add_argument("--compact", action="store_true", help="lower rows")
    parser.add_argument("--db", metavar="URL", help="the demo desk by default")
    parser.add_argument("--as-of", metavar="INSTANT", help="the desk as it was")
    parser.add_argument("--still", metavar="FOLDER", help="a demo desk of a fixed instant, made in FOLDER once")
    parser.add_argument("--list", action="store_true", help="print the names of the pages")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if cross and width.isdecimal() and height.isdecimal():
        size = int(width), int(height)
        if all(least <= side <= _LARGEST for least, side in zip(SMALLEST, size, strict=True)):
            return size
    expected = f"a size such as 1280x800, from {SMALLEST[0]}x{SMALLEST[1]} to {_LARGEST}x{_LARGEST}"
    raise UserError("option_invalid", option="--size", found=text, expected=expected)
