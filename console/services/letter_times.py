"""Instants as they stand in mails: read somewhere else, by people who know their city and not the names of zones."""

from __future__ import annotations

from types import MappingProxyType

from console.domain.instants import from_micros
from console.domain.zones import zone

_MONTHS = MappingProxyType(
    {
        "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    }
)
_PLACES = MappingProxyType({"en": "{city} time, ", "ru": "{city}, "})


def letter_time(instant: int, zone_name: str | None, language: str) -> str:
    """`22 Nov 2026 04:32 (Johannesburg time, UTC+02:00)`, in Russian `22 ноября 2026 04:32 (Johannesburg, UTC+02:00)`;
    `22 Nov 2026 02:32 UTC` without a zone. `instant` is microseconds UTC; other languages get the English words.

    Raises what `console.domain.zones.zone` raises for a zone that is not known.
    """
    language = language if language in _MONTHS else "en"
    moment = from_micros(instant)
    local = moment if zone_name is None else moment.astimezone(zone(zone_name))
    said = f"{local.day} {_MONTHS[language].split()[local.month - 1]} {local:%Y %H:%M}"
    if zone_name is None or zone_name == "UTC":
        return f"{said} UTC"
    area, _, city = zone_name.rpartition("/")
    place = _PLACES[language].format(city=city.replace("_", " ")) if area and area != "Etc" else ""
    offset = f"{local:%z}"
    return f"{said} ({place}UTC{offset[:3]}:{offset[3:5]})"
