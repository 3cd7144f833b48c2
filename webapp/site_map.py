"""All pages of the site."""

from flask import Flask

from webapp.pages import (
    business,
    corrections,
    directory,
    first_run,
    home,
    how,
    imports,
    knowledge,
    network,
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
    business,
    corrections,
    how,
    network,
    knowledge,
    directory,
    imports,
    settings,
)


def install(app: Flask) -> None:
    """Register the views of all pages."""
    for module in PAGES:
        app.register_blueprint(module.pages)
