"""Who is on duty stands in the top bar, with the roles that may be chosen."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.role_menu import RoleMenu

HELD = ("shift_manager", "team_lead", "viewer")


@pytest.fixture
def duty(qtbot: QtBot) -> RoleMenu:
    button = RoleMenu()
    qtbot.addWidget(button)
    button.show_name("Mara & Co")
    button.show()
    return button


def test_the_name_stands_alone_until_the_role_is_known(duty: RoleMenu) -> None:
    duty.resize(duty.sizeHint())
    assert duty.text() == "Mara && Co"
    assert duty.menu() is None


def test_the_role_is_said_and_others_can_be_chosen(duty: RoleMenu, qtbot: QtBot) -> None:
    duty.show_role("shift_manager", HELD)
    duty.resize(duty.sizeHint())
    assert duty.text() == "Mara && Co · Shift manager"
    assert duty.accessibleName() == "Mara & Co · Shift manager"
    entries = duty.menu().actions()
    assert [(each.text(), each.isChecked()) for each in entries] == [
        ("Shift manager", True),
        ("Team lead", False),
        ("Viewer", False),
    ]
    with qtbot.waitSignal(duty.roleChosen) as chosen:
        entries[1].trigger()
    assert chosen.args == ["team_lead"]


def test_the_role_that_is_acted_in_is_not_chosen_again(duty: RoleMenu, qtbot: QtBot) -> None:
    duty.show_role("shift_manager", HELD)
    with qtbot.assertNotEmitted(duty.roleChosen):
        duty.menu().actions()[0].trigger()


def test_one_role_is_only_read(duty: RoleMenu) -> None:
    duty.show_role("viewer", HELD)
    duty.show_role("viewer", ("viewer",))
    assert duty.menu() is None
    assert duty.focusPolicy().name == "NoFocus"


def test_where_there_is_little_room_the_role_stays(duty: RoleMenu) -> None:
    duty.show_role("shift_manager", HELD)
    duty.resize(duty.sizeHint().width() - 10, duty.height())
    assert duty.text() == "Shift manager"
    duty.resize(duty.minimumSizeHint())
    assert duty.text() == "Shift manager"


def test_the_shift_comes_before_the_role_where_there_is_little_room(duty: RoleMenu) -> None:
    duty.show_role("shift_manager", HELD)
    duty.show_shift(("night shift since 22:00 · on duty: Otto", "on duty: Otto"))
    duty.resize(duty.sizeHint())
    assert duty.text() == "night shift since 22:00 · on duty: Otto · Shift manager"
    said = []
    for width in range(duty.width(), duty.minimumSizeHint().width(), -4):
        duty.resize(width, duty.height())
        said.append(duty.text())
    assert list(dict.fromkeys(said))[:2] == [
        "night shift since 22:00 · on duty: Otto · Shift manager",
        "on duty: Otto · Shift manager",
    ]
    assert duty.accessibleName() == "night shift since 22:00 · on duty: Otto · Shift manager"


def test_where_nobody_is_on_duty_it_offers_to_take_over(duty: RoleMenu, qtbot: QtBot) -> None:
    duty.show_role("shift_manager", ("shift_manager",))
    duty.show_shift(("nobody is on duty",), take=True)
    duty.resize(duty.sizeHint())
    assert duty.text() == "nobody is on duty · take over"
    assert duty.focusPolicy().name == "TabFocus"
    with qtbot.waitSignal(duty.takeAsked):
        duty.menu().actions()[0].trigger()
    duty.resize(duty.minimumSizeHint())
    assert duty.text() == "take over the shift"
    duty.show_shift(("on duty: you",))
    assert duty.menu() is None
