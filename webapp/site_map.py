"""All pages of the site."""

from flask import Flask

from webapp.pages import (
    answer,
    business,
    calls,
    corrections,
    directory,
    first_run,
    home,
    how,
    imports,
    join,
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
    surveys,
    theme,
    understand,
    vetting,
)

PAGES = (
    *(home, sign_in, theme, first_run, suggestions, business, network, knowledge, directory, imports, settings),
    *(outcomes, needs, one_sided, overflow, motivation, understand, corrections, how),
    *(surveys, calls, vetting, answer, join),
)


def install(app: Flask) -> None:
    """Register the views of all pages."""
    for module in PAGES:
        app.register_blueprint(module.pages)
