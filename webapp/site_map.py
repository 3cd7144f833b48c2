"""All pages of the site."""

from flask import Flask

from webapp.pages import (
    answer,
    assignment,
    business,
    calls,
    client,
    client_needs,
    clients,
    corrections,
    coverage,
    directory,
    first_run,
    heard,
    home,
    how,
    imports,
    join,
    knowledge,
    mail_settings,
    motivation,
    need_acts,
    needs,
    network,
    one_sided,
    outbox,
    outcomes,
    overflow,
    recruit,
    room,
    settings,
    sign_in,
    suggestions,
    surveys,
    theme,
    understand,
    unsubscribe,
    vetting,
)

PAGES = (
    *(home, sign_in, theme, first_run, suggestions, business, network, knowledge, directory, imports, settings),
    *(outcomes, needs, one_sided, overflow, motivation, understand, corrections, how),
    *(surveys, calls, vetting, answer, join),
    *(coverage, assignment, need_acts, recruit, room, heard),
    *(clients, client, client_needs),
    *(outbox, mail_settings, unsubscribe),
)


def install(app: Flask) -> None:
    """Register the views of all pages; several modules may share a blueprint."""
    for pages in dict.fromkeys(module.pages for module in PAGES):
        app.register_blueprint(pages)
