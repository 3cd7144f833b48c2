"""All pages of the site."""

from flask import Flask

from webapp.pages import (
    agenda,
    answer,
    assignment,
    broker,
    business,
    calls,
    client,
    client_needs,
    clients,
    consent,
    contacts,
    corrections,
    coverage,
    directory,
    first_run,
    heard,
    home,
    how,
    imports,
    introductions,
    join,
    keeping,
    kit,
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
    plan,
    promise,
    recruit,
    referrals,
    room,
    rosters,
    sales,
    settings,
    sign_in,
    source,
    sources,
    suggestions,
    surveys,
    theme,
    ties,
    understand,
    unsubscribe,
    vetting,
)

PAGES = (
    *(home, sign_in, theme, first_run, suggestions, business, network, knowledge, directory, imports, settings),
    *(outcomes, needs, one_sided, overflow, motivation, understand, corrections, how),
    *(surveys, calls, vetting, answer, join, introductions, consent),
    *(coverage, assignment, need_acts, recruit, room, heard),
    *(clients, client, client_needs),
    *(contacts, ties, broker),
    *(plan, kit),
    *(referrals, sources, source),
    *(agenda, sales, promise),
    *(outbox, mail_settings, unsubscribe),
    *(keeping, rosters),
)


def install(app: Flask) -> None:
    """Register the views of all pages; several modules may share a blueprint."""
    for pages in dict.fromkeys(module.pages for module in PAGES):
        app.register_blueprint(pages)
