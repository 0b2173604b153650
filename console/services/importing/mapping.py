"""Mapping files: how the rows of another system become facts. TOML, checked before a file is touched."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from console.domain.errors import UserError
from console.domain.zones import zone
from console.services.importing.mapping_errors import explained

Name = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Side = Literal["customer", "agent", "automatic"]
Visibility = Literal["public", "internal"]
MAX_MAPPING_BYTES = 1_000_000
MACHINE_FORMATS = ("iso", "epoch_s", "epoch_ms")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SourceSpec(_Part):
    """The system that the rows come from. `url` may hold `{number}`."""

    kind: Code
    name: Name
    url: str | None = None

    @field_validator("url")
    @classmethod
    def _opens_a_page(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("https://", "http://")):
            raise ValueError("an address that begins with https:// or http://")
        if url is not None and "{number}" not in url:
            raise ValueError("an address that holds {number}")
        return url


class FileSpec(_Part):
    """How the file is written. `unknown`: cells that say nothing. No `delimiter`: found by the header."""

    encoding: str = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    unknown: tuple[str, ...] = Field(default=("",), strict=False)

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, encoding: str) -> str:
        try:
            "".encode(encoding)
        except LookupError as error:
            raise ValueError('the name of an encoding such as "utf-8" or "cp1252"') from error
        return encoding


class Columns(_Part):
    """Which column, or dotted path of a JSON object, holds what."""

    number: Name
    opened: Name
    at: Name
    order: Name | None = None
    status: Name | None = None
    severity: Name | None = None
    group: Name | None = None
    owner: Name | None = None
    customer: Name | None = None
    actor: Name | None = None
    channel: Name | None = None
    plan: Name | None = None
    product: Name | None = None
    escalation: Name | None = None
    escalation_words: Name | None = None
    contract: Name | None = None
    support_code: Name | None = None
    licence_key: Name | None = None
    message: Name | None = None
    message_author: Name | None = None
    message_side: Name | None = None
    message_visibility: Name | None = None
    subject: tuple[Name, ...] = Field(default=(), strict=False)

    def names(self) -> tuple[str, ...]:
        """Every column that the file has to have, each once."""
        single = (value for key, value in self if key != "subject" and value is not None)
        return tuple(dict.fromkeys((*single, *self.subject)))


class DateSpec(_Part):
    """`formats` are strptime formats, or "iso", "epoch_s", "epoch_ms"; `zone` is that of dates without one."""

    formats: tuple[Name, ...] = Field(min_length=1, strict=False)
    zone: str = "UTC"

    @field_validator("formats")
    @classmethod
    def _formats_of_dates(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for text in formats:
            if text not in MACHINE_FORMATS and "%" not in text:
                raise ValueError('a format such as "%d-%m-%Y %H:%M", or one of ' + ", ".join(MACHINE_FORMATS))
        return formats

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        zone(name)
        return name


class StatusTo(_Part):
    """A status of the pack; `answered`: it says that support has answered the customer; `notifies`: coming into it
    tells the customer of the solution (OD-12)."""

    to: Code
    answered: bool = False
    notifies: bool = False


class PlanSpec(_Part):
    """Pack and plan of tickets that name none. `values`: what the plan column says -> plan of the pack."""

    pack: Code
    plan: Code | None = None
    values: dict[str, Code] = {}


class MessageSpec(_Part):
    """Who wrote the messages and who reads them. `side` and `visibility` are those of messages that say nothing of it;
    without `side` each has to name its own."""

    side: Side | None = None
    visibility: Visibility = "public"
    sides: dict[str, Side] = {}
    visibilities: dict[str, Visibility] = {}


class Mapping(_Part):
    """One mapping file."""

    format: Literal[1]
    name: Name
    source: SourceSpec
    columns: Columns
    dates: DateSpec
    plan: PlanSpec
    file: FileSpec = FileSpec()
    status: dict[str, StatusTo] = {}
    severity: dict[str, Annotated[int, Field(ge=1, le=9)]] = {}
    channel: dict[str, Code] = {}
    escalation: dict[str, Code] = {}
    message: MessageSpec = MessageSpec()

    @model_validator(mode="after")
    def _columns_have_values(self) -> Self:
        for column, values, what in (
            (self.columns.status, self.status, "status"),
            (self.columns.severity, self.severity, "severity"),
            (self.columns.plan, self.plan.values, "plan.values"),
            (self.columns.escalation, self.escalation, "escalation"),
            (self.columns.message_side, self.message.sides, "message.sides"),
            (self.columns.message_visibility, self.message.visibilities, "message.visibilities"),
        ):
            if column is not None and not values:
                raise ValueError(f"[{what}] with the values of column {column!r}")
        return self

    @model_validator(mode="after")
    def _texts_have_their_columns(self) -> Self:
        columns = self.columns
        if columns.escalation_words is not None and columns.escalation is None:
            raise ValueError("columns.escalation beside columns.escalation_words")
        beside = (columns.message_author, columns.message_side, columns.message_visibility)
        if columns.message is None and any(beside):
            raise ValueError("columns.message beside the columns of its author, side and visibility")
        if columns.message is not None and columns.message_side is None and self.message.side is None:
            raise ValueError("columns.message_side, or [message] with side for all messages")
        return self


def load_mapping(name: str, shipped: Path) -> Mapping:
    """The mapping called `name` in the folder `shipped`, or the mapping file at the path `name`.

    Raises UserError mapping_unknown (name, known), what `parse_mapping` raises.
    """
    known = sorted(path.stem for path in shipped.glob("*.toml"))
    path = shipped / f"{name}.toml" if name in known else Path(name)
    try:
        if not path.is_file():
            raise UserError("mapping_unknown", name=name, known=", ".join(known))
        with path.open("rb") as handle:
            data = handle.read(MAX_MAPPING_BYTES + 1)
    except OSError as error:
        raise UserError("mapping_unreadable", file=str(path), why=error.strerror or str(error)) from error
    return parse_mapping(data, path.name)


def parse_mapping(data: bytes, file: str) -> Mapping:
    """The mapping written in TOML as `data`; `file` is named in errors.

    Raises UserError mapping_no_toml (why), mapping_incomplete (expected) or mapping_invalid (key, found, expected).
    """
    if len(data) > MAX_MAPPING_BYTES:
        raise UserError("mapping_no_toml", file=file, why=f"it has more than {MAX_MAPPING_BYTES} bytes")
    try:
        tree = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UserError("mapping_no_toml", file=file, why=f"byte {error.start} is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UserError("mapping_no_toml", file=file, why=str(error)) from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or brackets within brackets without end.
        raise UserError("mapping_no_toml", file=file, why="it is too long or too deep") from error
    try:
        return Mapping.model_validate(tree)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if not first["loc"]:
            expected = first["msg"].removeprefix("Value error, ")
            raise UserError("mapping_incomplete", file=file, expected=expected) from error
        key, found, expected = explained(first, _keys())
        raise UserError("mapping_invalid", file=file, key=key, found=found, expected=expected) from error


def _keys() -> dict[str, tuple[str, ...]]:
    """The keys of the file and of its tables."""
    tables: dict[str, type[_Part]] = {
        "source": SourceSpec,
        "file": FileSpec,
        "columns": Columns,
        "dates": DateSpec,
        "plan": PlanSpec,
        "message": MessageSpec,
    }
    return {"": tuple(Mapping.model_fields), **{name: tuple(spec.model_fields) for name, spec in tables.items()}}
