"""Working-time calendars: weekly windows in a zone, holidays, replaced days and breaks, or round the clock."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, NamedTuple, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictStr, model_validator
from pydantic import field_validator as check

from console.domain.instants import DAY
from console.domain.toml_words import written
from console.domain.windows import (
    Span,
    Windows,
    read_windows,
    refuse_overlaps,
    to_midnight,
    unite,
    window_texts,
    without_overlaps,
)
from console.domain.zones import zone

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_DAY = re.compile(r"\d\d-\d\d")
_LEAP_YEAR = 2024
_ONE_DAY = timedelta(days=1)
_K = TypeVar("_K", str, date)


def _day(found: object) -> date:
    # pydantic alone would read the number 20260101 as seconds since 1970.
    if isinstance(found, date) and not isinstance(found, datetime):
        return found
    if isinstance(found, str):
        try:
            return date.fromisoformat(found)
        except ValueError:
            pass  # the message below says more
    raise ValueError(f"found {written(found)}, expected a date YYYY-MM-DD")


def _month_day(found: object) -> str:
    if isinstance(found, str) and _MONTH_DAY.fullmatch(found):
        try:
            date.fromisoformat(f"{_LEAP_YEAR}-{found}")
        except ValueError:
            pass  # the message below says more
        else:
            return found
    raise ValueError(f"found {written(found)}, expected a day of the year MM-DD")


Day = Annotated[date, BeforeValidator(_day)]
MonthDay = Annotated[str, BeforeValidator(_month_day)]


class Notice(NamedTuple):
    """What an import changed in a calendar: `code` is "united" or "midnight", `field` says where ("week.mon")."""

    code: str
    field: str


def _by_key(field: str, found: object, read: Callable[[object], _K]) -> dict[_K, list[Span]]:
    if not isinstance(found, Mapping):
        raise ValueError(f"{field}: found {written(found)}, expected a table of windows")
    spans: dict[_K, list[Span]] = {}
    for key, value in found.items():
        try:
            name = read(key)
        except ValueError as error:
            raise ValueError(f"{field}: {error}") from error
        spans[name] = read_windows(f"{field}.{name}", value)
    return spans


def _weekday(found: object) -> str:
    if isinstance(found, str) and found in WEEKDAYS:
        return found
    raise ValueError(f"found {written(found)}, expected a weekday of {', '.join(WEEKDAYS)}")


def _texts(field: str, spans: dict[_K, list[Span]]) -> dict[_K, Windows]:
    for key, windows in spans.items():
        refuse_overlaps(f"{field}.{key}", windows)
    return {key: window_texts(windows) for key, windows in spans.items()}


class Calendar(BaseModel):
    """When a desk works, in the words of its zone. Frozen, normalised, hashable; equal definitions are equal.

    Windows are ("HH:MM[:SS]", end) in wall time; an end before the start runs past midnight and belongs to its start
    day. `shifts` replace the windows of a date (an empty list closes it), `breaks` are removed from whatever is open.
    A holiday closes its civil day, also the part after midnight of a night shift that falls on it; with
    `holiday_cancels_shift` it closes the shifts that start on it instead. A holiday wins over `shifts`.
    Without a `week` the calendar is open in its `shifts` alone.
    Raises pydantic.ValidationError (a ValueError) whose messages say field, what was found and what was expected.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: StrictStr = Field(min_length=1)
    zone: StrictStr = "UTC"
    always: StrictBool = False
    week: dict[str, Windows] = Field(default_factory=dict)
    holidays: tuple[Day, ...] = ()
    recurring_holidays: tuple[MonthDay, ...] = ()
    shifts: dict[date, Windows] = Field(default_factory=dict)
    breaks: dict[date, Windows] = Field(default_factory=dict)
    holiday_cancels_shift: StrictBool = False

    @check("zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        zone(name)
        return name

    @check("week", mode="before")
    @classmethod
    def _week_is_normal(cls, found: object) -> dict[str, Windows]:
        windows = _texts("week", _by_key("week", found, _weekday))
        return {day: windows[day] for day in WEEKDAYS if windows.get(day)}

    @check("shifts", mode="before")
    @classmethod
    def _shifts_are_normal(cls, found: object) -> dict[date, Windows]:
        return dict(sorted(_texts("shifts", _by_key("shifts", found, _day)).items()))

    @check("breaks", mode="before")
    @classmethod
    def _breaks_are_normal(cls, found: object) -> dict[date, Windows]:
        windows = _texts("breaks", _by_key("breaks", found, _day))
        return {day: windows[day] for day in sorted(windows) if windows[day]}

    @check("holidays")
    @classmethod
    def _holidays_are_sorted(cls, days: tuple[date, ...]) -> tuple[date, ...]:
        return tuple(sorted(set(days)))

    @check("recurring_holidays")
    @classmethod
    def _recurring_are_sorted(cls, days: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(set(days)))

    @model_validator(mode="after")
    def _has_open_time(self) -> Self:
        if self.always:
            for field in ("week", "holidays", "recurring_holidays", "shifts", "breaks"):
                if getattr(self, field):
                    raise ValueError(f'{field}: found entries, expected none beside "always"')
        elif not self.week and not any(self.shifts.values()):
            raise ValueError("week: found no open time, expected at least one window or always = true")
        elif len(self.recurring_holidays) >= 365:
            raise ValueError("recurring_holidays: found every day of the year, expected some open time")
        return self

    def __hash__(self) -> int:
        return hash((self.code, self.zone, self.always, self.holidays))

    @property
    def continuous(self) -> bool:
        """Whether the calendar is open at every instant: 24x7, or a week of whole days without exceptions."""
        if self.always:
            return True
        if self.holidays or self.recurring_holidays or self.shifts or self.breaks:
            return False
        spans = (unite(read_windows("week", self.week.get(day, ()))) for day in WEEKDAYS)
        return all(any(start == 0 and end >= DAY for start, end in day) for day in spans)

    def is_holiday(self, day: date) -> bool:
        """Whether the civil `day` in the calendar's zone is one of its holidays, dated or recurring."""
        return day in self.holidays or f"{day:%m-%d}" in self.recurring_holidays

    def canonical(self) -> dict[str, object]:
        """The definition as JSON-able values in one spelling, for hashing; `Calendar.model_validate` reads it back.

        What has its default value is left out, so a field added later does not change the hash of old calendars.
        """
        form = self.model_dump(mode="json", exclude_defaults=True)
        return {key: form[key] for key in sorted(form)}

    @classmethod
    def uniting(cls, **values: object) -> Self:
        """A calendar from another system's data: overlapping windows are united and an end of 23:59 is 24:00.

        Takes the fields of the class. Raises ValueError like the class. `importing` says what was changed.
        """
        return cls.importing(values)[0]

    @classmethod
    def importing(cls, values: Mapping[str, object]) -> tuple[Self, tuple[Notice, ...]]:
        """Like `uniting`, with a notice for each day whose windows were changed."""
        mended = dict(values)
        notices: list[Notice] = []
        if "week" in mended:
            mended["week"] = _mended("week", _by_key("week", mended["week"], _weekday), notices)
        for field in ("shifts", "breaks"):
            if field in mended:
                mended[field] = _mended(field, _by_key(field, mended[field], _day), notices)
        calendar = cls.model_validate(mended)
        # The windows stay as they are: compiled they cover the time once, and each keeps its own day.
        notices.extend(Notice("united", field) for field, _ in calendar.overlaps_past_midnight())
        return calendar, tuple(notices)

    def overlaps_past_midnight(self) -> Iterator[tuple[str, str]]:
        """Nights that run into windows of the day after: (field of the night, both windows in words).

        Compiling unites them; a pack refuses them (CR-11). Compared are the days of the week, and each date of
        `shifts` with the days beside it.
        """
        for number, name in enumerate(WEEKDAYS):
            after = WEEKDAYS[(number + 1) % 7]
            shared = _into_next_day(self.week.get(name, ()), self.week.get(after, ()))
            if shared:
                yield f"week.{name}", f"{name} {shared[0]} and {after} {shared[1]}"
        inner = (shift for shift in self.shifts if date.min < shift < date.max)
        days = {day for shift in inner for day in (shift - _ONE_DAY, shift)}
        for day in sorted(days):
            shared = _into_next_day(self._windows(day), self._windows(day + _ONE_DAY))
            if shared:
                shift = day if day in self.shifts else day + _ONE_DAY
                yield f"shifts.{shift}", f"{day} {shared[0]} and {day + _ONE_DAY} {shared[1]}"

    def _windows(self, day: date) -> Windows:
        return self.shifts.get(day, self.week.get(WEEKDAYS[day.weekday()], ()))


def _into_next_day(night: Windows, morning: Windows) -> tuple[str, str] | None:
    """A window of a day and one of the next that share time, if there are such."""
    ends = [span for span in read_windows("windows", night) if span[1] > DAY]
    for start, end in ends:
        for early in read_windows("windows", morning):
            if early[0] < end - DAY:
                return "-".join(window_texts([(start, end)])[0]), "-".join(window_texts([early])[0])
    return None


def _mended(field: str, by_key: dict[_K, list[Span]], notices: list[Notice]) -> dict[_K, Windows]:
    windows: dict[_K, Windows] = {}
    for key, spans in by_key.items():
        late = to_midnight(spans)
        if late != spans:
            notices.append(Notice("midnight", f"{field}.{key}"))
        apart = without_overlaps(late)
        if apart != late:
            notices.append(Notice("united", f"{field}.{key}"))
        windows[key] = window_texts(apart)
    return windows
