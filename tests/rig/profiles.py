"""Hypothesis profiles; `HYPOTHESIS_PROFILE` chooses: `default`, or `long` for `make long`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# How long an example takes says something of the machine, not of the program.
PATIENT = [HealthCheck.too_slow]

# Examples are the same in each run: what fails here fails on the next machine as well. The long
# run is the one that looks for new ones.
settings.register_profile(
    "default", max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=PATIENT
)
settings.register_profile("long", max_examples=10_000, deadline=None, print_blob=True, suppress_health_check=PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
