"""What `main.py snapshot` was asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import UserError
from ui.options import THEMES, WindowOptions, read_options

_SMALLEST, _LARGEST = 200, 10_000


@dataclass(frozen=True, slots=True)
class SnapshotOptions:
    """A page and where its picture goes; `lists` asks for the names of the pages only."""

    window: WindowOptions
    page: str
    out: Path
    size: tuple[int, int]
    lists: bool


def read_snapshot_options(arguments: Sequence[str]) -> SnapshotOptions:
    """Options of the window may stand before the word `snapshot` or behind it.

    Raises UserError `option_without_value` or `option_invalid`. Wrong names end the program with exit code 2 and
    `--help` with 0, as `argparse` does.
    """
    parser = argparse.ArgumentParser(prog="main.py snapshot", description="Draw a page of the window into a PNG file.")
    parser.add_argument("command", help=argparse.SUPPRESS)
    parser.add_argument("--page", default="", metavar="NAME", help="one of --list")
    parser.add_argument("--out", metavar="FILE.png")
    parser.add_argument("--size", default="1280x800", metavar="WxH", help="1280x800 by default")
    parser.add_argument("--theme", choices=THEMES, default="light")
    parser.add_argument("--compact", action="store_true", help="lower rows")
    parser.add_argument("--db", metavar="URL", help="the demo desk by default")
    parser.add_argument("--as-of", metavar="INSTANT", help="the desk as it was")
    parser.add_argument("--list", action="store_true", help="print the names of the pages")
    found = parser.parse_args(arguments)
    if not found.list:
        for option, value in (("--page", found.page), ("--out", found.out)):
            if not value:
                raise UserError("option_without_value", option=option)
    window = ["--theme", found.theme]
    window += ["--compact"] if found.compact else []
    window += ["--db", found.db] if found.db else []
    window += ["--as-of", found.as_of] if found.as_of else []
    return SnapshotOptions(read_options(window), found.page, Path(found.out or ""), _size(found.size), bool(found.list))


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if cross and width.isdecimal() and height.isdecimal():
        size = int(width), int(height)
        if all(_SMALLEST <= side <= _LARGEST for side in size):
            return size
    expected = f"a size such as 1280x800, {_SMALLEST} to {_LARGEST} each way"
    raise UserError("option_invalid", option="--size", found=text, expected=expected)
