"""The three kinds of error of the program. Each carries a code and values; sentences are made at the edge.

The words for a code stand in `console/words.py`, so that a window and a terminal say the same thing.
"""

from __future__ import annotations


class ConsoleError(Exception):
    """Common base: a stable `code` and the `values` that its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class UserError(ConsoleError):
    """The user can mend it: a wrong field, a refused decision, a file that is not what it says."""


class ConflictError(UserError):
    """What the decision was taken on has changed since: `values` names who changed what, and when."""


class EnvironmentFault(ConsoleError):
    """Something around the program failed: disk, database, network. Nothing was half-written; a retry may help."""


class InternalFault(ConsoleError):
    """A bug of ours, such as a stored clock that does not equal the fold."""
