"""The live index as compact numpy columns: apart from `rows`, which starts up without numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NEVER = 1 << 62
"""The `parked_s` of a ticket that never counts as parked."""


@dataclass(frozen=True, slots=True)
class IndexColumns:
    """Every open ticket as compact columns of one length n, unsorted; what the live index is made of.

    ticket_id int32, group int8, due_s int64, rank int16, opened_s int64, severity int8 (0 unknown), status, plan,
    support_group, owner and escalation as codes into the name tuples (index 0 is "none"), revision int64 of the newest
    row. `paused_left_s` is not needed: for paused rows `due_s` holds it. `parked_s` int64 is the second from which a
    ticket counts as parked, or NEVER.
    """

    ticket_id: npt.NDArray[np.int32]
    group: npt.NDArray[np.int8]
    due_s: npt.NDArray[np.int64]
    rank: npt.NDArray[np.int16]
    opened_s: npt.NDArray[np.int64]
    severity: npt.NDArray[np.int8]
    status: npt.NDArray[np.int16]
    plan: npt.NDArray[np.int16]
    support_group: npt.NDArray[np.int32]
    owner: npt.NDArray[np.int32]
    escalation: npt.NDArray[np.int8]
    parked_s: npt.NDArray[np.int64]
    revision: int


@dataclass(frozen=True, slots=True)
class IndexNames:
    """The words behind the codes of `IndexColumns`: position is the code, position 0 stands for none."""

    status: tuple[str, ...]
    plan: tuple[str, ...]
    support_group: tuple[str, ...]
    owner: tuple[str, ...]
    escalation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Rows changed after a revision: `columns` of those still open, `closed` ids of those that left, names anew."""

    columns: IndexColumns
    closed: npt.NDArray[np.int32]
    names: IndexNames
