"""The virtual environment is made from whatever the machine offers, or the user is told why not."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.rig.shared import ROOT

Run = Callable[[list[str]], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_venv", ROOT / ".ci" / "make_venv.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def machine(*, ensurepip: bool, pip: bool) -> Run:
    """A machine's answers to commands. Like the real one, a failing venv leaves a folder behind."""

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        code = 0
        if "venv" in command:
            folder = Path(command[-1])
            (folder / "bin").mkdir(parents=True)
            code = 0 if ensurepip or "--without-pip" in command else 1
        elif "pip" in command:
            code = 0 if pip and not command[0].endswith("inside") else 1
        return subprocess.CompletedProcess(command, code, "", "ensurepip is not available")

    return run


def test_a_machine_with_everything(setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "run", machine(ensurepip=True, pip=True))
    setup.make_venv(tmp_path / "venv", "python3")
    assert (tmp_path / "venv").is_dir()


def test_without_ensurepip_the_system_pip_serves(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "run", machine(ensurepip=False, pip=True))
    monkeypatch.setattr(setup, "python_in", lambda venv: venv / "inside")
    monkeypatch.setattr(setup, "find_interpreter", lambda: "python3")
    venv = tmp_path / "venv"
    setup.make_venv(venv, "python3")
    assert venv.is_dir()
    assert setup.pip_command(venv) == ["python3", "-m", "pip", "--python", str(venv / "inside")]


def test_without_ensurepip_and_pip_the_package_is_named_and_nothing_is_left(
    setup: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(setup, "run", machine(ensurepip=False, pip=False))
    monkeypatch.setattr(setup, "find_interpreter", lambda: "python3")
    lock = tmp_path / "requirements.lock"
    lock.touch()
    assert setup.main([str(lock), "--venv", str(tmp_path / "venv")]) == 1
    assert "apt install python3-venv" in capsys.readouterr().err
    assert not (tmp_path / "venv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for interpreters")
@pytest.mark.parametrize(
    ("installed", "chosen"),
    [
        ({"python3": "3.12", "python3.13": "3.13"}, "python3"),
        ({"python3": "3.14", "python3.13": "3.13", "python3.11": "3.11"}, "python3.13"),
        ({"python3": "3.9", "python3.11": "3.11"}, "python3.11"),
        ({"python3": "3.14", "python3.13": "", "python3.12": "3.12"}, "python3.12"),
    ],
)
def test_the_first_fitting_interpreter_is_taken(
    setup: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    installed: dict[str, str],
    chosen: str,
) -> None:
    for name, version in installed.items():
        script = tmp_path / name
        # No version: a shim of a version manager whose interpreter is not enabled.
        script.write_text(f"#!/bin/sh\necho {version}\n" if version else "#!/bin/sh\nexit 127\n")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert setup.find_interpreter() == str(tmp_path / chosen)


def test_what_was_found_instead_is_said(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "version_of", lambda _: (3, 9))
    with pytest.raises(setup.SetupError, match=r"3\.11 to 3\.13.*is 3\.9"):
        setup.find_interpreter()


def test_a_working_environment_is_kept(setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "version_of", lambda _: (3, 12))
    (tmp_path / "mark").touch()
    setup.ensure_venv(tmp_path)
    assert (tmp_path / "mark").exists()


def test_an_environment_whose_interpreter_is_gone_is_made_anew(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / "venv"
    venv.mkdir()
    (venv / "pyvenv.cfg").touch()
    monkeypatch.setattr(setup, "find_interpreter", lambda: "python3")
    monkeypatch.setattr(setup, "make_venv", lambda folder, _: folder.mkdir())
    setup.ensure_venv(venv)
    assert not (venv / "pyvenv.cfg").exists()


def test_a_folder_that_is_no_environment_is_left_alone(setup: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(setup.SetupError, match="in the way"):
        setup.ensure_venv(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_an_environment_of_another_version_is_refused(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "version_of", lambda _: (3, 14))
    with pytest.raises(setup.SetupError, match="make clean"):
        setup.ensure_venv(tmp_path)


def test_a_lock_is_installed_once_until_it_changes(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in setup.LOCKS:
        shutil.copy(ROOT / name, tmp_path / name)
    run_lock, dev_lock = (tmp_path / name for name in setup.LOCKS)
    pip = [sys.executable, "-c", "import sys; sys.exit('fails' in sys.argv)"]
    monkeypatch.setattr(setup, "pip_command", lambda _: pip)

    setup.install(tmp_path, run_lock)
    assert setup.is_installed(tmp_path, run_lock)
    assert not setup.is_installed(tmp_path, dev_lock)

    setup.install(tmp_path, dev_lock)
    assert setup.is_installed(tmp_path, run_lock)
    assert setup.is_installed(tmp_path, dev_lock)

    run_lock.write_bytes(run_lock.read_bytes().replace(b"\n", b"\r\n"))
    assert setup.is_installed(tmp_path, run_lock)
    run_lock.write_text("typer==0\n")
    assert not setup.is_installed(tmp_path, run_lock)

    pip.append("fails")
    with pytest.raises(setup.SetupError, match=r"requirements\.lock"):
        setup.install(tmp_path, run_lock)
    assert not setup.is_installed(tmp_path, run_lock)
