"""All pages of the site."""

from flask import Flask

from webapp.pages import (
    business,
    directory,
    first_run,
    home,
    imports,
    knowledge,
    motivation,
    network,
    one_sided,
    settings,
    sign_in,
    suggestions,
    theme,
    understand,
)

PAGES = (
    home,
    sign_in,
    theme,
    first_run,
    suggestions,
    business,
    one_sided,
    business,
    motivation,
    network,
    knowledge,
    directory,
    imports,
    settings,
    understand,
)


def install(app: Flask) -> None:
    """Register the views of all pages."""
    for module in PAGES:
        app.register_blueprint(module.pages)
