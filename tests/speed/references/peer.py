"""`workclock`: the fastest correct peer, by call and in one batch."""

from datetime import time

from workclock import Holidays, Schedule, WorkDay


def schedule(zone, holidays):
    return Schedule([WorkDay(time(9), time(17)), Holidays(holidays)], time_zone=zone)


def by_call(office, starts, target):
    return [office.add(start, target) for start in starts]


def batch(office, starts, targets):
    return office.add_many(starts, targets)
