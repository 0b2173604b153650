"""Import: rows of another system -> facts, in batches of one transaction each.

An import may end between two batches (Ctrl-C, a full disk): what was written is whole, and importing the same file
again completes it, because every fact has a uid that is made from the source's own identity of the event.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path

from console.domain.compile import CompiledBook, in_force
from console.domain.decisions import Actor
from console.domain.errors import EnvironmentFault, UserError
from console.domain.escalation_requests import ways
from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.domain.policy_terms import SupportCode
from console.domain.roles import Act, require
from console.domain.rules import StatusClass
from console.services.importing.batch import BatchWriter, Written
from console.services.importing.mapping import Mapping
from console.services.importing.problems import BadRow
from console.services.importing.rejects import Rejects
from console.services.importing.report import ImportReport
from console.services.importing.rows import open_source, read_rows
from console.services.importing.source_file import SourceFile, examine
from console.services.importing.translate import RowDraft, Translator
from console.store.changes import log_path
from console.store.database import Connection, Database

BATCH_ROWS = 5_000
BATCH_TICKETS = 1_000

Progress = Callable[[int, int], None]
"""Called between batches with bytes read and bytes in all; what it raises ends the import there."""


class Importer:
    """Imports files into one database, on behalf of an administrator."""

    def __init__(self, db: Database, time: TimeSource, actor: Actor) -> None:
        """Raises UserError role_may_not."""
        require(actor, Act.IMPORT)
        self._db = db
        self._time = time

    def run(
        self,
        source: Path | SourceFile,
        mapping: Mapping,
        on_progress: Progress | None = None,
        rejects_path: Path | None = None,
    ) -> ImportReport:
        """Import `source`, examined already or not. Bad rows go to `rejects_path`, by default `<name>.rejects.csv`
        beside the database; where there is one of an earlier import already, to `<name>.rejects-2.csv`.

        Raises what `examine` and `check_rejects` raise and UserError mapping_invalid before anything is written.
        """
        now = self._time.now()
        file = source if isinstance(source, SourceFile) else examine(source, mapping)
        start, form = self._db.read_now(partial(self._check_pack, mapping=mapping, now=now))
        target = check_rejects(file, rejects_path, self._db.path)
        with Rejects(file, target) as rejects, open_source(file) as handle:
            run = _Run(file, handle, rejects, on_progress)
            translator = Translator(mapping, mapping.columns.names(), now, form)
            return run.all(translator, self._writer(mapping, start))

    def _writer(self, mapping: Mapping, start: int) -> Callable[[list[RowDraft]], Written]:
        writer = BatchWriter(mapping, start)

        def write(conn: Connection, rows: list[RowDraft]) -> Written:
            return writer.write(conn, self._db.book(conn), self._time.now(), rows)

        return lambda rows: self._db.write_now(partial(write, rows=rows))

    def _check_pack(self, conn: Connection, mapping: Mapping, now: int) -> tuple[int, SupportCode | None]:
        """The revision before the import, and the form of support codes; statuses and plan have to be those of the
        pack."""
        book = self._db.book(conn)
        check_against_pack(mapping, book, now)
        pack = book.pack(mapping.plan.pack, now)
        return self._db.revision(conn), None if pack is None else pack.support_code


class _Run:
    """One file on its way."""

    def __init__(self, file: SourceFile, handle: TextIOWrapper, rejects: Rejects, on_progress: Progress | None) -> None:
        self._file = file
        self._handle = handle
        self._rejects = rejects
        self._on_progress = on_progress
        self._tickets = _Marks()
        self._facts = 0
        self._corrected = 0
        self._stripped = 0
        self._unknown = 0

    def all(self, translator: Translator, write: Callable[[list[RowDraft]], Written]) -> ImportReport:
        rows = 0
        batch: list[RowDraft] = []
        numbers: set[str] = set()
        for row in read_rows(self._file, self._handle, translator.columns):
            rows += 1
            try:
                if row.problem is not None:
                    raise row.problem
                draft = translator.translate(row.cells)
            except BadRow as problem:
                self._rejects.add(row, problem)
                continue
            batch.append(draft)
            numbers.add(draft.ticket.number)
            if len(batch) >= BATCH_ROWS or len(numbers) >= BATCH_TICKETS:
                self._flush(batch, write)
                batch, numbers = [], set()
        if batch:
            self._flush(batch, write)
        if self._on_progress is not None:
            self._on_progress(self._file.size, self._file.size)
        rejected = self._rejects.count
        return ImportReport(
            rows=rows,
            tickets=self._tickets.count,
            facts_added=self._facts,
            rejected=rejected,
            corrected=self._corrected,
            rejects_path=self._rejects.path if rejected else None,
            stripped=self._stripped,
            unknown_contracts=self._unknown,
        )

    def _flush(self, batch: list[RowDraft], write: Callable[[list[RowDraft]], Written]) -> None:
        written = write(batch)
        self._rejects.flush()
        self._facts += written.facts_added
        self._corrected += written.corrected
        self._stripped += written.stripped
        self._unknown += written.unknown_contracts
        for ticket_id in written.ticket_ids:
            self._tickets.add(ticket_id)
        if self._on_progress is not None:
            self._on_progress(os.lseek(self._handle.fileno(), 0, os.SEEK_CUR), self._file.size)


class _Marks:
    """Counts different ids in one bit each: a file may speak of millions of tickets."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self.count = 0

    def add(self, number: int) -> None:
        place, bit = number >> 3, 1 << (number & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        if not self._bits[place] & bit:
            self._bits[place] |= bit
            self.count += 1


def rejects_name(file: SourceFile) -> str:
    """The name of the rejects file of a source file."""
    return f"{file.path.stem}.rejects{'.jsonl' if file.jsonl else '.csv'}"


def check_against_pack(mapping: Mapping, book: CompiledBook, now: int) -> None:
    """Raises UserError mapping_invalid where the mapping names what its pack does not have."""
    _check(mapping, book.pack(mapping.plan.pack, now), book.packs())


def check_against_packs(mapping: Mapping, packs: Sequence[Pack], now: int) -> None:
    """`check_against_pack` for a database that does not exist yet and will be made with these packs."""
    found = (in_force(pack, now) for pack in packs if pack.code == mapping.plan.pack)
    _check(mapping, next(found, None), packs)


def _check(mapping: Mapping, pack: Pack | None, packs: Sequence[Pack]) -> None:
    if pack is None:
        raise _unknown(mapping, "plan.pack", mapping.plan.pack, [each.code for each in packs])
    plans = {f"plan.values.{word}": plan for word, plan in mapping.plan.values.items()}
    if mapping.plan.plan is not None:
        plans["plan.plan"] = mapping.plan.plan
    for key, plan in plans.items():
        if pack.plan(plan) is None:
            raise _unknown(mapping, key, plan, [each.code for each in pack.plans])
    for word, status in mapping.status.items():
        if pack.status(status.to) is None:
            raise _unknown(mapping, f"status.{word}.to", status.to, [each.code for each in pack.statuses])
        resolved = [each.code for each in pack.statuses if each.status_class is StatusClass.RESOLVED]
        if status.notifies and status.to not in resolved:
            # Any other status would end the closing period as it begins.
            raise _unknown(mapping, f"status.{word}.to", status.to, resolved)
    for word, level in mapping.severity.items():
        if pack.severity(level) is None:
            raise _unknown(mapping, f"severity.{word}", level, [each.level for each in pack.severities])
    for word, channel in mapping.escalation.items():
        if channel not in ways(pack):
            raise _unknown(mapping, f"escalation.{word}", channel, ways(pack))


def _unknown(mapping: Mapping, key: str, found: object, known: Sequence[object]) -> UserError:
    expected = ", ".join(map(str, known))
    return UserError("mapping_invalid", file=mapping.name, key=key, found=found, expected=expected)


def check_rejects(file: SourceFile, chosen: Path | None, database: Path) -> Path:
    """Where bad rows will go. Raises UserError import_rejects_is_input, import_rejects_is_database and
    EnvironmentFault import_rejects_unwritable."""
    target = chosen or database.parent / rejects_name(file)
    if target.resolve() == file.path.resolve():
        raise UserError("import_rejects_is_input", file=str(target))
    if target.resolve() in (database.resolve(), log_path(database.resolve())):
        raise UserError("import_rejects_is_database", file=str(target))
    if chosen is None and not database.parent.exists():
        return target  # the folder is made with the database
    # An earlier file stays: the next one is made beside it.
    device = target.exists() and not target.is_file()
    writable = target if device else target.parent
    if target.is_dir() or not os.access(writable, os.W_OK):
        raise EnvironmentFault("import_rejects_unwritable", file=str(target), why="no permission to write there")
    return target
