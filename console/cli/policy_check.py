"""The group `policy`; `policy check` and `policy show`: is a pack sound, what does it say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from textwrap import wrap
from typing import Annotated

import typer

from console.cli.options import AsJson, File
from console.cli.pack_name import PackName, pack_file
from console.cli.plain import Column, clean, table
from console.cli.policy_adopt import policy_adopt
from console.cli.terminal import Terminal
from console.domain.calendar import Calendar
from console.domain.errors import UserError
from console.domain.policy import Pack
from console.domain.policy_text import PackLine, lines
from console.services.adoption_preview import newest_pack
from console.services.holidays import read_pack
from console.words import say

_INVALID = ("pack_invalid", "holidays_invalid")
_WRAP = 80
_LANGUAGES = ("en", "ru")
_COLUMNS = (Column("PART"), Column("ENTRY"), Column("SAYS", elastic=True), Column("RULES"))

Rule = Annotated[str | None, typer.Option(metavar="ID", help="Only what follows this rule, such as OD-7.")]
Language = Annotated[str, typer.Option(metavar="en|ru", help="The language of names and sentences.")]


NamedDb = Annotated[
    str | None, typer.Option("--db", metavar="URL", help="The pack as this database has adopted it, if it has.")
]


def application() -> typer.Typer:
    """The group `policy`."""
    group = typer.Typer(help="Policy packs.", add_completion=False, rich_markup_mode=None, no_args_is_help=False)
    group.callback()(_group)
    group.command("check")(check)
    group.command("show")(show)
    group.command("adopt")(policy_adopt)
    return group


def _group() -> None:
    """Policy packs."""


def check(ctx: typer.Context, file: File, as_json: AsJson = False) -> None:
    """Say whether a policy pack is sound; if not: file, key, what was found and what is expected. Exit code 2 then."""
    terminal: Terminal = ctx.obj
    try:
        pack, _ = read_pack(file)
    except UserError as error:
        if not as_json or error.code not in _INVALID:
            raise
        terminal.note(say(error))
        terminal.say_json({"valid": False, **{key: str(value) for key, value in error.values.items()}})
        raise typer.Exit(2) from error
    terminal.answer(as_json, check_as_json(pack, file.name), lambda: _sound(pack, file.name))


def check_as_json(pack: Pack, file: str) -> dict[str, object]:
    """The answer of `policy check --json` for a sound pack."""
    return {
        "valid": True,
        "file": file,
        "pack": pack.code,
        "plans": [plan.code for plan in pack.plans],
        "calendars": [
            {"code": entry.code, "zone": entry.hours.zone, "holidays": _holidays(entry.hours)}
            for entry in pack.calendars
        ],
    }


def _sound(pack: Pack, file: str) -> Iterator[str]:
    yield clean(f"{file} is sound: {pack.name.en} ({pack.code}), {len(pack.plans)} plans.")
    for entry in pack.calendars:
        yield clean(f"  calendar {entry.code}: {_hours(entry.hours)}")


def _hours(hours: Calendar) -> str:
    if hours.always:
        return "always open"
    shifts = [day for day, windows in hours.shifts.items() if windows]
    dated = f", shifts on {len(shifts)} dates up to {max(shifts)}" if shifts else ""
    if not hours.week:
        return f"{hours.zone}{dated} and closed after them, {_holidays(hours)} holidays"
    return f"{hours.zone}, open on {len(hours.week)} days a week{dated}, {_holidays(hours)} holidays"


def _holidays(hours: Calendar) -> int:
    """Dated and recurring; a recurring one counts once."""
    return len(hours.holidays) + len(hours.recurring_holidays)


def show(
    ctx: typer.Context,
    pack: PackName,
    rule: Rule = None,
    language: Language = "en",
    as_json: AsJson = False,
    db: NamedDb = None,
) -> None:
    """Show what a policy pack says, entry by entry, with the rules of the source documents that each follows."""
    terminal: Terminal = ctx.obj.told(db)
    if language not in _LANGUAGES:
        raise UserError("option_invalid", option="--language", found=language, expected="en or ru")
    found = _pack(terminal, pack)
    chosen = [line for line in lines(found, language) if rule is None or _follows(line, rule)]
    if rule is not None and not chosen:
        known = sorted({source for line in lines(found, language) for source in line.source})
        raise UserError("option_invalid", option="--rule", found=rule, expected=", ".join(known))
    answer = show_as_json(found, chosen, language)
    terminal.answer(as_json, answer, lambda: _shown(found, chosen, language, terminal.width))


def _pack(terminal: Terminal, name: str) -> Pack:
    """The pack as the named database has adopted it last, else the one that ships or is in a file."""
    if terminal.db is not None:
        with terminal.unchanged() as desk:
            adopted = desk.db.read_now(partial(newest_pack, code=name))
        if adopted is not None:
            return adopted
    try:
        return read_pack(pack_file(terminal.policies, name))[0]
    except UserError as error:
        if error.code != "pack_not_found":
            raise
        raise UserError("pack_not_shown", **error.values) from error


def show_as_json(pack: Pack, found: Sequence[PackLine], language: str) -> Mapping[str, object]:
    """The answer of `policy show --json`."""
    return {
        "pack": pack.code,
        "name": pack.name.say(language),
        "entries": [
            {"part": line.part, "entry": line.entry, "says": line.says, "rules": list(line.source)} for line in found
        ],
    }


def _shown(pack: Pack, found: Sequence[PackLine], language: str, width: int | None) -> Iterator[str]:
    yield clean(f"{pack.name.say(language)} ({pack.code})")
    rows = []
    for line in found:
        first, *more = wrap(clean(line.says), _WRAP) or [""]
        rows.append([line.part, line.entry, first, ", ".join(line.source)])
        rows.extend(["", "", rest, ""] for rest in more)
    yield from table(_COLUMNS, rows, width)


def _follows(line: PackLine, rule: str) -> bool:
    """OD-7 also means OD-7a, not OD-71."""
    return any(re.fullmatch(re.escape(rule) + "[a-z]?", source) for source in line.source)
