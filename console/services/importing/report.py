"""What an import did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`rows` read, of which `rejected` are in the file at `rejects_path`; `tickets` that the others speak of.

    `facts_added`: what was not known before. `corrected`: facts of earlier imports of which the source now says
    something else; they do not count any more. `stripped` credentials were taken out of what people wrote (OD-15).
    `unknown_contracts`: tickets that came in naming a contract that the desk does not know.
    """

    rows: int
    tickets: int
    facts_added: int
    rejected: int
    corrected: int = 0
    rejects_path: Path | None = None
    stripped: int = 0
    unknown_contracts: int = 0

    def as_json(self) -> dict[str, int | str]:
        """The answer of `import --json`."""
        answer: dict[str, int | str] = {
            "rows": self.rows,
            "tickets": self.tickets,
            "facts_added": self.facts_added,
            "rejected": self.rejected,
        }
        if self.corrected:
            answer["corrected"] = self.corrected
        if self.stripped:
            answer["credentials_stripped"] = self.stripped
        if self.unknown_contracts:
            answer["unknown_contracts"] = self.unknown_contracts
        if self.rejected and self.rejects_path is not None:
            answer["rejects_file"] = str(self.rejects_path)
        return answer
