"""The bare conversions that fifteen years of a working week need: each opening and closing of it, once."""

from datetime import datetime


def convert(zone, days, opening, closing):
    for day in days:
        datetime(day.year, day.month, day.day, opening, tzinfo=zone).utcoffset()
        datetime(day.year, day.month, day.day, closing, tzinfo=zone).utcoffset()
