"""A customer's contracts, hours, product and surveys, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING

from console.domain.contact_hours import week_hours, week_of
from console.domain.instants import to_micros
from console.domain.quota import ASKING, QuotaMark
from console.domain.zones import zone as zone_named
from models.text_table import Cell, Head, Line
from ui.customer_page.words import hours_words, support_code
from ui.tr import grouped, tr
from ui.when import clock_time, day_text
from ui.words.pack_words import pack_text

if TYPE_CHECKING:
    from console.domain.coverage import Coverage
    from console.services.entitling.customer_page import ContractTerm, ManagerWeek, Surveys, Updates, WayHours


def contract_heads() -> tuple[Head, ...]:
    """The columns of contracts."""
    return (Head(tr("Plan")), Head(tr("Term")), Head(tr("Code or key")), Head(tr("Product")), Head(tr("State")))


def contract_lines(terms: Sequence[ContractTerm], chosen: str) -> list[Line]:
    """Contracts, the latest first; the one that the page is about in bold. Days are UTC, both belong to the term."""
    running = any(term.in_force.notice in (None, "plan_archived") for term in terms)
    return [_contract(term, term.contract.uid == chosen, running) for term in reversed(terms)]


def _contract(term: ContractTerm, chosen: bool, running: bool) -> Line:
    contract = term.contract
    end = tr("open-ended") if contract.end_at is None else day_text(contract.end_at - 1, UTC)
    state, tone = _state(term)
    if term.in_force.notice == "contract_ended" and running and not chosen:
        # Another one has taken its place: nothing falls back.
        state, tone = tr("Expired"), ""
    codes = [support_code(contract.support_code)] if contract.support_code else []
    codes += [contract.licence_key] if contract.licence_key else []
    product = " ".join(each for each in (contract.product, contract.product_version) if each)
    name = contract.plan if term.plan is None else pack_text(term.plan)
    cells = (
        Cell(f"▸ {name}" if chosen else name, bold=chosen, spoken=tr("{plan}, shown", plan=name) if chosen else ""),
        Cell(f"{day_text(contract.start_at, UTC)} – {end}"),
        Cell(" · ".join(codes)),
        Cell(product),
        Cell(state, bold=bool(tone), tone=tone),
    )
    return Line(cells, contract.uid)


def _state(term: ContractTerm) -> tuple[str, str]:
    """What is so of a contract now, and the tone where it has to be noticed."""
    code, contract = term.in_force.notice, term.contract
    served = tr("nothing") if term.served is None else pack_text(term.served)
    if code == "contract_ended":
        return tr("Expired: served by {plan}", plan=served), "overdue"
    if code == "contract_not_begun":
        return tr("Begins {day}", day=day_text(contract.start_at, UTC)), ""
    if code == "plan_unknown":
        return tr("Unknown plan: served by {plan}", plan=served), "overdue"
    if code == "plan_archived":
        return tr("Running, archived plan"), ""
    return tr("Running"), ""


def way_heads(zone_name: str | None) -> tuple[Head, ...]:
    """The columns of the ways to reach support; the last one is there where the customer's zone is known."""
    heads = (Head(tr("Way")), Head(tr("Now")), Head(tr("Hours here")))
    return heads if zone_name is None else (*heads, Head(tr("Hours in\n{zone}", zone=zone_name)))


def known_zone(name: str | None) -> tzinfo | None:
    """The customer's zone, none where it is not known or is no zone."""
    try:
        return None if not name else zone_named(name)
    except ValueError:
        return None


def way_lines(ways: Sequence[WayHours], now: int, here: tzinfo, there: tzinfo | None) -> list[Line]:
    """Ways with whether they are open, until or from when, and their week."""
    lines = []
    for way in ways:
        cells = [
            Cell(pack_text(way.hours.name)),
            Cell(_open(way, now, here), tone="ok" if way.hours.open else "muted"),
            Cell(_week(way, now, here)),
        ]
        if there is not None:
            cells.append(Cell(_week(way, now, there)))
        lines.append(Line(tuple(cells), way.hours.contact))
    return lines


def _open(way: WayHours, now: int, here: tzinfo) -> str:
    change = way.hours.next_change
    when = "" if change is None else clock_time(change, here, now)
    if way.hours.open:
        return tr("● open until {when}", when=when) if when else tr("● open")
    return tr("○ opens {when}", when=when) if when else tr("○ closed")


def _week(way: WayHours, now: int, where: tzinfo) -> str:
    if way.always:
        return tr("24 × 7")
    days = tr("Mon Tue Wed Thu Fri Sat Sun").split()
    said = []
    for hours in week_hours(way.spans, week_of(now, where)[0], where):
        name = days[hours.first] if hours.first == hours.last else f"{days[hours.first]}–{days[hours.last]}"
        said.append(f"{name} {', '.join('–'.join(window) for window in hours.windows)}")
    return " · ".join(said) or tr("closed")


def manager_words(week: ManagerWeek | None) -> str:
    """The account manager's hours of this week."""
    if week is None:
        return tr("The plan has no account manager.")
    used, left, granted = (hours_words(each) for each in (week.used, week.left, week.granted))
    said = tr("{left} left of {granted} this week, {used} used", left=left, granted=granted, used=used)
    begin = tr("The week begins on Monday {day} 00:00 UTC; nothing is carried over.", day=day_text(week.begin, UTC))
    return f"{said}\n{begin}"


def mark_words(mark: QuotaMark | None) -> str:
    """What is so of the ticket on show beyond the quota, and what to do."""
    said = mark_note(mark)
    return tr("{said}. Decide: key Q", said=said) if mark in ASKING else said


def mark_note(mark: QuotaMark | None) -> str:
    """What is so of the ticket on show beyond the quota; blank for none."""
    said = {
        QuotaMark.EXHAUSTED: tr("⊘ This ticket came in beyond the incidents of the contract"),
        QuotaMark.NOT_ENTITLED: tr("⊘ No valid support option covers this ticket"),
        QuotaMark.SERVED: tr("✓ Beyond the quota; decided: it is served all the same"),
        QuotaMark.REFUSED: tr("× Beyond the quota; decided: not served, sales talk to the customer"),
    }
    return "" if mark is None else said[mark]


def beyond_words(beyond: Sequence[tuple[int, str, QuotaMark]]) -> str:
    """The tickets that the incidents do not reach for."""
    signs = {QuotaMark.SERVED: "✓", QuotaMark.REFUSED: "×"}
    shown = ", ".join(f"{signs.get(mark, '⊘')} {number}" for _, number, mark in beyond[:12])
    more = tr("{shown} and {count} more", shown=shown, count=len(beyond) - 12) if len(beyond) > 12 else shown
    return tr("Came in beyond the incidents: {tickets}", tickets=more) if beyond else ""


def coverage_words(found: Coverage | None, product: str | None) -> tuple[str, str]:
    """Whether the product is supported, and the tone where it is not."""
    if found is None:
        name = product or tr("No product named")
        return tr("{product}: the policy knows no releases of it", product=name), "muted"
    name = f"{pack_text(found.product)} {found.version or ''}".strip()
    end = "" if found.end_of_support is None else tr("support ends {day}", day=day_of(found.end_of_support))
    said, tone = {
        True: (tr("{product} is supported", product=name), "ok"),
        False: (tr("{product} is supported no longer", product=name), "overdue"),
        None: (tr("{product}: the version is not known", product=name), "muted"),
    }[found.covered]
    return (f"{said} · {end}" if end else said), tone


def release_lines(found: Coverage | None) -> list[Line]:
    """Releases, the newest first."""
    if found is None:
        return []
    lines = []
    for each in found.releases:
        state = tr("supported") if each.supported else tr("no longer")
        state = tr("{state}, current", state=state) if each.current else state
        name = f"▸ {each.version}" if each.own else each.version
        spoken = tr("{version}, of this contract", version=each.version) if each.own else ""
        tone = "" if each.supported else "muted"
        cells = (
            Cell(name, bold=each.own, spoken=spoken),
            Cell(day_of(each.released), tone=tone),
            Cell(state, tone=tone),
        )
        lines.append(Line(cells, each.version))
    return lines


def release_heads() -> tuple[Head, ...]:
    """The columns of releases."""
    return (Head(tr("Release")), Head(tr("Out since")), Head(tr("Support")))


def updates_words(found: Updates | None) -> tuple[str, str]:
    """The update service, and the tone where it has expired."""
    if found is None:
        return tr("The policy has no update service for this product."), "muted"
    day = day_of(found.service.last_day)
    percent = found.service.percent
    if found.service.valid:
        said = tr(
            "Update service: valid through {day}. Renewal costs {percent} % of the retail price.",
            day=day,
            percent=percent,
        )
        return f"{said}\n{_leased()}", "text"
    said = tr(
        "Update service: expired, was valid through {day}. Reinstating costs {percent} % of the licence key's price.",
        day=day,
        percent=percent,
    )
    return f"{said}\n{_leased()}", "overdue"


def _leased() -> str:
    return tr("For a bought licence; a leased one has the service while its key is valid.")


def price_words(found: Updates | None, text: str) -> str:
    """What continuing costs, for a price that was typed; what is wrong with it where it is none."""
    if found is None or not text.strip():
        return ""
    cleaned = text.replace(" ", "").replace(",", ".")
    if not cleaned.replace(".", "", 1).isdecimal() or not cleaned.isascii():
        return tr("An amount such as 1200 or 99.50 is expected.")
    return tr("costs {price}", price=f"{found.service.price(Decimal(cleaned)):.2f}")


def survey_words(found: Surveys | None) -> str:
    """The survey rate of the period."""
    if found is None:
        return tr("This policy sends no surveys.")
    if found.rate.share is None:
        return tr("No ticket was set to pending confirmation in this period.")
    share = f"{found.rate.share * 100:.0f} %"
    answered, pending = grouped(found.rate.answered), grouped(found.rate.pending)
    return tr("{share}: {answered} of {pending} tickets answered", share=share, answered=answered, pending=pending)


def day_of(day: date) -> str:
    """`12 Sep 2017`."""
    return day_text(to_micros(datetime(day.year, day.month, day.day, tzinfo=UTC)), UTC)


def sources_words(*sources: Sequence[str]) -> str:
    """`Rules: OD-16, ours`; blank for none."""
    names = list(dict.fromkeys(each for found in sources for each in found))
    return tr("Rules: {names}", names=", ".join(names)) if names else ""
