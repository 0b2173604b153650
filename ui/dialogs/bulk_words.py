"""A change of severity of several tickets, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from console.domain.errors import ConflictError, ConsoleError, UserError
from console.domain.policy import Pack
from models.bulk_model import BulkRow
from ui.dialogs.conflict_words import conflict_words
from ui.tr import plural, tr
from ui.words.pack_words import clock_name
from ui.words.severity_words import severity_shape

if TYPE_CHECKING:
    from console.services.severities.severity_bulk import BulkLine, BulkResult


class BulkWords:
    """`packs` by code are those of the tickets, `now` tells the instant (microseconds UTC)."""

    def __init__(
        self,
        packs: Sequence[Pack],
        zone: tzinfo,
        now: Callable[[], int],
        say: Callable[[ConsoleError], str],
    ) -> None:
        self._packs = {pack.code: pack for pack in packs}
        self._zone = zone
        self._now = now
        self._say = say

    def tried(self, line: BulkLine) -> BulkRow:
        """What a ticket would come to."""
        if line.refusal is not None:
            note = tr("Refused: {why}", why=self.why(line.refusal))
            return BulkRow(line.ticket_id, line.number, line.subject, _shape(line.before), note, "soon")
        note = ""
        if line.breached_at_once:
            names = ", ".join(self._clock(line, place) for place in range(len(line.breached_at_once)))
            note = tr("{clocks}: would be breached at once", clocks=names)
        return BulkRow(line.ticket_id, line.number, line.subject, _change(line), note, "overdue")

    def became(self, line: BulkLine, result: BulkResult) -> BulkRow:
        """What a ticket has come to."""
        if result.refusal is None:
            return BulkRow(line.ticket_id, line.number, line.subject, _change(line), tr("✓ Changed"), "ok")
        note = tr("Not changed: {why}", why=self.why(result.refusal))
        return BulkRow(line.ticket_id, line.number, line.subject, _shape(line.before), note, "overdue")

    def untouched(self, line: BulkLine) -> BulkRow:
        """A ticket that was not come to."""
        return BulkRow(line.ticket_id, line.number, line.subject, _shape(line.before), tr("Untouched"), "muted")

    def why(self, refusal: UserError) -> str:
        """Why not, in a sentence."""
        if isinstance(refusal, ConflictError):
            return conflict_words(refusal, self._zone, self._now(), self._say).splitlines()[0]
        return self._say(refusal)

    def _clock(self, line: BulkLine, place: int) -> str:
        kind = line.breached_at_once[place]
        pack = self._packs.get(line.pack)
        return kind.value if pack is None else clock_name(pack, kind)


def counts(lines: Sequence[BulkLine]) -> str:
    """`11 will change · 3 refused · 2 would be breached at once`."""
    refused = sum(line.refusal is not None for line in lines)
    breached = sum(bool(line.breached_at_once) for line in lines)
    parts = [plural("{n} will change", "{n} will change", len(lines) - refused)]
    if refused:
        parts.append(plural("{n} refused", "{n} refused", refused))
    if breached:
        parts.append(plural("{n} would be breached at once", "{n} would be breached at once", breached))
    return " · ".join(parts)


def act_words(lines: Sequence[BulkLine], to: int | None) -> str:
    """The act that the button names, by what will change."""
    changing = [line for line in lines if line.refusal is None]
    if to is None or not changing:
        return tr("Change severity")
    one, many = {
        "raised": (tr("Raise {n} ticket to severity {to}"), tr("Raise {n} tickets to severity {to}")),
        "reduced": (tr("Reduce {n} ticket to severity {to}"), tr("Reduce {n} tickets to severity {to}")),
        "both": (tr("Set {n} ticket to severity {to}"), tr("Set {n} tickets to severity {to}")),
    }[_way(changing)]
    return plural(one, many, len(changing), to=to)


def done_words(changed: Sequence[BulkLine], to: int, left: int) -> str:
    """What was decided, in a sentence; `left` tickets were not changed."""
    one, many = {
        "raised": (tr("{n} ticket raised to severity {to}"), tr("{n} tickets raised to severity {to}")),
        "reduced": (tr("{n} ticket reduced to severity {to}"), tr("{n} tickets reduced to severity {to}")),
        "both": (tr("{n} ticket set to severity {to}"), tr("{n} tickets set to severity {to}")),
    }[_way(changed)]
    said = plural(one, many, len(changed), to=to)
    return said if not left else tr("{said}, {left} not changed", said=said, left=left)


def _way(lines: Sequence[BulkLine]) -> str:
    ways = {"raised" if line.before is None or line.to < line.before else "reduced" for line in lines}
    return ways.pop() if len(ways) == 1 else "both"


def _change(line: BulkLine) -> str:
    return tr("{before} → {after}", before=_shape(line.before), after=_shape(line.to))


def _shape(severity: int | None) -> str:
    return tr("none") if severity is None else f"{severity_shape(severity)} {severity}"
