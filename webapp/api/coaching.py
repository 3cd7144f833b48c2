"""Operations on coaching: programmes, links and a board of numbers; and for the agent, who sees what."""

from dataclasses import dataclass

from flask import g
from flask_security import current_user
from werkzeug.datastructures import FileStorage

from matcher.answers.coached import (
    KIT_BYTES,
    AgentCard,
    CoachCard,
    InviteCard,
    InvitePage,
    KitCard,
    NudgeCard,
)
from matcher.errors import NotFound
from matcher.visitors.taking_kits import accept_invite, read_invite
from webapp.access import store
from webapp.api.coach_inputs import KitBody, KnownBody, NudgeBody, TokenQuery, VersionBody, WhomBody
from webapp.api.operation import operation
from webapp.public import address


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLink:
    """A link for one agent; it is told this once."""

    link: str


@operation("GET", "/coach/agents", "owner")
def get_agents() -> tuple[AgentCard, ...]:
    """The board: numbers of every agent who lets this account see them, and which version they have."""
    return _agents()


@operation("POST", "/coach/agents/<int:agent_id>/nudge", "owner")
def post_nudge(agent_id: int, body: NudgeBody) -> tuple[AgentCard, ...]:
    """Leave an agent a few words, which they read first; nothing is mailed."""
    g.network.nudge(current_user.id, agent_id, body.words)
    return _agents()


@operation("POST", "/coach/agents/<int:agent_id>/selling", "owner")
def post_selling(agent_id: int) -> tuple[AgentCard, ...]:
    """Let an agent use what sells before their time is over."""
    g.network.open_selling_for(current_user.id, agent_id)
    return _agents()


@operation("GET", "/coach/kits", "owner")
def get_programme_kits() -> tuple[KitCard, ...]:
    """All programmes with all that is in them."""
    found: tuple[KitCard, ...] = g.network.programme_kits()
    return found


@operation("POST", "/coach/kits", "owner")
def post_programme_kit(body: KitBody) -> KitCard:
    """Make a programme for agents to take."""
    return _kit(g.network.make_kit(body.told()))


@operation("POST", "/coach/kits/file", "owner")
def post_kit_file(file: FileStorage) -> KitCard:
    """Bring a programme in from its file."""
    return _kit(g.network.bring_kit(file.stream.read(KIT_BYTES + 1)))


@operation("GET", "/coach/kits/<int:kit_id>", "owner")
def get_programme_kit(kit_id: int) -> KitCard:
    """One programme with all that is in it."""
    return _kit(kit_id)


@operation("PUT", "/coach/kits/<int:kit_id>", "owner")
def put_programme_kit(kit_id: int, body: KitBody) -> KitCard:
    """Put other content into a programme; its agents see what is new and take it themselves."""
    card: KitCard = g.network.change_kit(kit_id, body.told())
    return card


@operation("DELETE", "/coach/kits/<int:kit_id>", "owner")
def delete_programme_kit(kit_id: int) -> tuple[KitCard, ...]:
    """Take a programme and its open links away; agents keep their copies."""
    g.network.remove_kit(kit_id)
    found: tuple[KitCard, ...] = g.network.programme_kits()
    return found


@operation("GET", "/coach/invites", "owner")
def get_invites() -> tuple[InviteCard, ...]:
    """All links for agents, the newest first, without their tokens."""
    found: tuple[InviteCard, ...] = g.network.agent_invites()
    return found


@operation("POST", "/coach/kits/<int:kit_id>/invites", "owner")
def post_invite(kit_id: int, body: WhomBody) -> AgentLink:
    """Make a link on which one agent takes a programme."""
    token = g.network.invite_agent(kit_id, current_user.id, body.whom)
    return AgentLink(link=address("invited.show", token=token))


@operation("DELETE", "/coach/invites/<int:invite_id>", "owner")
def delete_invite(invite_id: int) -> tuple[InviteCard, ...]:
    """Let a link work no more."""
    g.network.cancel_invite(invite_id)
    found: tuple[InviteCard, ...] = g.network.agent_invites()
    return found


# -- the agent ---------------------------------------------------------------------------------------
@operation("GET", "/invitation")
def get_invitation(query: TokenQuery) -> InvitePage:
    """Who invites to what, behind a coach's link."""
    return read_invite(store(), query.token, g.network.id)


@operation("POST", "/invitation", "owner")
def post_invitation(body: KnownBody) -> CoachCard:
    """Take a coach's programme, and let them see numbers; a link works once."""
    accept_invite(store(), body.token, g.network.id, body.known_as)
    return _coach()


@operation("GET", "/programme/coach")
def get_coach() -> CoachCard:
    """Who sees which numbers, and what is new in their programme; 404 without a coach."""
    return _coach()


@operation("DELETE", "/programme/coach", "owner")
def delete_coach() -> tuple[NudgeCard, ...]:
    """Let the coach see nothing any more; what they wrote stays."""
    g.network.leave_coach()
    return _nudges()


@operation("PUT", "/programme/coach/kit", "owner")
def put_version(body: VersionBody) -> CoachCard:
    """Take the newer version of the coach's programme, the one with this hash."""
    g.network.take_newer_kit(body.content_hash)
    return _coach()


@operation("GET", "/programme/nudges")
def get_nudges() -> tuple[NudgeCard, ...]:
    """All words of coaches, the newest first."""
    return _nudges()


@operation("POST", "/programme/nudges/<int:nudge_id>/read")
def post_read(nudge_id: int) -> tuple[NudgeCard, ...]:
    """Note that a coach's words are read."""
    g.network.read_nudge(nudge_id)
    return _nudges()


def _agents() -> tuple[AgentCard, ...]:
    found: tuple[AgentCard, ...] = g.network.agents(current_user.id)
    return found


def _nudges() -> tuple[NudgeCard, ...]:
    found: tuple[NudgeCard, ...] = g.network.nudges()
    return found


def _kit(kit_id: int) -> KitCard:
    card: KitCard = g.network.programme_kit(kit_id)
    return card


def _coach() -> CoachCard:
    card: CoachCard | None = g.network.coach()
    if card is None:
        raise NotFound("You have no coach.")
    return card
