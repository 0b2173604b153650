"""How often team leads agreed with the decisions that they reviewed."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.records import REVIEW_UPHELD, JournalFilter
from console.domain.reviews import REVIEWS, UNDONE, Share
from console.store import decision_rows, journal
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class Agreement:
    """Upheld of reviewed: where the lead did not know the decision, and where they did.

    Of several reviews of one decision by one lead the newest of each kind counts. `own`: reviews by the only person of
    a desk of what they decided themselves; they count for neither rate. Nor do reviews of
    what was undone.
    """

    blind: Share
    open: Share
    own: int


def agreement(conn: Connection, since: int | None, until: int | None) -> Agreement:
    """Over the reviews made from `since` up to `until`, microseconds UTC."""
    entries = journal.find(conn, JournalFilter(kinds=REVIEWS, since=since, until=until))
    modes = decision_rows.review_modes(conn, [entry.seq for entry in entries])
    counted: dict[tuple[str, str | None, bool], bool] = {}
    undone = {entry.subject_uid for entry in journal.find(conn, JournalFilter(kinds=(UNDONE,)))}
    own = 0
    for entry in entries:
        if entry.subject_uid in undone:
            continue
        blind, self_review = modes.get(entry.seq, (False, False))
        if self_review:
            own += 1
        else:
            counted[entry.actor, entry.subject_uid, blind] = entry.kind == REVIEW_UPHELD
    return Agreement(_share(counted, blind=True), _share(counted, blind=False), own)


def _share(counted: dict[tuple[str, str | None, bool], bool], *, blind: bool) -> Share:
    found = [upheld for (_, _, mode), upheld in counted.items() if mode == blind]
    return Share(sum(found), len(found))
