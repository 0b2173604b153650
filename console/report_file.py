"""The report of a bug of ours: a file that the user can send, with nothing of the tickets in it but the error."""

from __future__ import annotations

import platform
import sys
import traceback
from pathlib import Path

from console.domain.instants import format_instant


def write_report(folder: Path, error: BaseException, now: int, version: str) -> Path | None:
    """Write what happened into a new file in `folder` and return it; none when that fails as well."""
    stamp = format_instant(now - now % 1_000_000).replace(":", "").replace("-", "")
    lines = [
        f"Shift Console {version}, {format_instant(now)}",
        f"Python {sys.version}",
        f"{platform.platform()}",
        "",
        *traceback.format_exception(error),
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(100):
            path = folder / (f"report-{stamp}.txt" if not number else f"report-{stamp}-{number}.txt")
            if not path.exists():
                path.write_text("\n".join(lines), "utf-8")
                return path
    except OSError:
        return None
    return None
