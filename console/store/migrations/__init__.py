"""Alembic's steps from one schema to the next. They are run by `console.store.migrate`, without a settings file."""
