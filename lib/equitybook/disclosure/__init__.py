"""The gate everything that leaves a community passes.

``release(outcome, measured, tier)`` hides what must be hidden in ``measured``, lets the outcome present what is left, and
wraps the findings as ``Released``. No other code can make a ``Released``, and reports and the coach's view accept nothing else.
"""
