"""The desk behind the picture of a clock's timeline: one ticket with a night, a pause and another severity."""

from __future__ import annotations

from pathlib import Path

from console.domain.explain import SegmentKind
from console.domain.facts import FactKind
from console.domain.rules import ClockKind
from console.domain.state import ClockPhase
from console.services.desk import open_desk
from console.services.generating.explained import NUMBER, tell
from console.time_source import FixedTime
from tests.domain.packs import POLICIES
from tests.rig.fresh_desk import fresh_desk
from tests.rig.shared import ROOT
from tests.store.desk import MANAGER
from ui.snapshot_options import STILL


def test_the_ticket_of_the_picture_has_everything_that_a_clock_can_show(tmp_path: Path) -> None:
    path, time = tmp_path / "desk.db", FixedTime(STILL)
    fresh_desk(path, STILL)
    desk = open_desk(f"sqlite:///{path}", time, POLICIES, MANAGER)
    try:
        tell(desk, ROOT / "resources" / "examples" / "small-desk.toml", time)
        card = desk.db.read_now(lambda conn: desk.tickets.card(conn, desk.tickets.find(conn, NUMBER)))
    finally:
        desk.close_now()
    story = next(story for story in card.stories if story.clock.kind is ClockKind.WORKAROUND)
    assert story.clock.phase is ClockPhase.RUNNING
    assert {part.kind for part in story.segments} == {SegmentKind.COUNTED, SegmentKind.CLOSED, SegmentKind.PAUSED}
    began = [part.cause.fact.kind for part in story.segments if part.cause.fact is not None]
    assert began == [FactKind.OPENED, FactKind.SEVERITY_SET, FactKind.STATUS_SET, FactKind.MESSAGE]
    assert sum(part.work for part in story.segments) == story.elapsed_work
