"""Alembic migrations, shipped with the package so that every installed program can bring its store up to date."""
