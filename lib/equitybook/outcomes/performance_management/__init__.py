"""Performance management: what is measured, with which data, and who answers for it."""
