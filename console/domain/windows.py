"""Open windows of a local day as a calendar writes them: ("09:00", "17:00"), ("22:00", "06:00"), ("16:00", "24:00")."""

import re
from collections.abc import Iterable
from itertools import pairwise

from console.domain.instants import DAY, MINUTE, SECOND
from console.domain.toml_words import written

Window = tuple[str, str]
Windows = tuple[Window, ...]
Span = tuple[int, int]

_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?")


def _time(field: str, text: object) -> int:
    parts = _TIME.fullmatch(text) if isinstance(text, str) else None
    if parts:
        hour, minute, second = (int(part or 0) for part in parts.groups())
        if (hour < 24 and minute < 60 and second < 60) or (hour, minute, second) == (24, 0, 0):
            return (hour * 3600 + minute * 60 + second) * SECOND
    raise ValueError(f'{field}: found {written(text)}, expected a time "HH:MM" or "HH:MM:SS" up to "24:00"')


def _text(wall_us: int) -> str:
    minutes, second = divmod(wall_us // SECOND, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{second:02}" if second else text


def read_windows(field: str, found: object) -> list[Span]:
    """Windows as sorted (start, end) in microseconds of wall time after 00:00 of their start day.

    `found` is a list or tuple of (start, end) texts. An end of "00:00" is 24:00; an end before the start runs past
    midnight and is above 24 h. Windows may overlap here. Raises ValueError with `field`, what was found and expected.
    """
    if not isinstance(found, (list, tuple)):
        raise ValueError(f'{field}: found {written(found)}, expected a list of windows such as ["09:00", "17:00"]')
    spans = []
    for number, pair in enumerate(found):
        place = f"{field}[{number}]"
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise ValueError(f'{place}: found {written(pair)}, expected a start and an end such as ["09:00", "17:00"]')
        start, end = _time(f"{place}.start", pair[0]), _time(f"{place}.end", pair[1])
        if start == DAY:
            raise ValueError(f'{place}.start: found "{pair[0]}", expected a start before "24:00"')
        if start == end:
            expected = 'an end other than the start; a whole day is ["00:00", "24:00"]'
            raise ValueError(f'{place}: found ["{pair[0]}", "{pair[1]}"], expected {expected}')
        spans.append((start, end if end > start else end + DAY))
    return sorted(spans)


def refuse_overlaps(field: str, spans: list[Span]) -> None:
    """Raise ValueError when two of the sorted spans share time; spans that only touch are fine."""
    for (start, end), (later, later_end) in pairwise(spans):
        if later < end:
            found = f"{'-'.join(window_texts([(start, end)])[0])} and {'-'.join(window_texts([(later, later_end)])[0])}"
            raise ValueError(f"{field}: found {found}, expected windows that do not overlap")


def unite(spans: Iterable[Span]) -> list[Span]:
    """Sorted disjoint spans that cover the same time; spans that overlap or touch become one."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def without_overlaps(spans: list[Span]) -> list[Span]:
    """Sorted windows of one day that cover the same time as `spans` and do not overlap; those that touch stay apart."""
    apart: list[Span] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            first, last = apart.pop()
            whole = (first, max(last, end))
            # A window cannot be written with 24 h or more unless it is the whole day: then it stays in two.
            split = whole[1] - first >= DAY and whole != (0, DAY)
            apart.extend([(first, start), (start, whole[1])] if split and first < start else [whole])
        else:
            apart.append((start, end))
    return apart


def to_midnight(spans: list[Span]) -> list[Span]:
    """The same spans with an end of 23:59 (to the minute or to 23:59:59) taken as the 24:00 that was meant."""
    return [(start, DAY if DAY - MINUTE <= end < DAY else end) for start, end in spans]


def window_texts(spans: Iterable[Span]) -> Windows:
    """Spans in their one canonical spelling; seconds only where they are not 0, midnight as an end is "24:00"."""
    return tuple((_text(start), _text(end if end <= DAY else end - DAY)) for start, end in spans)
