"""Lifecycle, update service, support codes, purchases, contracts, survey and credentials of the Odin pack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from console.domain.credentials import STRIPPED, strip_credentials
from console.domain.errors import UserError
from console.domain.facts import Fact, FactKind
from console.domain.lifecycle import add_months, is_covered, supported_releases, update_service
from console.domain.programmes import (
    PlanInForce,
    plan_in_force,
    purchase_refusal,
    read_support_code,
    survey_rate,
)
from tests.domain.packs import odin, odin_book
from tests.domain.small_policy import Story, at

PACK = odin()
CURRENT = date(2017, 8, 1)
BEFORE = [date(2015, 3, 1), date(2016, 1, 15), date(2016, 9, 1), date(2016, 12, 1), date(2017, 2, 1)]


def test_od_16_the_current_release_and_the_greater_of_two_sets_are_supported() -> None:
    assert PACK.lifecycle is not None
    found = supported_releases(PACK.lifecycle, BEFORE, CURRENT)
    assert found == {CURRENT, date(2016, 9, 1), date(2016, 12, 1), date(2017, 2, 1)}
    assert is_covered(PACK.lifecycle, [*BEFORE, CURRENT], date(2016, 9, 1), date(2017, 9, 1))
    assert not is_covered(PACK.lifecycle, [*BEFORE, CURRENT], date(2016, 1, 15), date(2017, 9, 1))


def test_od_16_few_releases_of_the_last_year_leave_the_two_before() -> None:
    assert PACK.lifecycle is not None
    later = date(2020, 1, 1)
    assert supported_releases(PACK.lifecycle, BEFORE, later) == {later, date(2016, 12, 1), date(2017, 2, 1)}
    assert supported_releases(PACK.lifecycle, [], later) == {later}
    # The window begins with the day itself.
    on_edge = [date(2016, 8, 1), date(2016, 9, 1), date(2017, 2, 1)]
    assert date(2016, 8, 1) in supported_releases(PACK.lifecycle, on_edge, CURRENT)


def test_od_16_a_withdrawn_product_is_covered_up_to_its_end() -> None:
    assert PACK.lifecycle is not None
    end = date(2018, 6, 30)
    covered = [is_covered(PACK.lifecycle, BEFORE, BEFORE[0], on, end) for on in (end, date(2018, 7, 1))]
    assert covered == [True, False]
    assert not is_covered(PACK.lifecycle, [], date(2018, 1, 1), date(2017, 1, 1))


def test_months_of_unequal_length_end_on_their_last_day() -> None:
    found = [add_months(day, months) for day, months in ((date(2016, 2, 29), 12), (date(2017, 1, 31), -2))]
    assert found == [date(2017, 2, 28), date(2016, 11, 30)]


@pytest.mark.parametrize(
    ("on", "valid", "price", "costs"),
    [
        (date(2017, 9, 30), True, 1000, 250),
        (date(2017, 10, 1), False, 1200, 780),
        (date(2017, 10, 2), False, 1200, 780),
    ],
)
def test_od_17_the_update_service_lasts_a_year(on: date, valid: bool, price: int, costs: int) -> None:
    assert PACK.updates is not None
    found = update_service(PACK.updates, date(2016, 10, 1), on)
    assert (found.valid, found.last_day, found.price(Decimal(price))) == (valid, date(2017, 9, 30), costs)
    renewed = update_service(PACK.updates, date(2016, 10, 1), on, renewals=1)
    assert (renewed.valid, renewed.last_day) == (True, date(2018, 9, 30))


@pytest.mark.parametrize("text", ["1234567890", "12345-67890", " 12345 67890 ", "1-2-3-4-5-6-7-8-9-0"])
def test_od_5_a_support_code_has_ten_digits(text: str) -> None:
    assert PACK.support_code is not None
    assert read_support_code(PACK.support_code, text) == "12345-67890"


@pytest.mark.parametrize("text", ["", "123456789", "12345678901", "12345-6789a", "١٢٣٤٥٦٧٨٩٠"])
def test_od_5_anything_else_is_no_support_code(text: str) -> None:
    assert PACK.support_code is not None
    with pytest.raises(UserError, match="support_code_invalid"):
        read_support_code(PACK.support_code, text)


@pytest.mark.parametrize(
    ("plan", "incidents", "expected"),
    [
        ("per_incident", 1, None),
        ("per_incident", 9, "bundle_too_small"),
        ("per_incident", 10, None),
        ("per_incident", 25, None),
        ("per_incident", 0, "incidents_not_sold"),
        ("gold", 10, "incidents_not_sold"),
    ],
)
def test_od_5_incidents_are_sold_single_or_in_bundles(plan: str, incidents: int, expected: str | None) -> None:
    found = PACK.plan(plan)
    assert found is not None
    assert purchase_refusal(found, incidents) == expected


@pytest.mark.parametrize(
    ("when", "plan", "expected"),
    [
        ("12T07:59", "gold", PlanInForce("none", "contract_not_begun")),
        ("12T08:00", "gold", PlanInForce("gold", None)),
        ("13T07:59", "gold", PlanInForce("gold", None)),
        ("13T08:00", "gold", PlanInForce("none", "contract_ended")),
        ("12T09:00", "bronze", PlanInForce("none", "plan_unknown")),
    ],
)
def test_an_ended_contract_falls_back_as_the_pack_says(when: str, plan: str, expected: PlanInForce) -> None:
    assert plan_in_force(PACK, plan, at("12T08:00"), at("13T08:00"), at(when)) == expected


def test_od_14_the_survey_rate_is_that_of_tickets_set_to_pending_in_the_period() -> None:
    assert PACK.survey is not None
    rules = odin_book().rules("odin", 0)
    assert rules is not None

    def facts(when: str, answered: bool) -> list[Fact]:
        story = Story("10T08:00")
        story.status(when, "resolved")
        story.status("25T08:00", "closed")
        if answered:
            story.add("26T08:00", FactKind.SURVEY_ANSWERED)
        return story.facts

    tickets = [facts("12T08:00", True), facts("12T09:00", False), facts("20T08:00", True), Story("12T08:00").facts]
    found = survey_rate(PACK.survey, rules.status_class, tickets, at("12T08:00"), at("20T08:00"))
    assert (found.pending, found.answered, found.share) == (2, 1, 0.5)
    assert survey_rate(PACK.survey, rules.status_class, tickets, at("01T00:00"), at("02T00:00")).share is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Login: root\nPassword: s3cret!\nThanks", f"Login: root\nPassword: {STRIPPED}\nThanks"),
        ("пароль = тайна", f"пароль = {STRIPPED}"),
        ("see sftp://root:s3cret@host/x and more", f"see sftp://root:{STRIPPED}@host/x and more"),
        ("I forgot my password again", "I forgot my password again"),
    ],
)
def test_od_15_credentials_are_stripped_from_mail(text: str, expected: str) -> None:
    found = strip_credentials(PACK.credentials, text)
    assert found == (expected, int(text != expected))


def test_od_15_a_long_mail_is_read_quickly() -> None:
    text = "password" + " " * 200_000 + "http://" + "a" * 200_000
    assert strip_credentials(PACK.credentials, text).taken == 0
