"""The argument of commands that take a policy pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.domain.errors import UserError

PackName = Annotated[
    str, typer.Argument(metavar="PACK", help="The code of a pack that ships with the program, or a file.")
]


def pack_file(shipped: Path, name: str) -> Path:
    """The file of a pack that ships in the folder `shipped`, or of that name. Raises UserError pack_not_found."""
    path = shipped / f"{name}.toml"
    if name.isidentifier() and path.is_file():
        return path
    if Path(name).exists():
        return Path(name)
    known = ", ".join(sorted(each.stem for each in shipped.glob("*.toml")))
    raise UserError("pack_not_found", name=name, expected=known)
