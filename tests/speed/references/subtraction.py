"""What is left, at least: a `take` of the position of now by calendar, and a subtraction."""


def left(due_positions, calendars, positions_now):
    return due_positions - positions_now.take(calendars)
