"""Services that a kit adds to ours, for the network that took it: on its list, in connections and in clients' needs.

Nobody in the directory sells them, and no journey calls for them, so suggestions never hear of them. A partner whom the
owner's list says to offer one fills needs of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.answers.programme import KitService
from matcher.names import fold, lookup_key, nearest
from matcher.taxonomy import NEAR, Service, taxonomy

Added = Mapping[str, KitService]
NOTHING_ADDED: Added = {}


def added_by(kit: Mapping[str, Any]) -> Added:
    """Code -> service of a kit; without those that the taxonomy has by now."""
    told = (
        KitService(**{**one, "words": tuple(filter(None, one["words"].splitlines()))})
        for one in kit.get("services") or ()
    )
    return {one.code: one for one in told if one.code not in taxonomy().services}


def as_ours(added: Added) -> list[Service]:
    """The same as services of a taxonomy, with no figures, as nobody has told any."""
    return [
        Service(
            code=one.code,
            name=one.name,
            group=one.group,
            sells_to="both",
            clients_low=0,
            clients_high=0,
            order_low_usd=0,
            order_high_usd=0,
            basis="",
            refers=0.0,
            paid_referrals="restricted",
            paid_referrals_source="",
            no_naics_reason="",
        )
        for one in added.values()
    ]


def name_of(code: str, added: Added = NOTHING_ADDED) -> str:
    """The name of a service, ours or added; a code that neither has stays readable."""
    found = taxonomy().services.get(code) or added.get(code)
    return found.name if found else code.replace("_", " ").capitalize()


def with_older(added: Added, codes: tuple[str, ...]) -> Added:
    """The same with what somebody was tagged with when a kit still had it, so that a tag never has to go."""
    gone = [code for code in codes if code not in taxonomy().services and code not in added]
    return {**added, **{code: KitService(code=code, name=name_of(code), group="") for code in gone}}


def named(text: str, added: Added) -> str:
    """The code of the added service that a text names, also in near spelling; "" for none and for one of ours."""
    keys = {} if taxonomy().named(text) else dict(_keys(added))
    text_key = lookup_key(text)
    if text_key in keys:
        return keys[text_key]
    return next((keys[near] for near, _ in nearest(text_key, keys, NEAR, 1)), "") if text_key else ""


def asked_for(wording: str, added: Added) -> str:
    """The code of the added service all words of whose name, or of whose phrase, stand in a wording; "" for none."""
    said = set(lookup_key(wording).split())
    found = [(len(words), code) for key, code in _keys(added) if (words := set(key.split())) <= said]
    return max(found, default=(0, ""))[1]


def meant(wording: str, added: Added, ours: str) -> str:
    """The service that words call for: an added one by its name, else `ours`, else an added one among other words."""
    return named(wording, added) or ours or asked_for(wording, added)


def known_already(code: str, name: str) -> bool:
    """Whether the taxonomy has a service of this code or name, so that no kit needs to add it."""
    return code in taxonomy().services or bool(taxonomy().named(name))


def _keys(added: Added) -> Iterator[tuple[str, str]]:
    """(Comparable form of a name or phrase, code); a name goes before the phrases of others."""
    phrases = ((phrase, service.code) for service in added.values() for phrase in service.words)
    for text, code in (*phrases, *((service.name, service.code) for service in added.values())):
        if key := lookup_key(text) or fold(text):
            yield key, code
