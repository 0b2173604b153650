"""What Qt will ask of the system, looked at before Qt is imported.

Where a library is missing, the import fails with a loader's message or Qt aborts the process;
either way the user is not told what to install. No Qt in here for that reason.
"""

from __future__ import annotations

import ctypes
import importlib.util
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

# The libraries that the Qt wheels link to and do not bring along, with the package of Debian 12
# that holds each. Those that every Debian has (C, C++, zlib, zstd) are left out.
_ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
}
_BY_PLATFORM = {
    "xcb": {
        "libxcb.so.1": "libxcb1",
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
    "offscreen": {},
}


@dataclass(frozen=True)
class MissingLibrary:
    """A shared library that the loader does not find, and the Debian package that holds it."""

    soname: str
    package: str


def _can_load(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def is_linux() -> bool:
    return sys.platform.startswith("linux")


def missing_libraries(platform: str, can_load: Callable[[str], bool] = _can_load) -> list[MissingLibrary]:
    """The libraries that Qt's plugin for `platform` needs and the system lacks.

    `platform` is a name as in QT_QPA_PLATFORM: "xcb", "wayland", "offscreen". For one that is not
    known here, what every platform needs is looked for. Empty on Windows and macOS, where the
    wheels bring everything.
    """
    if not is_linux():
        return []
    needed = {**_ALWAYS, **_BY_PLATFORM.get(platform, {})}
    return [MissingLibrary(soname, package) for soname, package in needed.items() if not can_load(soname)]


def has_screen(environ: Mapping[str, str]) -> bool:
    """Whether Qt will find a screen, or was told by QT_QPA_PLATFORM to do without one."""
    if not is_linux():
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environ.get(name) for name in names)


def chosen_platform(environ: Mapping[str, str]) -> str:
    """The platform plugin that Qt will load: "offscreen" where there is no screen.

    Of a list ("wayland;xcb") it is the first, without its options ("offscreen:size=800x600").
    """
    wanted = environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if wanted:
        return wanted
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "cocoa"
    if not has_screen(environ):
        return "offscreen"
    prefers_wayland = environ.get("XDG_SESSION_TYPE") != "x11" or not environ.get("DISPLAY")
    return "wayland" if environ.get("WAYLAND_DISPLAY") and prefers_wayland else "xcb"


def screen_trouble(environ: Mapping[str, str]) -> str | None:
    """Why Qt would find no screen and abort, in words, or none where one answers.

    A variable that is set promises a screen; whether it is there is asked here, as Qt does not ask but aborts.
    """
    if not is_linux():
        return None
    if not has_screen(environ):
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    platform = chosen_platform(environ)
    if platform == "xcb" and not _x_server_answers(environ.get("DISPLAY", "")):
        return f"the display {environ.get('DISPLAY', '')!r} does not answer"
    if platform == "wayland" and not _wayland_answers(environ):
        return f"the Wayland display {environ.get('WAYLAND_DISPLAY', '')!r} does not answer"
    known = platform_plugins()
    if known and platform not in known:
        return f"QT_QPA_PLATFORM names {platform!r}, and Qt has {', '.join(known)}"
    return None


def platform_plugins() -> tuple[str, ...]:
    """The names that QT_QPA_PLATFORM may have with the installed Qt; empty when they are not found."""
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return ()
    folder = Path(found.origin).parent / "Qt" / "plugins" / "platforms"
    return tuple(sorted(path.name.removeprefix("libq").removesuffix(".so") for path in folder.glob("libq*.so")))


def _x_server_answers(display: str) -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        # What is missing is named by `missing_libraries`.
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    path = Path(environ.get("XDG_RUNTIME_DIR", "")) / environ.get("WAYLAND_DISPLAY", "wayland-0")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(2)
        try:
            line.connect(str(path))
        except OSError:
            return False
    return True
