"""Holds the clock against cases: JSON Lines with a calendar, what is given and what another product answers."""
