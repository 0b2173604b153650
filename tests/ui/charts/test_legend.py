"""The line that says what patterns mean: shown for those that occur, read by screen readers, in both themes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from console.services.reviewing.review_charts import Bar, Chart, ChartKind, Part
from ui.charts.legend import ChartLegend
from ui.review_page.chart_words import legend_entries
from ui.theme import DARK, LIGHT


def chart(*codes: str) -> Chart:
    parts = tuple(Part(code, (place,)) for place, code in enumerate(codes))
    return Chart(ChartKind.OUTCOMES, (Bar(None, parts, tuple(range(len(codes)))),))


def test_patterns_that_occur_are_named_in_the_order_of_the_bars() -> None:
    found = legend_entries(chart("severity_raised", "escalation_rejected", "escalation_accepted"))
    assert [words for _, words in found] == ["accepted", "rejected", "raised"]
    assert len({code for code, _ in found}) == 3


def test_one_pattern_needs_no_legend() -> None:
    assert legend_entries(chart("escalation_accepted")) == []


def test_it_is_read_drawn_and_gone_without_entries(qtbot: QtBot) -> None:
    legend = ChartLegend(LIGHT)
    qtbot.addWidget(legend)
    legend.show_entries(legend_entries(chart("escalation_accepted", "escalation_rejected")))
    assert legend.accessibleName() == "accepted, rejected"
    legend.resize(legend.sizeHint())
    light = legend.grab().toImage()
    legend.set_theme(DARK)
    assert legend.grab().toImage() != light
    legend.show_entries([])
    assert legend.isHidden()
