"""`journal` and `erase` on a terminal, and the role that somebody types in."""

from __future__ import annotations

import pytest

from tests.cli.terminal_desk import TerminalDesk

RAISE = ("severity", "T1", "--to", "2", "--reason", "all shops stand still")


@pytest.fixture
def decided(desk: TerminalDesk) -> TerminalDesk:
    assert desk(*RAISE).code == 0
    desk.now += 1_000_000
    assert desk("severity", "T2", "--to", "1", "--reason", "the whole site is down").code == 0
    return desk


def test_the_journal_says_what_was_decided_and_by_whom(decided: TerminalDesk) -> None:
    lines = decided("journal").out.splitlines()
    assert lines[0].split()[:5] == ["ENTRY", "AT", "WHAT", "TICKET", "WHO"]
    assert "2025-03-03T12:00:00Z  severity changed  T1" in lines[1]
    assert lines[1].endswith("all shops stand still")
    assert lines[-1] == "2 entries"
    entries = decided.json("journal")["entries"]
    assert [(each["seq"], each["ticket"], each["role"], each["erased"]) for each in entries] == [
        (1, "T1", "shift_manager", False),
        (2, "T2", "shift_manager", False),
    ]
    assert entries[1]["prev_hash"] == entries[0]["hash"]


def test_it_is_filtered(decided: TerminalDesk) -> None:
    for options, numbers in (
        (("--ticket", "T2"), [2]),
        (("--kind", "severity_changed"), [1, 2]),
        (("--kind", "shift_taken"), []),
        (("--kind", "shift_taken", "--kind", "severity_changed"), [1, 2]),
        (("--since", "2025-03-03T12:00:01Z"), [2]),
        (("--until", "2025-03-03T12:00:01Z"), [1]),
        (("--actor", "nobody-of-this-name"), []),
        (("--shift", "none"), []),
        (("--limit", "1"), [2]),
    ):
        assert [each["seq"] for each in decided.json("journal", *options)["entries"]] == numbers, options


def test_what_is_misspelled_is_told(desk: TerminalDesk) -> None:
    answer = desk("journal", "--since", "yesterday")
    assert (answer.code, answer.out) == (2, "")
    assert "--since" in answer.err
    assert desk("journal", "--ticket", "T77").err == "There is no ticket T77.\n"


def test_words_are_listed_and_then_erased(decided: TerminalDesk) -> None:
    listed = decided.json("erase", "--ticket", "T1")
    assert listed["erased"] is False
    said = [each for each in listed["texts"] if each["words"] == "all shops stand still"]
    assert [each["what"] for each in said] == ["severity_set", "words of severity_changed"]
    words = said[0]
    assert decided("erase", "--ticket", "T1", str(words["text"])).err.startswith("Say why in a few words")

    gone = decided.json("erase", "--ticket", "T1", str(words["text"]), "--reason", "on request")
    assert (gone["erased"], [each["text"] for each in gone["texts"]]) == (True, [each["text"] for each in said])
    assert "(erased)" in decided("erase", "--ticket", "T1").out
    first, *_, last = decided.json("journal")["entries"]
    assert (first["words"], first["erased"]) == (None, True)
    assert (last["kind"], last["role"], last["words"]) == ("text_erased", "administrator", "on request")
    assert decided("verify").code == 0
    assert "(erased)" in decided("explain", "T1").out
    assert decided("journal").out.splitlines()[1].endswith("(erased)")


def test_all_words_of_a_decision(decided: TerminalDesk) -> None:
    answer = decided("erase", "--decision", "2", "--all", "--reason", "on request")
    assert answer.out.splitlines()[-1] == "Copies of the database that were made before still have the words."
    again = decided("erase", "--decision", "2", "--all", "--reason", "on request")
    assert (again.code, again.err[:24]) == (2, "There are no such words,")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "one of --ticket, --decision, --person and --customer"),
        (("--ticket", "T1", "--decision", "1"), "one of --ticket, --decision, --person and --customer"),
        (("--ticket", "T1", "99999", "--reason", "x"), "There is no text 99999 here."),
        (("--decision", "77"), "There is no decision 77 in the journal."),
        (("--decision", "²"), "There is no decision ² in the journal."),
    ],
)
def test_what_cannot_be_erased_is_told(decided: TerminalDesk, options: tuple[str, ...], said: str) -> None:
    answer = decided("erase", *options)
    assert answer.code == 2
    assert said in answer.err
    assert len(decided.json("journal")["entries"]) == 2


@pytest.mark.parametrize(
    "command",
    [
        RAISE,
        ("erase", "--ticket", "T1", "--all", "--reason", "x"),
        ("generate", "--tickets", "1"),
        ("rebuild",),
        ("backup",),
        ("policy", "adopt", "odin", "--holidays", "business=2026-12-31"),
        ("escalation", "request", "T1", "--channel", "phone", "--reason", "now"),
    ],
)
def test_a_viewer_changes_nothing(decided: TerminalDesk, command: tuple[str, ...]) -> None:
    before = decided.path.read_bytes()
    settings = decided.file("roles.toml", 'default = ["viewer"]\n')
    answer = decided("--roles", settings, *command)
    assert (answer.code, answer.out) == (2, "")
    assert "viewer" in answer.err
    chosen = decided("--role", "viewer", *command)
    assert (chosen.code, chosen.err) == (2, answer.err)
    assert decided.path.read_bytes() == before
    assert not (decided.folder / "backups").exists()


def test_a_viewer_may_look(decided: TerminalDesk) -> None:
    for command in (("queue",), ("explain", "T1"), ("journal",), ("verify",)):
        assert decided("--role", "viewer", *command).code == 0


def test_the_role_is_chosen_wherever_it_stands(decided: TerminalDesk) -> None:
    answer = decided("severity", "T3", "--to", "2", "--reason", "less", "--role", "team_lead")
    assert (answer.code, answer.out) == (2, "")
    assert "team_lead" in answer.err
    assert decided("journal", "--role=viewer").code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('default = ["boss"]', "default: found 'boss', expected a list of one or more of viewer"),
        ("[users]\nx = 1", "users.x: found 1, expected a list"),
        ("users = [", "the file: found"),
    ],
)
def test_bad_settings_say_where_they_are_bad(decided: TerminalDesk, text: str, said: str) -> None:
    path = decided.file("roles.toml", text)
    answer = decided("--roles", path, "queue")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(path)
    assert said in answer.err


def test_an_unknown_role_and_one_that_is_not_held(decided: TerminalDesk) -> None:
    assert "There is no role king." in decided("--role", "king", "queue").err
    settings = decided.file("roles.toml", 'default = ["viewer"]\n')
    assert "does not hold the role team_lead" in decided("--roles", settings, "--role", "team_lead", "queue").err


def test_verify_says_what_it_cannot_know_and_compares_with_an_anchor(decided: TerminalDesk) -> None:
    assert "cannot be known without an anchor: --anchor FILE." in decided("verify").out
    assert decided.json("verify")["anchor"] is None
    copy = decided.json("backup")["backup"]
    answer = decided.json("verify", "--anchor", f"{copy}.anchor.json")
    assert (answer["sound"], answer["anchor"]["seq"]) == (True, 2)
    assert len(answer["cannot_know"]) == 2
    wrong = decided("verify", "--anchor", decided.file("a.json", "{}"))
    assert (wrong.code, wrong.err[-38:]) == (2, "a.json: format: found None, expected 1.\n"[-38:])
    other = decided.file("b.json", '{"format": 1, "database_uid": "x", "seq": 1, "hash": "h", "at": 0}')
    found = decided("verify", "--anchor", other)
    assert found.code == 1
    assert "anchor_database" in found.out


def test_an_anchor_is_written_at_any_time_and_never_over_another(decided: TerminalDesk) -> None:
    path = str(decided.folder / "end.json")
    assert decided("journal", "--anchor-to", path).code == 0
    assert decided.json("verify", "--anchor", path)["anchor"]["seq"] == 2
    again = decided("journal", "--anchor-to", path)
    assert (again.code, again.out, again.err) == (2, "", f"{path} is there already: an anchor is not written over.\n")


def test_a_customers_name_is_erased_and_the_outbox_says_so(desk: TerminalDesk) -> None:
    desk("escalation", "request", "T1", "--channel", "phone", "--reason", "third call")
    desk("escalation", "reject", "T1", "--reason", "The engineer holds 18:00")
    assert " Harbour " in desk("outbox").out
    listed = desk.json("erase", "--customer", "harbour")
    name = listed["texts"][0]
    assert (name["what"], name["words"], name["at"], name["whose"]) == ("name of a customer", "Harbour", None, None)
    assert "name of a customer" in desk("erase", "--customer", "Harbour").out
    gone = desk.json("erase", "--customer", "Harbour", "--all", "--reason", "on request")
    assert gone["erased"] is True
    (message,) = desk.json("outbox")["messages"]
    assert (message["to"], message["name"]) == ("customer:1", None)
    assert "customer:1 (erased)" in desk("outbox").out
    assert "To customer:1 (erased), waiting" in desk("outbox", "--ticket", "T1").out
    assert desk.json("verify")["sound"] is True


def test_a_persons_name_is_erased(nothing: TerminalDesk) -> None:
    nothing("generate", "--tickets", "30", "--seed", "3")
    listed = nothing.json("erase", "--person", "mei tanaka")
    assert [(listed["texts"][0][key]) for key in ("what", "words")] == ["name of a person", "Mei Tanaka"]
    number = str(listed["texts"][0]["text"])
    assert nothing("erase", "--person", "Mei Tanaka", number, "--reason", "on request").out.startswith("1 text erased.")
    assert nothing("erase", "--person", "Mei Tanaka").err == "There is no person Mei Tanaka.\n"
    assert nothing.json("verify")["sound"] is True
