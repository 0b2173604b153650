"""Requests for escalations that come with an import wait for a decision like any other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from console.domain.errors import UserError
from console.services.escalating.escalations import EscalationRequest, EscalationService
from console.services.escalating.messages import MessageTemplates
from console.services.importing.mapping import Mapping
from console.store.database import Database
from console.time_source import FixedTime
from tests.services.import_desk import COLUMNS, NOW, csv_text, desk, facts_by_number, row, run, small_mapping

WITH_REQUESTS = ('subject = ["subject"]', 'subject = ["subject"]\nescalation = "escalated"')
TABLE = "\n[escalation]\nportal = 'button'\nhotline = 'phone'\n\n[severity]"


def mapping() -> Mapping:
    return small_mapping(WITH_REQUESTS, ("\n[severity]", TABLE))


def bring(db: Database, folder: Path, rows: Sequence[tuple[int, str]]) -> None:
    path = folder / "log.csv"
    cells = [[*row("T1", number), escalated] for number, escalated in rows]
    path.write_text(csv_text(cells, (*COLUMNS, "escalated")), "utf-8")
    report = run(db, path, mapping())
    assert report.rejected == 0


def waiting(db: Database) -> list[EscalationRequest]:
    service = EscalationService(db.book, FixedTime(NOW), MessageTemplates(Path()))
    return db.read_now(service.waiting)


def test_an_imported_request_waits_and_a_second_joins_it(tmp_path: Path) -> None:
    with desk(tmp_path / "desk.db") as db:
        bring(db, tmp_path, [(0, ""), (1, "portal"), (2, "?"), (3, "hotline")])
        (waits,) = waiting(db)
        assert (waits.row.number, waits.escalation.channel, waits.asked_by) == ("T1", "button", "Ben")
        assert [(each.channel, each.asked_by) for each in waits.joined] == [("phone", "Ben")]
        before = facts_by_number(db)
        bring(db, tmp_path, [(0, ""), (1, "portal"), (2, "?"), (3, "hotline")])
        assert facts_by_number(db) == before


def test_a_channel_that_the_pack_does_not_know_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with desk(tmp_path / "desk.db") as db:
        path = tmp_path / "log.csv"
        path.write_text(csv_text([[*row(), "portal"]], (*COLUMNS, "escalated")), "utf-8")
        unknown = small_mapping(WITH_REQUESTS, ("\n[severity]", TABLE.replace("button", "pigeon")))
        with pytest.raises(UserError) as refused:
            run(db, path, unknown)
        assert (refused.value.values["key"], refused.value.values["expected"]) == (
            "escalation.portal",
            "button, phone, chat",
        )
        assert facts_by_number(db) == {}


def test_a_column_without_its_words_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        small_mapping(WITH_REQUESTS)
    assert refused.value.code == "mapping_incomplete"
