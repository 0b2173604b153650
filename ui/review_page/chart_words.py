"""Charts in words: what a chart is about, the name of a bar and its numbers."""

from __future__ import annotations

from datetime import tzinfo

from console.services.desk import Names
from console.services.reviewing.review_charts import Bar, Chart, ChartKind, Part
from models.chart_model import ChartLine
from ui.review_page.words import ReasonNames, share_words
from ui.tr import grouped, tr
from ui.when import day_text, promise_words
from ui.words.decision_kinds import decision_kind

_LOOKS = {
    "escalation_accepted": "first",
    "escalation_rejected": "second",
    "severity_raised": "third",
    "severity_reduced": "fourth",
    "other": "other",
    "in_time": "first",
    "late": "alarm",
    "overturned": "alarm",
    "upheld": "second",
}


def chart_title(chart: Chart) -> str:
    """What the chart is about."""
    return {
        ChartKind.OUTCOMES: tr("Decisions by week") if chart.weeks else tr("Decisions by day"),
        ChartKind.TIME: tr("Time from request to decision"),
        ChartKind.BY_REASON: tr("Accepted escalations by the customer's reason"),
        ChartKind.BY_PLAN: tr("Accepted escalations by plan"),
        ChartKind.BY_MANAGER: tr("Accepted escalations by manager"),
        ChartKind.OVERTURNED: tr("Overturned decisions by manager, of those reviewed"),
    }[chart.kind]


def chart_lines(chart: Chart, zone: tzinfo, names: Names, reasons: ReasonNames) -> list[ChartLine]:
    """The bars with their words."""
    return [
        ChartLine(
            bar_label(chart, bar, zone, names, reasons),
            _said(bar),
            tuple((_LOOKS.get(part.code, "other"), len(part.numbers)) for part in bar.parts),
        )
        for bar in chart.bars
    ]


def legend_entries(chart: Chart) -> list[tuple[str, str]]:
    """The patterns that occur in a chart, each with its word; none where there is but one."""
    found = {part.code: _part(part) for bar in chart.bars for part in bar.parts}
    entries = [(_LOOKS.get(code, "other"), found[code]) for code in _LOOKS if code in found]
    return entries if len(entries) > 1 else []


def bar_label(chart: Chart, bar: Bar, zone: tzinfo, names: Names, reasons: ReasonNames) -> str:
    """The name of a bar."""
    key = bar.key
    match chart.kind:
        case ChartKind.OUTCOMES:
            day = day_text(int(key or 0), zone)
            return tr("from {day}", day=day) if chart.weeks else day
        case ChartKind.TIME:
            return tr("longer") if key is None else tr("up to {time}", time=promise_words(int(key)))
        case ChartKind.BY_REASON:
            known = (name for (_, code), name in reasons.items() if code == key)
            return next(known, str(key)) if key else tr("no reason given")
        case ChartKind.BY_PLAN:
            named = (name for (_, kind, code), name in names.items() if kind == "plan" and code == key)
            return next(named, str(key)) if key else tr("No plan")
        case _:
            return str(key)


def _said(bar: Bar) -> str:
    if bar.share is not None:
        return share_words(bar.share)
    said = [f"{grouped(len(part.numbers))} {_part(part)}" for part in bar.parts]
    return ", ".join(said) or tr("none")


def _part(part: Part) -> str:
    known = {
        "escalation_accepted": tr("accepted"),
        "escalation_rejected": tr("rejected"),
        "severity_raised": tr("raised"),
        "severity_reduced": tr("reduced"),
        "other": tr("other"),
        "in_time": tr("in time"),
        "late": tr("late"),
        "overturned": tr("overturned"),
        "upheld": tr("upheld"),
    }
    return known.get(part.code) or decision_kind(part.code)
