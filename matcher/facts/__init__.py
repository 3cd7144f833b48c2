"""What somebody told us: one dataclass a table, with ids and codes instead of relationships.

Every class under `Private` carries `network_id`; the store refuses to read or write one without it.
"""

from matcher.facts.accounts import Account, Membership, Network, PrivateLink, SignInLink, WebSession
from matcher.facts.agenda import Moment, Sale, TaskMark, Touch
from matcher.facts.base import Fact, Private, UtcTime
from matcher.facts.calls import Application, OpenCall, Vetting
from matcher.facts.clients import Client, Need, Occasion, Survey, Wording
from matcher.facts.directory import Business, DeclaredMarket, Import, ImportProblem, Kept, Offer, StagedFile
from matcher.facts.introductions import Ask, Introduction, Report, Tie
from matcher.facts.mail import Mail, Sender, Suppression
from matcher.facts.partners import Correction, Motivation, Outcome, Partnership, Ruling, StageChange, Verdict
from matcher.facts.people import ColumnChoice, Erasure, Merge, NotSame, Person
from matcher.facts.programme import (
    Coached,
    Deal,
    JoggerMark,
    Nudge,
    Programme,
    ProgrammeInvite,
    ProgrammeKit,
    Roster,
    RosterMember,
    Week,
)
from matcher.facts.referrals import Care, Gift, PlanStep, Rating, Referral

__all__ = [
    "Account",
    "Application",
    "Ask",
    "Business",
    "Care",
    "Client",
    "Coached",
    "ColumnChoice",
    "Correction",
    "Deal",
    "DeclaredMarket",
    "Erasure",
    "Fact",
    "Gift",
    "Import",
    "ImportProblem",
    "Introduction",
    "JoggerMark",
    "Kept",
    "Mail",
    "Membership",
    "Merge",
    "Moment",
    "Motivation",
    "Need",
    "Network",
    "NotSame",
    "Nudge",
    "Occasion",
    "Offer",
    "OpenCall",
    "Outcome",
    "Partnership",
    "Person",
    "PlanStep",
    "Private",
    "PrivateLink",
    "Programme",
    "ProgrammeInvite",
    "ProgrammeKit",
    "Rating",
    "Referral",
    "Report",
    "Roster",
    "RosterMember",
    "Ruling",
    "Sale",
    "Sender",
    "SignInLink",
    "StageChange",
    "StagedFile",
    "Suppression",
    "Survey",
    "TaskMark",
    "Tie",
    "Touch",
    "UtcTime",
    "Verdict",
    "Vetting",
    "WebSession",
    "Week",
    "Wording",
]
