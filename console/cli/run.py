"""The edge of the terminal program: runs a command and turns whatever happens into an exit code and one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TextIO

import typer

from console import places
from console.cli.app import application
from console.cli.terminal import Terminal
from console.domain.errors import ConsoleError, EnvironmentFault, InternalFault
from console.domain.instants import TimeSource
from console.report_file import write_report
from console.time_source import SystemTime
from console.version import VERSION
from console.words import say

FINE, FINDINGS, WRONG_USE, BUG, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 3, 130, 141

_WHO = ("--role", "--roles")


def run(argv: Sequence[str], resources: Path, time: TimeSource | None = None) -> int:
    """Run the command that `argv` (without the program's name) asks for.

    Returns 0, 1 when `verify` found something, 2 for what the user can mend or what failed around the program, 3 for
    a bug of ours, 130 after Ctrl-C, 141 when nobody reads the output any more.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal without the letters of a name shows question marks instead of failing.
            stream.reconfigure(errors="replace")
    # A stream that the caller has closed is none at all.
    nowhere = StringIO()
    terminal = Terminal(sys.stdout or nowhere, sys.stderr or nowhere, resources, time or SystemTime())
    if terminal.out is nowhere:
        terminal.note(say(EnvironmentFault("output_closed")))
        return WRONG_USE
    return _guarded(terminal, lambda: _invoke(terminal, argv))


def _invoke(terminal: Terminal, argv: Sequence[str]) -> int:
    command = typer.main.get_command(application(terminal))
    code = command.main(args=_roles_first(argv), prog_name="main.py", standalone_mode=False)
    terminal.out.flush()
    return code if isinstance(code, int) else FINE


def _roles_first(argv: Sequence[str]) -> list[str]:
    """The arguments with those that say who acts in front: they may stand behind any command."""
    first: list[str] = []
    rest: list[str] = []
    left = list(argv)
    while left:
        each = left.pop(0)
        if each == "--":
            return [*first, *rest, each, *left]
        if each in _WHO and left:
            first += [each, left.pop(0)]
        elif each.partition("=")[0] in _WHO and "=" in each:
            first.append(each)
        else:
            rest.append(each)
    return first + rest


def _guarded(terminal: Terminal, work: Callable[[], int]) -> int:
    try:
        return work()
    except typer.TyperException as error:
        return _usage(terminal, error)
    except InternalFault as error:
        return _bug(terminal, error, say(error))
    except ConsoleError as error:
        terminal.note(say(error))
        return WRONG_USE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The library of the commands ends the program itself when the pipe breaks, and only then.
        _let_go(terminal.out)
        return BROKEN_PIPE
    except OSError as error:
        if error.filename is not None:
            return _bug(terminal, error, f"{type(error).__name__}: {error}")
        # Files have names, and whoever opens one says what its errors mean: what is left is the output.
        _let_go(terminal.out)
        terminal.note(say(EnvironmentFault("output_unwritable", why=error.strerror or str(error))))
        return WRONG_USE
    except Exception as error:  # noqa: BLE001 - the outermost edge: whatever comes here is a bug, and is reported
        return _bug(terminal, error, f"{type(error).__name__}: {error}")


def _usage(terminal: Terminal, error: typer.TyperException) -> int:
    said = " ".join(error.format_message().split())
    terminal.note(f"{said.rstrip('.')}. See --help.")
    return WRONG_USE


def _bug(terminal: Terminal, error: BaseException, words: str) -> int:
    # The machine's own time: what was handed in may be what is broken.
    path = write_report(places.reports_folder(), error, SystemTime().now(), VERSION)
    where = f"A report is in {path}." if path is not None else "A report of it could not be written."
    terminal.note(f"This is a bug of the program: {words} {where}")
    return BUG


def _let_go(stream: TextIO) -> None:
    """The interpreter flushes once more when it ends: give it somewhere to write to."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
