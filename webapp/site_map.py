"""All pages of the site."""

from flask import Flask

from webapp.pages import (
    business,
    directory,
    first_run,
    home,
    imports,
    knowledge,
    needs,
    network,
    outcomes,
    overflow,
    settings,
    sign_in,
    suggestions,
    theme,
)

PAGES = (
    home,
    sign_in,
    theme,
    first_run,
    suggestions,
    overflow,
    business,
    network,
    knowledge,
    directory,
    imports,
    settings,
    *(outcomes, needs),
)


def install(app: Flask) -> None:
    """Register the views of all pages."""
    for module in PAGES:
        app.register_blueprint(module.pages)
