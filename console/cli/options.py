"""Options that several commands share, each written down once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.domain.errors import UserError

Db = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The database, such as sqlite:///desk.db. Without it: that of the window."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
AsOf = Annotated[
    str | None, typer.Option(metavar="INSTANT", help="As it was then, such as 2017-09-12T08:00:00Z. Reads only.")
]
RoleName = Annotated[
    str | None,
    typer.Option("--role", metavar="ROLE", help="Act in this one of the roles held, such as shift_manager or viewer."),
]
RolesFile = Annotated[
    Path | None,
    typer.Option("--roles", metavar="FILE", help="Who holds which roles; else roles.toml in the data folder."),
]
Ticket = Annotated[
    str, typer.Argument(metavar="TICKET", help="Its number, or SOURCE/NUMBER where several sources have it.")
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why, in words. They go into the journal.")]
Code = Annotated[
    str | None, typer.Option(metavar="CODE", help="The reason by its code in the policy pack; without it the first.")
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The file.")]


def must_say_why(reason: str) -> None:
    """Refuses a decision without words, naming the option. Raises UserError reason_missing."""
    if not reason.strip():
        raise UserError("reason_missing")
