"""What all tables share: the metadata and the column types.

Instants are BIGINT microseconds UTC, `_s` whole seconds UTC, `_work` working microseconds.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData, String

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes a column the row's own key only when its type is spelled INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")
Micros = BigInteger
Uid = String(64)
Code = String(64)
Digest = String(64)
