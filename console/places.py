"""Where the program keeps what belongs to its user, and what it is called there."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path, user_log_path

NAME = "shift-console"


def data_folder() -> Path:
    """The folder of the demo desk: the database that is opened when none is named."""
    return user_data_path(NAME)


def reports_folder() -> Path:
    """The folder of the reports of our bugs."""
    return user_log_path(NAME)
