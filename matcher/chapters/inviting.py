"""The chapter of `Network` on asking: surveys for clients, calls for businesses, and checking who answers."""

from datetime import timedelta
from typing import Literal

from matcher.answers.invited import CALL_DAYS, OpenCallCard, Vetted
from matcher.answers.partners import Place
from matcher.answers.told import Checked, CheckedKind
from matcher.chapters.client_book import ClientBook
from matcher.exchange.directory import key_of
from matcher.facts import OpenCall
from matcher.store import applications, calls, clients, clock, surveys, vettings


class Inviting(ClientBook):
    """Links for people without an account, and what became of them; `answering` is their other end."""

    def send_survey(self, client_id: int) -> str:
        """Make a link to the survey for a client and give its token, once; the one before stops working."""
        self._settled()
        with self._store.session(self.id, writes=True) as session:
            clients.card(session, client_id)
            return surveys.send(session, self.id, client_id, clock.today(session))

    # -- open calls ------------------------------------------------------------------------------
    def open_call(self, service: str, place: Place | None = None, wording: str = "") -> OpenCallCard:
        """Open a call for a service, around a place or where we are ourselves; the same call twice is one."""
        home, today = self._settled(), self.today()
        call = OpenCall(
            network_id=self.id,
            service=service,
            place=place.name if place else home.place,
            lat=place.lat if place else home.lat,
            lon=place.lon if place else home.lon,
            wording=wording,
            token="",
            opened_on=today,
            closes_on=today + timedelta(days=CALL_DAYS),
        )
        with self._store.session(self.id, writes=True) as session:
            number = calls.open_call(session, call)
            return calls.cards(session, today, number)[0]

    def calls(self) -> tuple[OpenCallCard, ...]:
        """All calls with who answered, the newest first."""
        with self._store.session(self.id) as session:
            return calls.cards(session, clock.today(session))

    def call(self, call_id: int) -> OpenCallCard:
        """One call with who answered."""
        with self._store.session(self.id) as session:
            return calls.cards(session, clock.today(session), call_id)[0]

    def close_call(self, call_id: int) -> OpenCallCard:
        """Let nobody answer a call any more; its link stops working."""
        with self._store.session(self.id, writes=True) as session:
            calls.close(session, call_id, clock.today(session))
        return self.call(call_id)

    def decide_application(self, application_id: int, answer: Literal["yes", "no"]) -> int | None:
        """Say yes or no to who answered a call; a yes makes a business that we court, and gives its number."""
        with self._store.session(self.id, writes=True) as session:
            application = applications.find(session, application_id)
            if answer == "no":
                applications.decline(application)
                return None
            call = calls.find(session, application.open_call_id)
            town, _ = applications.town_of(call.place)
            key = key_of(application.business, "", "", town)
            return applications.join(session, application, call, key, clock.now(session))

    # -- what was checked ------------------------------------------------------------------------
    def vetting(self, business_id: int) -> tuple[Vetted, ...]:
        """Licence, insurance and references of a business: what it claims, what we have checked, what is over."""
        self.business(business_id)
        with self._store.session(self.id) as session:
            return vettings.of_business(session, business_id, clock.today(session))

    def note_vetting(self, business_id: int, told: Checked) -> tuple[Vetted, ...]:
        """Keep that something of a business was checked, in place of the check before."""
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            vettings.note(session, self.id, business_id, told, clock.today(session))
        return self.vetting(business_id)

    def forget_vetting(self, business_id: int, kind: CheckedKind) -> tuple[Vetted, ...]:
        """Forget that something of a business was checked; nothing happens when it was not."""
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            vettings.forget(session, business_id, kind)
        return self.vetting(business_id)
