"""docs/mappings.md: its example is imported as it stands there, and says what it says there."""

from __future__ import annotations

import re

from tests.cli.terminal_desk import TerminalDesk
from tests.rig.shared import ROOT

TEXT = (ROOT / "docs" / "mappings.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```([a-z ]+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))


def test_the_whole_example_imports_as_it_says(nothing: TerminalDesk) -> None:
    rows, mapping = nothing.file("export.csv", BLOCKS["csv"]), nothing.file("tracker.toml", BLOCKS["toml"])
    answer = nothing("import", rows, "--mapping", mapping)
    assert (answer.code, answer.err) == (0, "")
    _, said = BLOCKS["console"].split("\n", 1)
    assert answer.out.replace(f"{nothing.folder}/", "") == said
    rejects = nothing.folder / "export.rejects.csv"
    assert rejects.read_text("utf-8").splitlines() == BLOCKS["csv rejects"].splitlines()

    waiting = nothing.json("explain", "HD-101")
    assert (waiting["severity"], waiting["status"], waiting["plan"]) == (2, "waiting", "gold")
    assert waiting["clocks"][0]["started_at"] == "2025-03-03T06:00:00Z"
    assert nothing.json("explain", "HD-102")["plan"] == "none"

    mended = nothing.file("mended.csv", rejects.read_text("utf-8").replace("Frozen", "New", 1))
    report = nothing.json("import", mended, "--mapping", mapping)
    assert (report["rows"], report["tickets"], report["rejected"]) == (1, 1, 0)


def test_the_example_of_messages_is_served_by_a_contract_and_answered_once(nothing: TerminalDesk) -> None:
    given = ["--plan", "odin/gold", "--from", "2025-01-01T00:00:00Z", "--support-code", "12345-67890"]
    assert nothing("contract", "add", "Harbour Cloud", *given, "--new-customer").code == 0
    rows, mapping = (
        nothing.file("comments.jsonl", BLOCKS["json messages"]),
        nothing.file("comments.toml", BLOCKS["toml messages"]),
    )
    report = nothing.json("import", rows, "--mapping", mapping)
    assert (report["rows"], report["tickets"], report["rejected"]) == (4, 1, 0)
    first = nothing.json("explain", "HD-201")["clocks"][0]
    # Neither the automatic letter nor the note has answered, but the message of 08:40.
    assert (first["state"], first["elapsed_seconds"]) == ("met", 2400)
    assert [each["ticket"] for each in nothing.json("customer", "Harbour Cloud")["ledger"]] == ["HD-201"]
