"""A coach's kit for tests, a coach and her agents."""

from copy import deepcopy
from typing import Any

from matcher.network import Network
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.units import now_utc
from matcher.visitors.taking_kits import accept_invite

KIT: dict[str, Any] = {
    "name": "Give first",
    "steps": [
        {"week": 1, "title": "Write your list", "minutes": 20, "do": "Write down thirty people.", "words": ""},
        {"week": 2, "title": "Ask what they lack", "minutes": 20, "do": "Ask three.", "words": "What do you miss?"},
    ],
    "scripts": {"opening": "Hello, I thought of you."},
    "services": [
        {
            "code": "house_blesser",
            "name": "House blesser",
            "group": "community",
            "words": "house blessing\nblesses new homes",
        }
    ],
    "brand_words": ["Acme Life"],
    "limits": {"names_offered": 3, "open_introductions": 3},
    "goal": 100,
    "days_locked": 180,
}


def changed_kit(do: str = "Ask five.") -> dict[str, Any]:
    """The kit with another second step."""
    content = deepcopy(KIT)
    content["steps"][1]["do"] = do
    return content


def coach_of(store: Store, email: str = "coach@example.com") -> tuple[Network, int]:
    """A coach's own network, and the number of her account."""
    accounts = Accounts(store)
    account = accounts.create_account(email, now=now_utc())
    return Network(store, accounts.create_network("Desert Coaching", account, now=now_utc())), account


def taken_by(store: Store, coach: Network, account: int, agent: Network, known_as: str) -> int:
    """Let an agent take the coach's first kit, which is made if need be; gives its number."""
    kits = coach.programme_kits()
    kit_id = kits[0].kit_id if kits else coach.make_kit(KIT)
    accept_invite(store, coach.invite_agent(kit_id, account), agent.id, known_as)
    return kit_id
