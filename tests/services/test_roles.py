"""Which roles somebody holds: all without settings, those of the file with them; a bad file says where it is bad."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from console.domain.errors import UserError
from console.domain.roles import Role
from console.services import roles
from console.services.roles import OnDuty, everybody, held_by, present_actor

FILE = """
default = ["viewer"]

[users]
alice = ["team_lead", "shift_manager"]
bob = ["viewer"]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "roles.toml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def alice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "os_user", lambda: "alice")


@pytest.mark.usefixtures("alice")
def test_without_settings_everybody_holds_all_roles_and_begins_as_the_shift_manager(tmp_path: Path) -> None:
    actor = present_actor(tmp_path / "roles.toml")
    assert (actor.name, actor.os_user, actor.role) == ("alice", "alice", "shift_manager")
    assert set(actor.roles) == set(Role)
    assert actor.desk_uid == platform.node()
    assert actor == everybody()


@pytest.mark.usefixtures("alice")
def test_the_first_role_of_the_entry_is_the_one_to_begin_in(settings: Path) -> None:
    actor = present_actor(settings)
    assert (actor.role, actor.roles) == ("team_lead", ("team_lead", "shift_manager"))
    assert present_actor(settings, role="shift_manager").role == "shift_manager"
    with pytest.raises(UserError) as refused:
        present_actor(settings, role="administrator")
    assert (refused.value.code, refused.value.values["expected"]) == ("role_not_held", "team_lead, shift_manager")
    with pytest.raises(UserError, match="role_unknown"):
        present_actor(settings, role="king")


@pytest.mark.usefixtures("alice")
def test_an_editor_that_marks_its_files_as_utf_8_is_fine(settings: Path) -> None:
    settings.write_text(FILE, "utf-8-sig")
    assert present_actor(settings).role == "team_lead"


def test_who_is_not_named_has_the_default(settings: Path, tmp_path: Path) -> None:
    assert held_by("bob", settings) == ("viewer",)
    assert held_by("carol", settings) == ("viewer",)
    bare = tmp_path / "bare.toml"
    bare.write_text('[users]\nalice = ["administrator"]\n')
    assert held_by("carol", bare) == ("viewer",)
    wide = tmp_path / "wide.toml"
    wide.write_text('default = ["shift_manager", "team_lead"]\n')
    assert held_by("carol", wide) == ("shift_manager", "team_lead")


def test_another_role_can_be_chosen_while_the_desk_is_open(settings: Path) -> None:
    duty = OnDuty(everybody()._replace(role="team_lead", roles=("team_lead", "viewer")))
    assert duty.choose("viewer").role == duty.actor.role == "viewer"
    with pytest.raises(UserError, match="role_not_held"):
        duty.choose("shift_manager")
    assert duty.actor.role == "viewer"


@pytest.mark.parametrize(
    ("text", "key", "found"),
    [
        ("users = 3", "users", "3"),
        ('[users]\nalice = "viewer"', "users.alice", "'viewer'"),
        ("[users]\nalice = []", "users.alice", "[]"),
        ('[users]\nalice = ["viewer"]\nbob = ["boss"]', "users.bob", "'boss'"),
        ("[users]\nalice = [1]", "users.alice", "1"),
        ("[users]\nalice = [[]]", "users.alice", "[]"),
        ("default = 3", "default", "3"),
        ('defualt = ["viewer"]', "defualt", "['viewer']"),
        ("[users", "the file", None),
        ("\udcff", "the file", None),
    ],
)
def test_a_bad_file_says_key_found_and_expected(tmp_path: Path, text: str, key: str, found: str | None) -> None:
    path = tmp_path / "roles.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UserError) as refused:
        held_by("alice", path)
    error = refused.value
    assert (error.code, error.values["file"], error.values["key"]) == ("roles_invalid", str(path), key)
    assert found is None or error.values["found"] == found
    assert error.values["expected"]


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="roles_unreadable"):
        present_actor(tmp_path / "none.toml", named=True)
