"""What was typed into a dialog and not yet decided, kept while the program runs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Draft = Mapping[str, str]
EMPTY: Draft = MappingProxyType({})


class Drafts:
    """One draft for each dialog and ticket."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Draft] = {}

    def load(self, dialog: str, ticket_id: int) -> Draft:
        """What was typed before; empty where nothing was."""
        return self._kept.get((dialog, ticket_id), EMPTY)

    def save(self, dialog: str, ticket_id: int, draft: Draft) -> None:
        """Keep this in place of what was kept."""
        self._kept[dialog, ticket_id] = MappingProxyType(dict(draft))

    def discard(self, dialog: str, ticket_id: int) -> None:
        """It was decided: nothing is left to keep."""
        self._kept.pop((dialog, ticket_id), None)
