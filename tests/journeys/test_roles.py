"""Another role at the same desk: what it may not do is greyed with the reason, and its key says why."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Play
from tests.journeys.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|does not support raise")


def test_who_becomes_a_viewer_changes_nothing(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.settled()
        duty = stage.window.top_bar.duty
        assert duty.accessibleName().endswith(" · Shift manager")
        bar = stage.session.panel.actions_bar
        assert bar.severity.isEnabled()
        viewer = next(each for each in duty.menu().actions() if each.text() == "Viewer")
        viewer.trigger()
        await stage.settled()

        assert stage.desk.actor.role == "viewer"
        assert duty.accessibleName().endswith(" · Viewer")
        assert not bar.severity.isEnabled()
        assert bar.severity.toolTip() == "Not as viewer"
        await stage.press("S", on=stage.window)
        assert stage.no_dialog()

        manager = next(each for each in duty.menu().actions() if each.text() == "Shift manager")
        manager.trigger()
        await stage.settled()
        assert bar.severity.isEnabled()
        await stage.press("S", on=stage.window)
        assert not stage.no_dialog()
        await stage.press("Esc")

    play(story)
