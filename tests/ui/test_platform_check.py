"""Missing system libraries are named, and a missing screen is noticed, without Qt."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rig.shared import ROOT
from ui import platform_check
from ui.platform_check import MissingLibrary, chosen_platform, has_screen, missing_libraries, screen_trouble

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Linux has no screen of its own")


@linux_only
def test_the_machine_that_runs_the_tests_can_draw_offscreen() -> None:
    assert missing_libraries("offscreen") == []


@linux_only
def test_a_missing_library_is_named_with_its_package() -> None:
    missing = missing_libraries("xcb", can_load=lambda soname: soname != "libxcb-cursor.so.0")
    assert missing == [MissingLibrary("libxcb-cursor.so.0", "libxcb-cursor0")]


@linux_only
def test_the_loader_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(platform_check._BY_PLATFORM, "imaginary", {"libnone.so.7": "libnone7"})
    assert missing_libraries("imaginary") == [MissingLibrary("libnone.so.7", "libnone7")]


@linux_only
@pytest.mark.parametrize("platform", ["offscreen", "xcb", "wayland", "linuxfb"])
def test_a_bare_system_lacks_what_every_platform_needs(platform: str) -> None:
    packages = {each.package for each in missing_libraries(platform, can_load=lambda _: False)}
    assert {"libgl1", "libegl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3"} <= packages
    assert ("libxcb-cursor0" in packages) == (platform == "xcb")


def test_nothing_is_missing_where_the_wheels_bring_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert missing_libraries("windows", can_load=lambda _: False) == []
    assert has_screen({})
    assert chosen_platform({}) == "windows"


@linux_only
@pytest.mark.parametrize(
    ("environ", "screen", "platform"),
    [
        ({}, False, "offscreen"),
        ({"DISPLAY": ""}, False, "offscreen"),
        ({"DISPLAY": ":0"}, True, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, "wayland"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, True, "wayland"),
        (
            {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"},
            True,
            "xcb",
        ),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, True, "offscreen"),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, True, "wayland"),
    ],
)
def test_screen_and_platform(environ: dict[str, str], screen: bool, platform: str) -> None:
    assert has_screen(environ) is screen
    assert chosen_platform(environ) == platform


def test_looking_does_not_import_qt() -> None:
    code = "import sys, ui.platform_check; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@linux_only
@pytest.mark.parametrize(
    ("environ", "trouble"),
    [
        ({}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": ":4711", "XDG_SESSION_TYPE": "x11"}, "the display ':4711' does not answer"),
        ({"DISPLAY": "no display at all", "XDG_SESSION_TYPE": "x11"}, "does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-4711", "XDG_RUNTIME_DIR": "/nowhere"}, "'wayland-4711' does not answer"),
        ({"QT_QPA_PLATFORM": "cinema"}, "QT_QPA_PLATFORM names 'cinema', and Qt has"),
    ],
)
def test_a_screen_that_is_promised_and_not_there_is_noticed(environ: dict[str, str], trouble: str) -> None:
    assert trouble in (screen_trouble(environ) or "")


@linux_only
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600"])
def test_a_platform_that_qt_has_is_taken(platform: str) -> None:
    assert screen_trouble({"QT_QPA_PLATFORM": platform}) is None
