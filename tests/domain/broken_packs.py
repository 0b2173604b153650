"""Copies of the Odin pack with one thing wrong each: the change, then key, found and expected of the refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.domain.packs import entry

Values = dict[str, Any]
Refused = tuple[Callable[[Values], object], str, str, str]


def put(field: str, code: object, key: str, value: object) -> Callable[[Values], None]:
    """A change of one key (dotted) of an entry."""

    def change(values: Values) -> None:
        found = entry(values, field, code)
        *way, last = key.split(".")
        for step in way:
            found = found[step]
        found[last] = value

    return change


def drop(field: str, code: object, key: str) -> Callable[[Values], None]:
    def change(values: Values) -> None:
        found = entry(values, field, code)
        *way, last = key.split(".")
        for step in way:
            found = found[step]
        del found[last]

    return change


def again(field: str, code: object) -> Callable[[Values], None]:
    return lambda values: values[field].append(entry(values, field, code))


def top(key: str, value: object) -> Callable[[Values], None]:
    return lambda values: values.update({key: value})


MON = [["09:00", "12:00"]]
REFUSED: Mapping[str, Refused] = {
    "another format": (top("format", 2), "format", "2", "1"),
    "a misspelt key": (
        lambda values: entry(values, "calendars", "24x7").update(hourz=entry(values, "calendars", "24x7").pop("hours")),
        "calendars.24x7.hourz",
        "a key that is not known here",
        "hours",
    ),
    "an unknown key": (top("colour", "red"), "colour", "a key that is not known here", "only the keys of the format"),
    "no name": (lambda values: values.pop("name"), "name", "nothing", "a value"),
    "a text without Russian": (drop("plans", "gold", "name.ru"), "plans.gold.name.ru", "nothing", "a value"),
    "an empty text": (put("plans", "gold", "name.en", ""), "plans.gold.name.en", "''", "character"),
    "no source": (drop("plans", "gold", "source"), "plans.gold.source", "nothing", "a value"),
    "an empty source": (put("plans", "gold", "source", []), "plans.gold.source", "[]", "at least 1"),
    "a code with capitals": (put("plans", "gold", "code", "Gold"), "plans.Gold.code", "'Gold'", "small letters"),
    "a duration without a unit": (
        put("plans", "gold", "targets.first_response.2", "4"),
        "plans.gold.targets.first_response.2",
        "'4'",
        '"4h", or "none"',
    ),
    "a target of zero": (
        put("plans", "gold", "targets.workaround.1", "0h"),
        "plans.gold.targets.workaround.1",
        "'0h'",
        "a duration",
    ),
    "a number for a duration": (put("eligibility", "opened_before", "wait", 7200), "wait", "7200", "a duration"),
    "none where a duration has to be": (put("eligibility", "opened_before", "wait", "none"), "wait", "'none'", "4h"),
    "a severity without target nor none": (
        drop("plans", "gold", "targets.workaround.4"),
        "plans.gold.targets.workaround.4",
        "nothing",
        'a duration or "none"',
    ),
    "a clock that no plan promises": (
        lambda values: [plan["targets"].pop("workaround") for plan in values["plans"] if "base" not in plan["targets"]],
        "clocks.workaround",
        "no target in any plan",
        'a duration or "none"',
    ),
    "a text for a list": (top("row_clocks", "workaround"), "row_clocks", "'workaround'", "a list"),
    "yes for a number": (put("severities", 1, "level", True), "severities.1.level", "true", "a whole number"),
    "a target of an unknown severity": (
        put("plans", "gold", "targets.workaround.5", "4h"),
        "plans.gold.targets.workaround.5",
        "5",
        "1, 2, 3, 4",
    ),
    "a plan that leaves out a clock of the others": (
        drop("plans", "gold", "targets.workaround"),
        "plans.gold.targets.workaround",
        "nothing",
        "a target or",
    ),
    "a target of an unknown clock": (
        put("plans", "gold", "targets.lunch", {}),
        "plans.gold.targets.lunch",
        "'lunch'",
        "'first_response'",
    ),
    "a target for a clock that has its own": (
        put("plans", "gold", "targets.auto_close", {}),
        "plans.gold.targets",
        "'auto_close'",
        "clocks without a target",
    ),
    "a base that is based on itself": (
        put("plans", "none", "targets", "base"),
        "plans.none.targets",
        "'base'",
        "table",
    ),
    "an unknown base": (top("base_plan", "bronze"), "base_plan", "'bronze'", "silver_plus"),
    "incidents in words": (
        put("plans", "gold", "incidents", "many"),
        "plans.gold.incidents",
        "'many'",
        'a whole number or "unlimited"',
    ),
    "negative incidents": (put("plans", "gold", "incidents", -1), "plans.gold.incidents", "-1", "greater than"),
    "an unknown calendar of a plan": (
        put("plans", "gold", "calendar", "moon"),
        "plans.gold.calendar",
        "'moon'",
        "24x7",
    ),
    "an unknown calendar of the pack": (top("calendar", "moon"), "calendar", "'moon'", "24x7"),
    "an unknown calendar of a clock": (
        put("clocks", "eta", "calendar", "moon"),
        "clocks.eta.calendar",
        "'moon'",
        "24x7",
    ),
    "a calendar with no open time": (
        put("calendars", "24x7", "hours", {}),
        "calendars.24x7.hours.week",
        "no open time",
        "at least one window",
    ),
    "overlapping windows": (
        put("calendars", "24x7", "hours", {"week": {"mon": [*MON, ["11:00", "13:00"]]}}),
        "calendars.24x7.hours.week.mon",
        "09:00-12:00 and 11:00-13:00",
        "do not overlap",
    ),
    "an unknown weekday": (
        put("calendars", "24x7", "hours", {"week": {"monday": MON}}),
        "calendars.24x7.hours.week",
        "'monday'",
        "mon, tue",
    ),
    "an unknown zone": (
        put("calendars", "24x7", "hours", {"zone": "Europe/Atlantis", "week": {"mon": MON}}),
        "calendars.24x7.hours.zone",
        '"Europe/Atlantis"',
        "IANA",
    ),
    "an unknown status in pauses": (put("clocks", "workaround", "pauses", ["lunch"]), "pauses", "'lunch'", "waiting"),
    "an unknown fact in met_by": (
        put("clocks", "eta", "met_by", ["lunch"]),
        "clocks.eta.met_by",
        "'lunch'",
        "'contact'",
    ),
    "an unknown kind of clock": (put("clocks", "eta", "kind", "lunch"), "clocks.lunch.kind", "'lunch'", "'eta'"),
    "closing by itself without a time": (
        drop("clocks", "auto_close", "target"),
        "auto_close.target",
        "nothing",
        "duration",
    ),
    "an unknown class": (put("statuses", "open", "class", "lunch"), "statuses.open.class", "'lunch'", "'waiting'"),
    "an unknown first status": (top("initial_status", "lunch"), "initial_status", "'lunch'", "waiting_internal"),
    "a first status that is closed": (top("initial_status", "closed"), "initial_status", "'closed'", "not closed"),
    "a closed status that is not": (top("closed_status", "resolved"), "closed_status", "'resolved'", "class closed"),
    "a message that moves an unknown status": (
        lambda values: values["on_customer_message"].update(statuses=["lunch"]),
        "on_customer_message.statuses",
        "'lunch'",
        "waiting",
    ),
    "a message that moves a status to itself": (
        lambda values: values["on_customer_message"].update(becomes="waiting"),
        "on_customer_message.becomes",
        "'waiting'",
        "another",
    ),
    "a row clock without rules": (top("row_clocks", ["escalation_review"]), "row_clocks", "escalation_review", "eta"),
    "a row clock twice": (top("row_clocks", ["eta", "eta"]), "row_clocks", "twice", "once"),
    "a plan twice": (again("plans", "gold"), "plans.gold", "twice", "once"),
    "a status twice": (again("statuses", "open"), "statuses.open", "twice", "once"),
    "a severity twice": (again("severities", 1), "severities.1", "twice", "once"),
    "a calendar twice": (again("calendars", "24x7"), "calendars.24x7", "twice", "once"),
    "a rule twice": (again("eligibility", "opened_before"), "eligibility.opened_before", "twice", "once"),
    "a clock twice": (again("clocks", "eta"), "clocks.eta", "twice", "once"),
    "a role twice": (again("severity_changes", "shift_manager"), "severity_changes.shift_manager", "twice", "once"),
    "two versions of a path at one time": (
        lambda values: values["paths"][0].pop("valid_to"),
        "paths.standard",
        "twice",
        "once",
    ),
    "a period that ends before it begins": (
        lambda values: values["paths"][0].update(valid_to=values["paths"][0]["valid_from"]),
        "paths.standard.valid_to",
        "2016-08-31",
        "after",
    ),
    "a path with a gap": (
        lambda values: values["paths"][0]["levels"].pop(1),
        "paths.standard.levels",
        "1, 3",
        "without a gap",
    ),
    "an unknown kind of rule": (put("eligibility", "opened_before", "kind", "lunch"), "kind", "'lunch'", "'min_age'"),
    "a rule without a kind": (drop("eligibility", "opened_before", "kind"), "opened_before.kind", "nothing", "a kind"),
    "a rule of an unknown channel": (
        put("eligibility", "opened_before", "channels", ["fax"]),
        "eligibility.opened_before.channels",
        "'fax'",
        "button, phone, chat",
    ),
    "a rule of an unknown severity": (
        put("eligibility", "opened_before", "severities", [7]),
        "eligibility.opened_before.severities",
        "7",
        "1, 2, 3, 4",
    ),
    "a share above one": (put("eligibility", "severity_2_eta", "share", 1.5), "severity_2_eta.share", "1.5", "1"),
    "a rule that overrides itself": (
        put("eligibility", "no_contact", "overrides", ["no_contact"]),
        "eligibility.no_contact.overrides",
        "'no_contact'",
        "other rules",
    ),
    "a rule that forbids an unknown plan": (
        put("eligibility", "programme_allows", "plans", ["bronze"]),
        "eligibility.programme_allows.plans",
        "'bronze'",
        "gold",
    ),
    "a rule that names a number it does not have": (
        put("eligibility", "opened_before", "text.en", "{minutes} since"),
        "eligibility.opened_before.text.en",
        "'minutes'",
        "created_at, wait",
    ),
    "a rule with an open brace": (
        put("eligibility", "opened_before", "text.ru", "{wait"),
        "eligibility.opened_before.text.ru",
        "'{wait'",
        "braces",
    ),
    "a channel of an unknown severity": (put("channels", "phone", "severities", [9]), "channels.phone", "9", "1, 2"),
    "a reason that denies an unknown severity": (
        put("reasons", "not_high", "denies", 9),
        "not_high.denies",
        "9",
        "1, 2",
    ),
    "a reason for an unknown decision": (
        put("reasons", "other", "decision", "lunch"),
        "reasons.other.decision",
        "'lunch'",
        "'escalation_rejected'",
    ),
    "somebody on call for an unknown role": (
        put("on_call", "senior_director", "role", "lunch"),
        "on_call.lunch.1.phone.role",
        "'lunch'",
        "shift_manager",
    ),
    "somebody on call by an unknown calendar": (
        put("on_call", "senior_director", "calendar", "moon"),
        "on_call.senior_director.1.phone.calendar",
        "'moon'",
        "24x7",
    ),
    "somebody on call by fax": (
        put("on_call", "senior_director", "by", "fax"),
        "senior_director.by",
        "'fax'",
        "'phone'",
    ),
    "a level that is asked by a way that nobody knows": (
        lambda values: values["paths"][0]["levels"][0].update(by=["phone", "pigeon"]),
        ".levels.1.by",
        "'pigeon'",
        "phone, mobile, pager, e-mail, chat, button, portal, web_form",
    ),
    "two on call in one place": (
        again("on_call", "senior_director"),
        "on_call.senior_director.1.phone",
        "twice",
        "once",
    ),
    "a fallback that is no address": (
        lambda values: values["escalating"].update(fallback="the desk"),
        "escalating.fallback",
        "'the desk'",
        "e-mail address",
    ),
    "an alert for an unknown role": (
        lambda values: values["escalating"].update(alerts=["lunch"]),
        "escalating.alerts",
        "'lunch'",
        "shift_manager",
    ),
    "an outage that leads to an unknown role": (
        lambda values: values["escalating"].update(outage={"text": {"en": "Call", "ru": "Звоните"}, "role": "lunch"}),
        "escalating.outage.role",
        "'lunch'",
        "shift_manager",
    ),
    "parked without a time": (lambda values: values["parked"].pop("after"), "parked.after", "nothing", "a value"),
    "parked at once": (lambda values: values["parked"].update(after="0h"), "parked.after", "'0h'", "above 0"),
    "a warning that does not rise": (
        lambda values: values["incidents"].update(warn_at=[90, 80]),
        "incidents.warn_at",
        "90, 80",
        "rising",
    ),
    "a reason against a verdict that there is none of": (
        put("reasons", "underrated", "against_verdict", True),
        "reasons.underrated.against_verdict",
        "true",
        "escalation_rejected",
    ),
    "a reason for rejecting that claims a rule, of another decision": (
        put("reasons", "underrated", "claims_rule", True),
        "reasons.underrated.claims_rule",
        "true",
        "escalation_rejected",
    ),
    "an unknown need of a level": (
        lambda values: values["paths"][0]["levels"][0].update(needs=["lunch"]),
        "paths.standard.levels.1.needs",
        "'lunch'",
        "'leader'",
    ),
    "an unknown reason for a credit": (
        lambda values: values["incidents"].update(credited=["lunch"]),
        "incidents.credited",
        "'lunch'",
        "unfixed_bug",
    ),
}
