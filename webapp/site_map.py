"""All pages of the site."""

from flask import Flask

from webapp.pages import (
    business,
    client,
    client_needs,
    clients,
    corrections,
    directory,
    first_run,
    home,
    how,
    imports,
    knowledge,
    motivation,
    needs,
    network,
    one_sided,
    outcomes,
    overflow,
    settings,
    sign_in,
    suggestions,
    theme,
    understand,
)

PAGES = (
    *(home, sign_in, theme, first_run, suggestions, business, network, knowledge, directory, imports, settings),
    *(outcomes, needs, one_sided, overflow, motivation, understand, corrections, how),
    *(clients, client, client_needs),
)


def install(app: Flask) -> None:
    """Register the views of all pages; several modules may share a blueprint."""
    for pages in dict.fromkeys(module.pages for module in PAGES):
        app.register_blueprint(pages)
