"""The day it is, for checks that ask about days to come. What is measured never asks: it is given its day."""

from __future__ import annotations

import datetime as dt


def today() -> dt.date:
    """Give the day it is in UTC: in the United States never a day behind, so that nothing entered today is in the future."""
    return dt.datetime.now(tz=dt.UTC).date()
