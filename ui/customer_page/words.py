"""What a customer is entitled to, in words."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from console.domain.entitlements import TAM_MINUTES, Balance, PlanTable, Standing
from console.domain.instants import MINUTE
from models.ledger_model import LedgerWords
from models.plan_model import PlanWords
from ui.tr import grouped, tr
from ui.when import day_text, minute_time, promise_words
from ui.words.pack_words import pack_text
from ui.words.severity_words import severity_text

if TYPE_CHECKING:
    from console.services.entitling.entitlements import PlanNotice

_CODE_DIGITS = 10
ALARMING = frozenset({Standing.EXHAUSTED, Standing.OVERDRAWN, Standing.NOT_ENTITLED})


def plan_words() -> PlanWords:
    """How the plan's table is shown."""
    return PlanWords(
        text=pack_text,
        duration=promise_words,
        severity=severity_text,
        severity_header=tr("Severity"),
        nothing=tr("none"),
        this_ticket=tr("this ticket"),
    )


def ledger_words(zone: tzinfo) -> LedgerWords:
    """How the ledger is shown."""
    headers = (tr("Date"), tr("Ticket"), tr("Amount"), tr("Left after it"), tr("Rule"))
    return LedgerWords(headers, lambda at: minute_time(at, zone), _amount, _rule)


def plan_title(table: PlanTable | None) -> str:
    """`Gold`, `Business, archived`, `No plan`."""
    if table is None:
        return tr("This policy promises nothing")
    name = pack_text(table.name) if table.name is not None else table.plan or tr("No plan")
    return tr("{plan}, archived", plan=name) if table.archived else name


def plan_notes(table: PlanTable) -> str:
    """The hours, the account manager's time, and where the promises come from."""
    said = [tr("Hours: {calendar}", calendar=pack_text(table.calendar))]
    if table.tam_week is not None:
        said.append(tr("Account manager: {hours} a week", hours=hours_words(table.tam_week)))
    if table.name is None and table.plan is not None:
        said.append(tr("The policy does not know this plan: the promises are those of tickets without one"))
    elif table.base and table.plan is not None:
        said.append(tr("The promises are those of tickets without a plan"))
    said.append(tr("Source: {source}", source=", ".join(table.source)))
    return "\n".join(said)


def notice_words(notice: PlanNotice) -> str:
    """What is the matter with the contract, and what serves instead. The days are UTC."""
    served = tr("no plan: nothing is promised") if notice.served is None else pack_text(notice.served)
    match notice.code:
        case "contract_ended" if notice.kept:
            day = day_text(notice.at or 0, UTC)
            return tr(
                "Contract expired since {day}: this ticket came in under it and keeps {plan}", day=day, plan=served
            )
        case "contract_ended":
            return tr("Contract expired since {day}: served by {plan}", day=day_text(notice.at or 0, UTC), plan=served)
        case "contract_not_begun":
            return tr("Contract begins on {day}: served by {plan}", day=day_text(notice.at or 0, UTC), plan=served)
        case "plan_archived":
            return tr("Archived plan: it serves the contracts that have it, and no new one")
        case _:
            return tr("The policy does not know the plan of the contract: served by {plan}", plan=served)


def support_code(code: str) -> str:
    """Ten digits are shown as `12345-67890` (OD-5); anything else as it is."""
    return f"{code[:5]}-{code[5:]}" if len(code) == _CODE_DIGITS and code.isdecimal() else code


def balance_words(balance: Balance) -> str:
    """`60 of 100 incidents left`, with what is wrong said first."""
    match balance.standing:
        case Standing.UNLIMITED:
            return tr("Incidents are not limited; {used} used", used=grouped(balance.used))
        case Standing.NOT_ENTITLED:
            return tr("Not entitled: no valid support option covers this")
        case Standing.EXHAUSTED:
            return tr("Exhausted: 0 of {granted} incidents left", granted=_granted(balance))
        case Standing.OVERDRAWN:
            over = grouped(-(balance.left or 0))
            return tr("Overdrawn by {over}: more than the {granted} incidents", over=over, granted=_granted(balance))
        case Standing.OPEN:
            left = grouped(balance.left or 0)
            return tr("{left} of {granted} incidents left", left=left, granted=_granted(balance))


def warning_words(percent: int | None) -> str:
    """That so many per cent of the incidents are used; blank below the first warning."""
    return "" if percent is None else tr("▲ Warning: {percent} % of the incidents are used", percent=percent)


def balance_details(balance: Balance) -> str:
    """What the balance is made of."""
    said = [tr("{used} used", used=grouped(balance.used))]
    if balance.credited:
        said.append(tr("{credited} credited back", credited=grouped(balance.credited)))
    if balance.bought:
        said.append(tr("{bought} bought", bought=grouped(balance.bought)))
    if balance.tam_left is not None:
        said.append(tr("account manager: {left} left this week", left=hours_words(balance.tam_left)))
    return " · ".join(said)


def subject_words(customer: str | None, ticket: str | None) -> str:
    """Whose entitlements these are."""
    name = customer or tr("Unknown customer")
    return name if ticket is None else tr("{customer} · ticket {ticket}", customer=name, ticket=ticket)


def _granted(balance: Balance) -> str:
    return grouped((balance.granted or 0) + balance.bought)


def hours_words(micros: int) -> str:
    """`5 h`, `1 h 30 m`, with a sign below zero."""
    minutes = abs(micros) // MINUTE
    sign = "−" if micros < 0 else ""
    hours, rest = divmod(minutes, 60)
    return sign + (f"{hours} {tr('h')}" if not rest else f"{hours} {tr('h')} {rest} {tr('m')}")


def _amount(kind: str, amount: int) -> str:
    sign = "−" if amount < 0 else "+"
    if kind == TAM_MINUTES:
        return f"{sign}{hours_words(abs(amount) * MINUTE)}"
    return f"{sign}{grouped(abs(amount))}"


def _rule(rule: str) -> str:
    """`OD-6: ticket opened` of `OD-6:opened`, `OD-6: unfixed bug (BUG-7)` of `OD-6:unfixed_bug:BUG-7`."""
    source, _, rest = rule.partition(":")
    what, _, detail = rest.partition(":")
    known = {
        "opened": tr("ticket opened"),
        "unfixed_bug": tr("product bug, not fixed yet"),
        "bought": tr("bought"),
        "before": tr("used earlier"),
        "spent": tr("account manager's time"),
    }
    said = known.get(what, what.replace("_", " "))
    text = f"{source}: {said}" if said else source
    return f"{text} ({detail})" if detail else text
