"""Operations that answer with a file: lists of what is about people, exactly as they are filtered."""

from flask import g

from webapp.api.agenda_inputs import AgendaFileQuery
from webapp.api.introduction_inputs import IntroductionsFileQuery
from webapp.api.operation import operation
from webapp.api.referral_inputs import ReferralsFileQuery
from webapp.downloads import FileAnswer


@operation("GET", "/introductions/file")
def get_introductions_file(query: IntroductionsFileQuery) -> FileAnswer:
    """Introductions in these stages as CSV, Excel, an address book of both sides, or PDF."""
    content = g.network.export("introductions", query.form, stages=query.stage)
    return FileAnswer(content, "introductions", query.form)


@operation("GET", "/agenda/file")
def get_agenda_file(query: AgendaFileQuery) -> FileAnswer:
    """What is to be done on a day as CSV, Excel, an address book of whose it is, or PDF."""
    return FileAnswer(g.network.export_agenda(query.form, query.shown()), "agenda", query.form)


@operation("GET", "/referrals/file")
def get_referrals_file(query: ReferralsFileQuery) -> FileAnswer:
    """Referrals as CSV, Excel, an address book of from and to whom, or PDF."""
    return FileAnswer(g.network.export_referrals(query.form, query.wanted()), "referrals", query.form)
