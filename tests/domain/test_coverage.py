"""Whether a product is supported, and which of its releases are (OD-16)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from console.domain.coverage import coverage, find_product
from console.domain.errors import UserError
from tests.domain.packs import changed, odin

RELEASES = ("2015-03-01", "2016-01-15", "2016-09-01", "2016-12-01", "2017-02-01", "2017-08-01")


def with_product(values: dict[str, Any]) -> None:
    releases = [{"version": f"1.{n}", "released": date.fromisoformat(day)} for n, day in enumerate(RELEASES)]
    name = {"en": "Panel", "ru": "Панель"}
    values["products"] = [{"code": "panel", "name": name, "source": "OD-16", "releases": releases}]


PACK = changed(with_product)
ON = date(2017, 9, 1)


@pytest.mark.parametrize(
    ("version", "covered"),
    [("1.2", True), ("1.5", True), ("1.1", False), ("1.0", False), ("1.2.7", True), ("9", None), (None, None)],
)
def test_od_16_the_current_release_and_those_of_the_year_before_it(version: str | None, covered: bool | None) -> None:
    found = coverage(PACK, "Panel", version, ON)
    assert found is not None
    assert found.covered is covered
    assert [each.version for each in found.releases if each.supported] == ["1.5", "1.4", "1.3", "1.2"]
    assert [each.version for each in found.releases if each.current] == ["1.5"]


def test_a_release_that_is_still_to_come_is_not_there() -> None:
    found = coverage(PACK, "panel", "1.1", date(2016, 10, 1))
    assert found is not None
    assert [each.version for each in found.releases] == ["1.2", "1.1", "1.0"]
    assert found.covered


@pytest.mark.parametrize(("on", "covered"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
@pytest.mark.parametrize("version", ["17.5", None])
def test_od_16_a_withdrawn_product_is_covered_through_its_last_day(
    on: date, covered: bool, version: str | None
) -> None:
    found = coverage(odin(), "Plesk Automation", version, on)
    assert found is not None
    assert found.covered is covered
    assert all(each.supported is covered for each in found.releases)


def test_a_product_is_named_by_code_or_name() -> None:
    for name in ("panel", "PANEL", "Панель", " Panel "):
        assert find_product(PACK, name) is PACK.products[0]
    for other in ("", None, "Pane"):
        assert find_product(PACK, other) is None
    assert coverage(PACK, "Pane", "1.2", ON) is None
    assert coverage(changed(with_product).model_copy(update={"lifecycle": None}), "Panel", "1.2", ON) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda product: product["releases"].append(product["releases"][0]), "each version once"),
        (lambda product: product.pop("releases"), "at least one"),
        (lambda product: product["releases"][0].update(released="soon"), "a date"),
    ],
)
def test_a_product_that_cannot_be_is_refused(change: Any, said: str) -> None:
    def broken(values: dict[str, Any]) -> None:
        with_product(values)
        change(values["products"][0])

    with pytest.raises(UserError) as refused:
        changed(broken)
    assert said in str(refused.value.values["expected"])
    assert str(refused.value.values["key"]).startswith("products.panel")
