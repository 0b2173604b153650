"""Which contract a row names: by its uid, its support code or a licence key, each in any form (OD-5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from console.domain.errors import UserError
from console.domain.policy_terms import SupportCode
from console.domain.programmes import read_support_code
from console.services.importing.mapping import Columns
from console.services.importing.problems import BadRow

MAX_KEY = 200
SHORTEST_UID = 8
_UID = re.compile(rf"[0-9a-f]{{{SHORTEST_UID},64}}")
_UID_FORM = f"the uid of a contract or its first {SHORTEST_UID} letters or more"

Cell = Callable[[Sequence[str]], str]


class ContractKeys(NamedTuple):
    """What names a contract, in the form in which it is compared. Where several do, the first that is known counts:
    who has a contract gives it, not the licence key."""

    uid: str | None
    support_code: str | None
    licence_key: str | None


def plain_key(licence_key: str) -> str:
    """A licence key without what people write differently: blanks, hyphens and the case of its letters."""
    return re.sub(r"[\s\-]", "", licence_key).casefold()


class ContractKeyReader:
    """Reads the columns of contract, support code and licence key; `form` is that of the pack's codes, if any."""

    def __init__(
        self, columns: Columns, form: SupportCode | None, of: Callable[[str], Cell], unknown: Collection[str]
    ) -> None:
        self._columns = columns
        self._form = form
        self._unknown = unknown
        self._uid, self._code, self._licence = (
            None if column is None else of(column)
            for column in (columns.contract, columns.support_code, columns.licence_key)
        )

    def read(self, cells: Sequence[str]) -> ContractKeys | None:
        """What the row names; none where it names nothing. Raises BadRow for what is no uid and no code."""
        uid = self._cell(cells, self._uid, self._columns.contract)
        code = self._cell(cells, self._code, self._columns.support_code)
        licence = self._cell(cells, self._licence, self._columns.licence_key)
        if uid is None and code is None and licence is None:
            return None
        return ContractKeys(
            None if uid is None else self._read_uid(uid),
            None if code is None else self._read_code(code),
            None if licence is None else plain_key(licence),
        )

    def _cell(self, cells: Sequence[str], get: Cell | None, column: str | None) -> str | None:
        cell = "" if get is None else get(cells).strip()
        if cell in self._unknown:
            return None
        if len(cell) > MAX_KEY:
            raise BadRow("too_long", column=column or "", expected=f"{MAX_KEY} characters")
        return cell

    def _read_uid(self, cell: str) -> str:
        plain = plain_key(cell)
        if not _UID.fullmatch(plain):
            raise BadRow("contract_uid_invalid", column=self._columns.contract or "", found=cell, expected=_UID_FORM)
        return plain

    def _read_code(self, cell: str) -> str:
        if self._form is None:
            return cell
        try:
            return read_support_code(self._form, cell)
        except UserError as error:
            digits = f"{sum(self._form.groups)} digits such as {_example(self._form)}"
            column = self._columns.support_code or ""
            raise BadRow("code_invalid", column=column, found=cell, expected=digits) from error


def _example(form: SupportCode) -> str:
    digits = iter("1234567890" * 20)
    return form.separator.join("".join(next(digits) for _ in range(count)) for count in form.groups)
