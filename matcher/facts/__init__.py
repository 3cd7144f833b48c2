"""What somebody told us: one dataclass a table, with ids and codes instead of relationships.

Every class under `Private` carries `network_id`; the store refuses to read or write one without it.
"""

from matcher.facts.accounts import Account, Membership, Network, PrivateLink, SignInLink, WebSession
from matcher.facts.base import Fact, Private, UtcTime
from matcher.facts.calls import Application, OpenCall, Vetting
from matcher.facts.clients import Client, Need, Occasion, Person, Survey, Wording
from matcher.facts.directory import Business, DeclaredMarket, Import, ImportProblem, Kept, Offer, StagedFile
from matcher.facts.partners import Correction, Motivation, Outcome, Partnership, Ruling, StageChange, Verdict

__all__ = [
    "Account",
    "Application",
    "Business",
    "Client",
    "Correction",
    "DeclaredMarket",
    "Fact",
    "Import",
    "ImportProblem",
    "Kept",
    "Membership",
    "Motivation",
    "Need",
    "Network",
    "Occasion",
    "Offer",
    "OpenCall",
    "Outcome",
    "Partnership",
    "Person",
    "Private",
    "PrivateLink",
    "Ruling",
    "SignInLink",
    "StageChange",
    "StagedFile",
    "Survey",
    "UtcTime",
    "Verdict",
    "Vetting",
    "WebSession",
    "Wording",
]
