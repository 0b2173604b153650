"""The small values that a policy pack is made of: texts in two languages, durations, sources, periods of validity."""

from __future__ import annotations

import re
from abc import abstractmethod
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictStr, model_validator

from console.domain.calendar import Day
from console.domain.instants import DAY, HOUR, MINUTE, SECOND
from console.domain.toml_words import written

NONE = "none"
_UNITS = {"d": DAY, "h": HOUR, "m": MINUTE, "s": SECOND}
_DURATION = re.compile(r"(?:\d+[dhms])+")
_PART = re.compile(r"(\d+)([dhms])")
_CODE = re.compile(r"[a-z0-9][a-z0-9_+-]*")
# Longer than any promise, and small enough that an instant plus a duration stays an instant.
_LONGEST = 3660 * DAY


def read_duration(found: object) -> int:
    """Microseconds of a text such as "4h", "90m" or "1d12h". Raises ValueError otherwise, and for 0."""
    if isinstance(found, str) and _DURATION.fullmatch(found):
        total = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(found))
        if 0 < total <= _LONGEST:
            return total
    raise ValueError(f'found {written(found)}, expected a duration above 0 such as "4h", "90m" or "14d"')


def _promise(found: object) -> int | None:
    if found == NONE:
        return None
    try:
        return read_duration(found)
    except ValueError:
        raise ValueError(
            f'found {written(found)}, expected a duration such as "4h", or "none" for no promise'
        ) from None


def _code(found: object) -> str:
    if isinstance(found, str) and _CODE.fullmatch(found):
        return found
    raise ValueError(f"found {written(found)}, expected a code of small letters, digits and underscores")


def _sources(found: object) -> object:
    return (found,) if isinstance(found, str) else found


Duration = Annotated[int, BeforeValidator(read_duration)]
Promise = Annotated[int | None, BeforeValidator(_promise)]
Code = Annotated[str, BeforeValidator(_code)]
Sources = Annotated[
    tuple[Annotated[StrictStr, Field(min_length=1)], ...], BeforeValidator(_sources), Field(min_length=1)
]


class Frozen(BaseModel):
    """Base of all types of a pack: immutable, and a key that it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Text(Frozen):
    """A name or sentence in the languages of the program."""

    en: Annotated[StrictStr, Field(min_length=1)]
    ru: Annotated[StrictStr, Field(min_length=1)]

    def say(self, language: str) -> str:
        """The text in `language` ("en", "ru"); English for any other."""
        return self.ru if language == "ru" else self.en


class Dated(Frozen):
    """An entry of a pack: where it stands written, and from and until when it holds (dates, 00:00 UTC, half-open)."""

    source: Sources
    valid_from: Day | None = None
    valid_to: Day | None = None

    @model_validator(mode="after")
    def _period_is_forward(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_from >= self.valid_to:
            raise ValueError(f"valid_to: found {self.valid_to}, expected a date after valid_from {self.valid_from}")
        return self

    @property
    @abstractmethod
    def key(self) -> str:
        """What tells this entry from others of its list; entries of one key follow each other in time."""

    def begins(self) -> int | None:
        """The instant from which it holds, microseconds UTC; none: always."""
        return _midnight(self.valid_from)

    def ends(self) -> int | None:
        """The instant from which it no longer holds; none: it goes on."""
        return _midnight(self.valid_to)


class Named(Dated):
    """An entry with a code and a name."""

    code: Code
    name: Text

    @property
    def key(self) -> str:
        """Its code."""
        return self.code


def _midnight(day: date | None) -> int | None:
    return None if day is None else (day - date(1970, 1, 1)).days * DAY
