"""Makes the project's virtual environment and installs a lock file into it.

    python3 .ci/make_venv.py requirements.lock
    python3 .ci/make_venv.py requirements-dev.lock

The first fitting interpreter makes `.venv`; one that is there already is kept. What was installed
is remembered by the digest of the lock, so that a second call does nothing. Standard library
only, and no syntax newer than Python 3.8: it has to run before anything else is there, on the
interpreter that happens to be called python3.

Exit codes: 0 ready, 1 the machine lacks something (said on stderr), 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWEST = (3, 13)
CANDIDATES = ("python3", "python3.13", "python3.12", "python3.11", "python")
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
LOCKS = (RUN_LOCK, DEV_LOCK)
STAMPS = "installed-locks"

_PROBE = "import sys; print('%d.%d' % sys.version_info[:2])"


class SetupError(Exception):
    """The machine lacks something; the message says what and how to mend it."""


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a command and captures its output; never raises for its exit code."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


def version_of(interpreter: str) -> tuple[int, int] | None:
    """(major, minor) of an interpreter, or None where it does not start."""
    try:
        answer = run([interpreter, "-I", "-c", _PROBE])
    except OSError:
        return None
    parts = answer.stdout.strip().split(".")
    # A version manager leaves shims behind for interpreters that are not enabled.
    if answer.returncode != 0 or len(parts) != 2:
        return None
    return int(parts[0]), int(parts[1])


def fits(version: tuple[int, int] | None) -> bool:
    return version is not None and OLDEST <= version <= NEWEST


def find_interpreter(candidates: tuple[str, ...] = CANDIDATES) -> str:
    """The first of `candidates` on PATH with a version that fits, the running one as the last.

    Raises SetupError naming what was found instead.
    """
    found = []
    for name in (*candidates, sys.executable):
        path = shutil.which(name)
        version = version_of(path) if path else None
        if path and fits(version):
            return path
        if version is not None:
            found.append("%s is %d.%d" % (name, *version))
    raise SetupError(
        "Shift Console needs Python %d.%d to %d.%d; %s.\n"
        "Debian and Ubuntu: apt install python3 python3-venv"
        % (*OLDEST, *NEWEST, ", ".join(found) or "no Python was found")
    )


def python_in(venv: Path) -> Path:
    if os.name == "nt":
        return venv / "Scripts" / "python.exe"
    return venv / "bin" / "python"


def has_pip(interpreter: str) -> bool:
    return run([interpreter, "-m", "pip", "--version"]).returncode == 0


def make_venv(venv: Path, interpreter: str) -> None:
    """Makes `venv`, with pip inside or, on a Debian without python3-venv, served from outside.

    Raises SetupError and leaves no half-made folder when neither way works.
    """
    answer = run([interpreter, "-m", "venv", str(venv)])
    if answer.returncode == 0:
        return
    shutil.rmtree(venv, ignore_errors=True)
    if has_pip(interpreter):
        answer = run([interpreter, "-m", "venv", "--without-pip", str(venv)])
        if answer.returncode == 0:
            return
        shutil.rmtree(venv, ignore_errors=True)
    version = version_of(interpreter) or OLDEST
    raise SetupError(
        "%s cannot make a virtual environment.\n"
        "Debian and Ubuntu: apt install python3-venv (or python%d.%d-venv)\n\n%s"
        % (interpreter, *version, (answer.stdout + answer.stderr).strip())
    )


def ensure_venv(venv: Path) -> None:
    """Keeps a working `venv`, replaces one whose interpreter is gone, makes a missing one.

    Raises SetupError where the interpreter inside is of a version that does not fit.
    """
    if venv.exists():
        version = version_of(str(python_in(venv)))
        if fits(version):
            return
        if version is not None:
            raise SetupError(
                "%s holds Python %d.%d, Shift Console needs %d.%d to %d.%d: `make clean` first."
                % (venv, *version, *OLDEST, *NEWEST)
            )
        if not (venv / "pyvenv.cfg").exists() and any(venv.iterdir()):
            raise SetupError("%s is in the way: it is no virtual environment." % venv)
        print("%s does not start: making it anew" % venv, flush=True)
        shutil.rmtree(venv)
    interpreter = find_interpreter()
    print("Making %s with %s" % (venv, interpreter), flush=True)
    try:
        make_venv(venv, interpreter)
    except KeyboardInterrupt:
        shutil.rmtree(venv, ignore_errors=True)
        raise


def pip_command(venv: Path) -> list[str]:
    """How pip is called for `venv`. Raises SetupError when no pip is within reach."""
    inside = str(python_in(venv))
    if has_pip(inside):
        return [inside, "-m", "pip"]
    outside = find_interpreter()
    if has_pip(outside):
        return [outside, "-m", "pip", "--python", inside]
    raise SetupError("There is no pip for %s.\nDebian and Ubuntu: apt install python3-venv, then `make clean`" % venv)


def digest(lock: Path) -> str:
    # Line ends differ between checkouts, the packages do not.
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def is_installed(venv: Path, lock: Path) -> bool:
    stamp = venv / STAMPS / lock.name
    return stamp.exists() and stamp.read_text(encoding="ascii").strip() == digest(lock)


def install(venv: Path, lock: Path) -> None:
    """Installs `lock` with its hashes checked and remembers it.

    Raises SetupError when pip fails.
    """
    print("Installing %s" % lock.name, flush=True)
    command = [*pip_command(venv), "install", "--require-hashes", "--only-binary", ":all:"]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-warn-script-location"]
    if subprocess.run([*command, *quiet, "-r", str(lock)], check=False).returncode != 0:
        raise SetupError("pip could not install %s: see above." % lock.name)
    stamps = venv / STAMPS
    stamps.mkdir(exist_ok=True)
    for old in stamps.iterdir():
        old.unlink()
    # The lock for developers contains the other one.
    names = LOCKS if lock.name == DEV_LOCK else (lock.name,)
    for name in names:
        (stamps / name).write_text(digest(lock.with_name(name)) + "\n", encoding="ascii")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Makes .venv and installs a lock file into it.")
    parser.add_argument("lock", type=Path, help="the lock file")
    parser.add_argument("--venv", type=Path, default=Path(".venv"), help="the folder (.venv)")
    options = parser.parse_args(arguments)
    if not options.lock.is_file():
        parser.error("%s is not a file" % options.lock)
    try:
        ensure_venv(options.venv)
        if not is_installed(options.venv, options.lock):
            install(options.venv, options.lock)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
