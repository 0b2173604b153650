"""Pure rules: facts, calendars, clocks and policy in, values out."""
