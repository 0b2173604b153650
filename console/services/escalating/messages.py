"""Messages from templates in `resources/messages/`: one file a message and language, the subject in its first line.

What is filled in came from outside: control characters do not get into a message, and no value begins a second line of
its head.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from console.domain.errors import EnvironmentFault, UserError

SUBJECT = "Subject: "
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_KEPT = "\n\t"
# Marks that turn the direction of what follows, so that an address or a number reads as another.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: a subject of one line, and a body."""

    subject: str
    body: str

    @property
    def text(self) -> str:
        """As the outbox keeps it: the subject in the first line, an empty one, the body."""
        return f"{SUBJECT}{self.subject}\n\n{self.body}"


class MessageTemplates:
    """The templates of a folder: `en/NAME.txt`, `ru/NAME.txt`. Read when they are needed, so that a changed file counts
    at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def render(self, name: str, language: str, values: Mapping[str, str]) -> Rendered:
        """The message with its places filled.

        Raises EnvironmentFault message_template_missing, and UserError message_template_invalid that names file and
        line, for a place that has no value or a first line that is no subject.
        """
        path = self._folder / language / f"{name}.txt"
        head, _, body = self._read(path).partition("\n")
        if not head.startswith(SUBJECT):
            raise _invalid(path, 1, head, SUBJECT + "...")
        subject = _fill(path, 1, head.removeprefix(SUBJECT), {key: one_line(value) for key, value in values.items()})
        filled = _fill(path, 2, body, {key: clean_lines(value) for key, value in values.items()})
        return Rendered(one_line(subject), filled.strip("\n") + "\n")

    def part(self, name: str, language: str, values: Mapping[str, str]) -> str:
        """A sentence of a message, from `parts/NAME.txt` of the language. Raises what `render` raises."""
        path = self._folder / language / "parts" / f"{name}.txt"
        return _fill(path, 1, self._read(path), {key: clean_lines(value) for key, value in values.items()}).strip()

    def _read(self, path: Path) -> str:
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise EnvironmentFault("message_template_missing", file=str(path), why=str(error)) from error


def edited(text: str, drafted: Rendered) -> Rendered:
    """A message as a person changed it: without a subject line it keeps the drafted one.

    Raises UserError reply_missing when nothing is left of it.
    """
    whole = clean_lines(text).strip("\n")
    head, _, body = whole.partition("\n")
    if not head.startswith(SUBJECT.strip()):
        head, body = drafted.subject, whole
    if not body.strip():
        raise UserError("reply_missing", field="reply")
    return Rendered(one_line(head.removeprefix(SUBJECT.strip())) or drafted.subject, body.strip("\n") + "\n")


def clean_lines(text: str) -> str:
    """Text of several lines without control characters and marks of direction; lines end in one way."""
    return "".join(_shown(sign) for sign in text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean_lines(text).split())


def _shown(sign: str) -> str:
    if sign in _BIDI:
        return ""
    harmful = unicodedata.category(sign) in ("Cc", "Cs") and sign not in _KEPT
    return _REPLACED if harmful else sign


def _fill(path: Path, first_line: int, text: str, values: Mapping[str, str]) -> str:
    template = Template(text)
    for match in Template.pattern.finditer(text):
        line = first_line + text.count("\n", 0, match.start())
        named = match["named"] or match["braced"]
        if match["invalid"] is not None or (named is not None and named not in values):
            raise _invalid(path, line, f"${named or ''}", ", ".join(f"${name}" for name in sorted(values)))
    return template.substitute(values)


def _invalid(path: Path, line: int, found: str, expected: str) -> UserError:
    return UserError("message_template_invalid", file=str(path), line=line, found=found, expected=expected)
