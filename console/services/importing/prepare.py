"""What can be refused of an import is refused before its database is opened or made."""

from __future__ import annotations

from pathlib import Path

from console.domain.instants import TimeSource
from console.domain.pack_file import load_pack
from console.services.desk import pack_files
from console.services.importing.importer import check_against_packs, check_rejects
from console.services.importing.mapping import Mapping
from console.services.importing.source_file import SourceFile, examine
from console.services.upkeep import database_file
from console.store.inspection import schema_of


def prepare(
    path: Path, mapping: Mapping, url: str, policies: Path, time: TimeSource, rejects: Path | None
) -> SourceFile:
    """Examine the file to import into the database at `url`, and where its bad rows go. Writes nothing.

    The mapping is held against the packs in the folder `policies` where there is no database yet; a database knows
    its own. Raises what `examine`, `check_rejects` and `schema_of` raise, UserError database_url and mapping_invalid.
    """
    database = database_file(url)
    file = examine(path, mapping)
    check_rejects(file, rejects, database)
    if schema_of(database) == 0:
        check_against_packs(mapping, [load_pack(toml, name) for name, toml in pack_files(policies)], time.now())
    return file
