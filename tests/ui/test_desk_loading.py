"""A desk is opened for whoever the settings of roles say; settings with a fault open none."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.errors import UserError
from console.time_source import FixedTime
from console.words import say
from tests.rig.fresh_desk import POLICIES
from tests.store.desk import NOON
from ui.desk_loading import LoadedDesk, load_desk
from ui.options import WindowOptions
from ui.program import Loading


def load(folder: Path, **options: str | Path) -> LoadedDesk:
    asked = WindowOptions(db=f"sqlite:///{folder / 'desk.db'}", **options)  # type: ignore[arg-type]
    return load_desk(asked, folder, POLICIES, FixedTime(NOON), say, Loading(lambda done, total: None))


@pytest.mark.parametrize("named", [True, False])
def test_settings_with_a_fault_open_no_desk(tmp_path: Path, named: bool) -> None:
    settings = tmp_path / ("who.toml" if named else "roles.toml")
    settings.write_text('default = ["boss"]\n')
    with pytest.raises(UserError, match="roles_invalid"):
        load(tmp_path, **({"roles": settings} if named else {}))
    assert not (tmp_path / "desk.db").exists()


def test_the_role_to_begin_in_is_chosen(tmp_path: Path) -> None:
    loaded = load(tmp_path, role="team_lead")
    try:
        assert loaded.desk.actor.role == "team_lead"
        assert "administrator" in loaded.desk.actor.roles
    finally:
        loaded.discard()
    (tmp_path / "roles.toml").write_text('default = ["viewer"]\n')
    with pytest.raises(UserError, match="role_not_held"):
        load(tmp_path, role="team_lead")
