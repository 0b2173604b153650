"""Keeps what Qt's offscreen platform says of itself away from the terminal."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

# There is no window manager offscreen that a window could tell its sizes to.
_OF_THE_PLATFORM = "This plugin does not support"


def install() -> None:
    """From now on everything else that Qt says goes to stderr, as before."""
    qInstallMessageHandler(_say)


def _say(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if not text.startswith(_OF_THE_PLATFORM):
        print(text, file=sys.stderr)
