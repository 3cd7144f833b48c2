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
    needs,
    network,
    one_sided,
    outcomes,
    settings,
    sign_in,
    suggestions,
    theme,
)

PAGES = (
    *(home, sign_in, theme, first_run, suggestions, business, network, knowledge, directory, imports, settings),
    *(outcomes, needs),
    *(motivation, one_sided),
)


def install(app: Flask) -> None:
    """Register the views of all pages."""
    for module in PAGES:
        app.register_blueprint(module.pages)
