"""What every test starts with: a strange time zone, no screen, a home of its own, no leftovers."""

from __future__ import annotations

import os
import sys
import time

# Before anything imports Qt or asks for the local time.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The Chatham Islands in POSIX form, which needs no zone files: an offset of 12:45 or 13:45 and
# southern summer time. Whoever takes local time for UTC, or the other way round, is found out.
os.environ["TZ"] = "CHAST-12:45CHADT,M9.5.0/2:45,M4.1.0/3:45"
if sys.platform != "win32":
    time.tzset()

# Each after those that it imports.
pytest_plugins = [
    "tests.rig.home",
    "tests.rig.profiles",
    "tests.rig.shared",
    "tests.rig.program",
    "tests.rig.log_errors",
    "tests.rig.leftovers",
]
