"""The schema that the steps make is the one that the program works with."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from console.store import migrate, sqlite_schema
from console.store.inspection import SCHEMA
from console.store.tables import DERIVED, KEPT, METADATA, PERSONAL, head
from tests.store.desk import StoreDesk


def test_the_steps_make_the_tables_that_are_used(desk: StoreDesk) -> None:
    def compare(conn: Connection) -> list[object]:
        context = MigrationContext.configure(conn, opts={"include_object": ours, "compare_type": True})
        return list(compare_metadata(context, METADATA))

    assert desk.db.read_now(compare) == []


def ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return not (kind == "table" and (name or "").startswith("search"))


def test_every_definition_is_spelled_as_the_metadata_spells_it(desk: StoreDesk) -> None:
    """Partial indexes, keys and constraints too: what compare_metadata does not look at."""

    def anew(conn: Connection) -> dict[str, list[str]]:
        conn.exec_driver_sql("ATTACH ':memory:' AS other")
        copy = MetaData(schema="other", naming_convention=METADATA.naming_convention)
        for table in METADATA.sorted_tables:
            table.to_metadata(copy, schema="other")
        copy.create_all(conn)
        return definitions(conn, "other.")

    migrated = desk.db.read_now(lambda conn: definitions(conn, ""))
    expected = desk.db.write_now(anew)
    assert len(expected) > 30
    assert {name: migrated.get(name) for name in expected} == expected


def definitions(conn: Connection, schema: str) -> dict[str, list[str]]:
    """The parts of each definition; their order says nothing. A column that was added stands after the constraints."""
    rows = conn.exec_driver_sql(f"SELECT name, sql FROM {schema}sqlite_master WHERE sql IS NOT NULL")
    return {name: sorted(parts(sql.replace("other.", "").replace('"', ""))) for name, sql in rows}


def parts(sql: str) -> list[str]:
    """What stands between the outermost commas, and what stands before and after the outermost brackets."""
    before, _, rest = sql.partition("(")
    inside, _, after = rest.rpartition(")")
    found, depth = [""], 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [" ".join(part.split()) for part in (before, *found, after)]


def test_the_number_in_the_header_is_that_of_the_last_step() -> None:
    steps = ScriptDirectory(str(migrate._STEPS))
    assert [int(head_step) for head_step in steps.get_heads()] == [SCHEMA]


def test_each_table_is_kept_derived_or_personal() -> None:
    assert {*KEPT, *DERIVED, *PERSONAL, head} == set(METADATA.tables.values())


def test_triggers_lost_are_made_again_by_the_next_step(desk: StoreDesk) -> None:
    def lose_and_upgrade(conn: Connection) -> tuple[str, str]:
        before = sqlite_schema.fingerprint(conn)
        for name in sqlite_schema.trigger_names(conn):
            conn.exec_driver_sql(f"DROP TRIGGER {name}")
        assert sqlite_schema.fingerprint(conn) != before
        migrate.upgrade(conn)
        return before, sqlite_schema.fingerprint(conn)

    before, after = desk.db.write_now(lose_and_upgrade)
    assert before == after
