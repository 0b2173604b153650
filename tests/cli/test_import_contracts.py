"""A shop's beginning from a terminal: make contracts, import the tracker's log, look at the customer's ledger."""

from __future__ import annotations

from tests.cli.terminal_desk import MAPPING, TerminalDesk

TRACKER = (
    MAPPING.replace('plan = "gold"', 'plan = "none"').replace(
        'subject = ["subject"]\n',
        """subject = ["subject"]
channel = "via"
support_code = "code"
message = "comment"
message_author = "from"
message_side = "type"
message_visibility = "seen by"
""",
    )
    + """
[channel]
Shop = "online_sales"

[message.sides]
customer = "customer"
agent = "agent"

[message.visibilities]
all = "public"
team = "internal"
"""
)
LOG = """\
id,opened,updated,n,state,priority,customer,subject,via,code,comment,from,type,seen by
T1,2025-03-03T08:00:00Z,2025-03-03T08:00:00Z,0,new,P2,Harbour,Mail is stuck,Web,,"It is stuck.
Since eight.",Olga,customer,all
T1,2025-03-03T08:00:00Z,2025-03-03T09:00:00Z,1,open,P2,Harbour,Mail is stuck,Web,,Which server?,Ana,agent,all
T2,2025-03-03T09:00:00Z,2025-03-03T09:00:00Z,0,new,P3,Northwind,Licence key is refused,Phone,12345 67890,,,,
T3,2025-03-03T10:00:00Z,2025-03-03T10:00:00Z,0,new,P3,Harbour,Another licence,Shop,,,,,
"""


def test_contracts_then_the_log_then_the_ledger(nothing: TerminalDesk) -> None:
    given = ["--plan", "odin/gold", "--from", "2025-01-01T00:00:00Z", "--support-code", "1234567890"]
    refused = nothing("contract", "add", "Harbour", *given)
    assert (refused.code, nothing.path.exists()) == (2, False)
    assert "Contract made" in nothing("contract", "add", "Harbour", *given, "--new-customer").out
    assert "came in before" not in nothing("contract", "list").out
    assert nothing("contract", "add", "x" * 201, *given, "--new-customer").code == 2

    rows, mapping = nothing.file("log.csv", LOG), nothing.file("tracker.toml", TRACKER)
    report = nothing.json("import", rows, "--mapping", mapping)
    assert (report["rows"], report["tickets"], report["rejected"]) == (4, 3, 0)

    page = nothing.json("customer", "Harbour")
    assert [(each["ticket"], each["amount"], each["rule"]) for each in page["ledger"]] == [
        ("T1", -1, "OD-6:opened"),
        ("T2", -1, "OD-6:opened"),
    ]
    assert page["incidents"]["left"] == page["incidents"]["granted"] - 2
    told = nothing("customer", "12345-67890").out
    assert all(words in told for words in ("T1", "T2", "OD-6:opened"))
    assert [nothing.json("explain", number)["plan"] for number in ("T1", "T2", "T3")] == ["gold"] * 3
    first = nothing.json("explain", "T1")["clocks"][0]
    assert (first["kind"], first["state"]) == ("first_response", "met")

    again = nothing.json("import", rows, "--mapping", mapping)
    assert again["facts_added"] == 0
    assert nothing.json("customer", "Harbour") == page

    changed = nothing.file("log.csv", LOG.replace("Which server?", "Which of the servers?").replace(",P2,", ",P1,"))
    report = nothing.json("import", changed, "--mapping", mapping)
    assert (report["facts_added"], report["corrected"]) == (3, 3)
    assert nothing.json("customer", "Harbour")["ledger"] == page["ledger"]
    assert "0 findings" in nothing("verify").out


def test_a_bad_code_and_one_that_nobody_has(nothing: TerminalDesk) -> None:
    log = LOG.replace("12345 67890", "12345 6789").replace("Web,,Which", "Web,55555-55555,Which")
    rows, mapping = nothing.file("log.csv", log), nothing.file("tracker.toml", TRACKER)
    answer = nothing("import", rows, "--mapping", mapping)
    assert answer.code == 0
    assert "1 ticket with a contract that is not known here\n1 row rejected, see " in answer.out
    assert "Column code: '12345 6789' is no support code" in (nothing.folder / "log.rejects.csv").read_text("utf-8")
    assert nothing.json("import", rows, "--mapping", mapping)["facts_added"] == 0


def test_a_contract_recorded_after_the_tickets_says_how_many_it_does_not_serve(nothing: TerminalDesk) -> None:
    rows, mapping = nothing.file("log.csv", LOG), nothing.file("tracker.toml", TRACKER)
    assert nothing.json("import", rows, "--mapping", mapping)["tickets"] == 3
    given = ["--plan", "odin/gold", "--from", "2025-01-01T00:00:00Z"]
    made = nothing("contract", "add", "Harbour", *given)
    assert made.out.splitlines()[1:] == ["2 open tickets came in before; they keep what they came in with."]
    assert nothing.json("explain", "T1")["plan"] != "gold"
    made = nothing("contract", "add", "Northwind", *given)
    assert made.out.splitlines()[1:] == ["1 open ticket came in before; it keeps what it came in with."]
    made = nothing("contract", "add", "Contoso", *given, "--new-customer")
    assert len(made.out.splitlines()) == 1
