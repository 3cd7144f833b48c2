"""Runs the migrations on the connection that the store hands over."""

from alembic import context

from matcher.facts import Fact

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Fact.metadata, render_as_batch=True
)
context.run_migrations()
