"""The page of the shift: who is on duty, how the desk stands, what was decided, the shifts before."""
