"""The chapter of `Network` on a coach's kits: making, changing, saving and bringing them in, and links for agents."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from matcher.answers.coached import (
    WHOM_CHARACTERS,
    InviteCard,
    KitCard,
    KitScriptTold,
    KitServiceTold,
    KitStepTold,
)
from matcher.chapters.asking import Asking
from matcher.coach_kit.content import checked, code_of
from matcher.coach_kit.files import read_kit, write_kit
from matcher.coach_kit.people import refuse_people
from matcher.coach_kit.scripts import PLACES
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import ProgrammeInvite
from matcher.lines import one_line
from matcher.store import Session, clock, programme_kits


class KitMaking(Asking):
    """A coach's programmes, each in one file in which nobody stands, and who is invited to take one."""

    def programme_kits(self) -> tuple[KitCard, ...]:
        """All kits by name."""
        with self._store.session(self.id) as session:
            return programme_kits.cards(session)

    def programme_kit(self, kit_id: int) -> KitCard:
        """One kit with all that is in it."""
        with self._store.session(self.id) as session:
            return programme_kits.cards(session, kit_id)[0]

    def make_kit(self, told: Mapping[str, Any]) -> int:
        """Keep a new kit and give its number; Invalid for what no kit can hold, people above all."""
        with self._store.session(self.id, writes=True) as session:
            return programme_kits.add(session, self.id, self._clean(session, told), clock.now(session))

    def change_kit(self, kit_id: int, told: Mapping[str, Any]) -> KitCard:
        """Put other content into a kit; agents see that it is newer and take it when they like."""
        with self._store.session(self.id, writes=True) as session:
            programme_kits.find(session, kit_id)
            programme_kits.change(session, kit_id, self._clean(session, told), clock.now(session))
            return programme_kits.cards(session, kit_id)[0]

    def remove_kit(self, kit_id: int) -> None:
        """Take a kit and its open links away; agents keep their copies."""
        with self._store.session(self.id, writes=True) as session:
            programme_kits.remove(session, self.id, kit_id)

    def edit_step(self, kit_id: int, number: int | None, step: KitStepTold | None) -> KitCard:
        """Change step `number` (from 0, in the order shown), add one (None), or take it away (no step)."""
        content = dict(self.programme_kit(kit_id).content)
        steps = list(content["steps"])
        if number is not None and not 0 <= number < len(steps):
            raise NotFound("There is no such step.")
        put = [] if step is None else [asdict(step)]
        at = len(steps) if number is None else number
        return self.change_kit(kit_id, {**content, "steps": [*steps[:at], *put, *steps[at + 1 :]]})

    def edit_script(self, kit_id: int, code: str | None, told: KitScriptTold | None) -> KitCard:
        """Change the script of this code, add one (None), or take it away (nothing told)."""
        content = self.programme_kit(kit_id).content
        others = {one: text for one, text in content["scripts"].items() if one != code}
        if code is not None and code not in content["scripts"]:
            raise NotFound("There is no such script.")
        if told is not None:
            others[_script_code(told, others)] = told.text
        return self.change_kit(kit_id, {**content, "scripts": others})

    def edit_service(self, kit_id: int, code: str | None, told: KitServiceTold | None) -> KitCard:
        """Change the service of this code, which it keeps, add one (None), or take it away (nothing told)."""
        content = self.programme_kit(kit_id).content
        codes = [one["code"] for one in content["services"]]
        if code is not None and code not in codes:
            raise NotFound("There is no such service.")
        at = len(codes) if code is None else codes.index(code)
        put = [] if told is None else [{"code": code or code_of(told.name, codes), **asdict(told)}]
        services = content["services"]
        return self.change_kit(kit_id, {**content, "services": [*services[:at], *put, *services[at + 1 :]]})

    # -- files -----------------------------------------------------------------------------------
    def save_kit(self, kit_id: int) -> bytes:
        """A kit as a file, with its hash and, where the installation has a secret, a signature."""
        return write_kit(self.programme_kit(kit_id).content, self._store.secret)

    def bring_kit(self, file: bytes, kit_id: int | None = None) -> int:
        """Keep a kit from its file, new or in place of one, and give its number; Invalid when it cannot be read."""
        content = read_kit(file)
        if kit_id is None:
            return self.make_kit(content)
        return self.change_kit(kit_id, content).kit_id

    # -- links for agents ------------------------------------------------------------------------
    def invite_agent(self, kit_id: int, account_id: int, whom: str = "") -> str:
        """Make a link on which one agent takes a kit and lets this account see their counts; its token, once."""
        name, today = one_line("whom", whom, WHOM_CHARACTERS), self.today()
        with self._store.session(self.id, writes=True) as session:
            invites = programme_kits.invites(session, self.id, clock.now(session))
            if sum(one.state == "open" for one in invites) >= programme_kits.INVITES_MOST:
                raise Conflict("Very many links are open. Please take some back first.")
            invite = ProgrammeInvite(
                network_id=self.id, kit_id=kit_id, account_id=account_id, whom=name, invited_on=today
            )
            return programme_kits.invite(session, invite)

    def agent_invites(self) -> tuple[InviteCard, ...]:
        """All links for agents, the newest first."""
        with self._store.session(self.id) as session:
            return programme_kits.invites(session, self.id, clock.now(session))

    def cancel_invite(self, invite_id: int) -> None:
        """Let a link work no more."""
        with self._store.session(self.id, writes=True) as session:
            programme_kits.cancel(session, self.id, invite_id)

    def _clean(self, session: Session, told: Mapping[str, Any]) -> dict[str, Any]:
        """The content in its one spelling, with nobody in it."""
        content = checked(told)
        refuse_people(content, programme_kits.own_people(session))
        return content


def _script_code(told: KitScriptTold, others: Collection[str]) -> str:
    """The code of our message in whose place a script stands, or of its own name; Invalid when there is one already."""
    if not told.place:
        return code_of(told.name, {*others, *PLACES})
    if told.place not in PLACES or told.place in others:
        raise Invalid("place", "Please choose a place that has no words of yours yet.")
    return told.place
