"""What a customer is entitled to, from a terminal: page, contracts, credits, the account manager, plans compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from console.cli import run
from console.time_source import FixedTime
from tests.cli.terminal_desk import NOW, RESOURCES, TerminalDesk


@pytest.fixture(scope="module")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to copy, with a small desk of customers on all plans."""
    folder = tmp_path_factory.mktemp("made")
    command = ["--db", f"sqlite:///{folder / 'desk.db'}", "generate", "--tickets", "60", "--seed", "3"]
    assert run(command, RESOURCES, FixedTime(NOW)) == 0
    return folder


@pytest.fixture
def made(made_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TerminalDesk:
    """That desk, to write to."""
    shutil.copytree(made_folder, tmp_path, dirs_exist_ok=True)
    return TerminalDesk(tmp_path, capsys)


def contract_of(desk: TerminalDesk, plan: str) -> dict[str, object]:
    found = [each for each in desk.json("contract", "list")["contracts"] if each["plan"] == plan]
    contract: dict[str, object] = found[-1]
    return contract


def number_of(desk: TerminalDesk, plan: str) -> str:
    customer = contract_of(desk, plan)["customer"]
    assert isinstance(customer, dict)
    return str(customer["number"])


def charged(desk: TerminalDesk, plan: str = "gold") -> str:
    """A ticket whose creation took an incident."""
    lines = desk.json("customer", number_of(desk, plan))["ledger"]
    return next(str(line["ticket"]) for line in lines if line["ticket"] is not None)


def test_the_page_of_a_customer_by_number_name_and_code(made: TerminalDesk) -> None:
    contract = contract_of(made, "gold")
    customer = contract["customer"]
    assert isinstance(customer, dict)
    by_number = made.json("customer", customer["number"])
    assert by_number == made.json("customer", customer["name"])
    code = str(contract["support_code"])
    assert by_number == made.json("customer", code.replace("-", ""))
    assert by_number["plan"] == "gold"
    assert by_number["account_manager"]["granted_seconds"] == 36000
    assert [way["way"] for way in by_number["ways"]] == ["web_form", "phone", "chat"]
    assert by_number["lifecycle"]["releases"]
    answer = made("customer", customer["number"], "--price", "1200")
    assert answer.code == 0
    for words in ("Account manager this week:", "Survey rate", "24 × 7", "OD-16"):
        assert words in answer.out


@pytest.mark.parametrize("price", ["much", "-5", "nan"])
def test_a_price_that_is_none_is_refused(made: TerminalDesk, price: str) -> None:
    answer = made("customer", number_of(made, "gold"), f"--price={price}")
    assert answer.code == 2
    assert "--price" in answer.err


def test_a_customer_or_contract_that_is_not_there(made: TerminalDesk) -> None:
    assert "no customer" in made("customer", "nobody at all").err
    number = number_of(made, "gold")
    assert "no such contract" in made("customer", number, "--contract", "zzz").err
    uid = str(contract_of(made, "gold")["uid"])
    assert made.json("customer", number, "--contract", uid[:8])["contracts"]


def test_a_credit_is_entered_once(made: TerminalDesk) -> None:
    ticket = charged(made)
    left = made.json("customer", number_of(made, "gold"))["incidents"]["left"]
    assert "Name the bug" in made("credit", ticket, "--reason", "confirmed").err
    assert "--reason" in made("credit", ticket, "--bug", "PPA-7").err
    assert "no incident is credited" in made("credit", ticket, "--bug", "B", "--reason", "r", "--code", "article").err
    proposed = made.json("credit", ticket, "--bug", "PPA-7", "--reason", "seen", "--propose")
    assert (proposed["proposed"], proposed["left"]) == (True, left)
    done = made.json("credit", ticket, "--bug", "PPA-7", "--reason", "confirmed")
    assert done["left"] == left + 1
    again = made("credit", ticket, "--bug", "PPA-7", "--reason", "confirmed")
    assert (again.code, "credited already" in again.err) == (2, True)


def test_the_account_managers_time(made: TerminalDesk) -> None:
    number = number_of(made, "platinum")
    before = made.json("customer", number)["account_manager"]["left_seconds"]
    after = made.json("tam", number, "--minutes", "90", "--reason", "planning")
    assert after["left_seconds"] == before - 5400
    assert made("tam", number, "--minutes", "0", "--reason", "none").code == 2
    assert "account manager" in made("tam", number_of(made, "limited_free"), "--minutes", "9", "--reason", "x").err


def test_within_the_quota_there_is_nothing_to_decide(made: TerminalDesk) -> None:
    assert "nothing to decide" in made("quota", charged(made), "--reason", "all right").err


def test_contracts_are_made_listed_and_incidents_bought(made: TerminalDesk) -> None:
    number = number_of(made, "per_incident")
    given = ["--from", "2025-01-01T00:00:00Z", "--support-code", "1234567890", "--product", "H-Sphere"]
    answer = made.json("contract", "add", number, "--plan", "odin/gold", *given, "--reason", "signed")
    assert "12345-67890" in [each["support_code"] for each in answer["contracts"]]
    assert "already" in made("contract", "add", number, "--plan", "odin/gold", *given).err
    assert "archived" in made("contract", "add", number, "--plan", "analytics/basic", "--from", given[1]).err
    found = made.json("contract", "list", "--support-code", "12345 67890")["contracts"]
    assert [each["plan"] for each in found] == ["gold"]
    assert "12345-67890" in made("contract", "list", "--customer", number).out
    assert made("contract", "list", "--support-code", "99999-99999").code == 2
    left = made.json("contract", "buy", number, "10")
    assert left["incidents"] == 10
    assert "bundle" in made("contract", "buy", number, "3").err


def test_plans_side_by_side(made: TerminalDesk) -> None:
    whole = made.json("plan", "compare")
    assert [plan["code"] for plan in whole["plans"]][:2] == ["silver_plus", "gold"]
    two = made.json("plan", "compare", "gold", "platinum")
    assert {row["part"] for row in two["rows"]} == {"target", "incidents", "tam_week"}
    assert all(row["differs"] for row in two["rows"])
    assert len(made.json("plan", "compare", "gold", "platinum", "--all")["rows"]) == len(whole["rows"])
    assert "promise the same" in made("plan", "compare", "gold", "gold").out
    assert "Plans are:" in made("plan", "compare", "gold", "copper").err
    assert "two plans" in made("plan", "compare", "gold").err
    assert "24 x 7" in made("plan", "compare", "--pack", "community").out
    assert "nothing" in made("plan", "compare", "--pack", "nothing").err


def test_a_plan_is_shown_without_another_word(made: TerminalDesk) -> None:
    number = number_of(made, "gold")
    assert made.json("plan", number) == made.json("plan", "show", number)
    assert made("plan", "--json", number).code == 0
    assert made("plan", "--help").code == 0


def test_a_beginning_of_many_names_lists_all_of_them_up_to_twenty(made: TerminalDesk) -> None:
    names = {str(each["customer"]["name"]) for each in made.json("contract", "list")["contracts"]}
    letter, many = max(
        ((each, [name for name in names if each in name.casefold()]) for each in "aeio"),
        key=lambda found: len(found[1]),
    )
    assert len(many) > 3
    said = made("customer", letter).err
    assert sum(name in said for name in many) >= min(len(many), 20)
