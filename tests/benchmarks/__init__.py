"""Measurements, side by side with the plain way. ``make bench`` prints the table; nothing here passes or fails."""
