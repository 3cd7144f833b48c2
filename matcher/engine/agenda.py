"""The agenda: what is to be done on a day, from a table of rules; each says in its docstring why.

Days are reckoned from the facts and from nothing else, so that the agenda of any day can be asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from matcher.answers.agenda import Diary, Pressing, Task, Work
from matcher.answers.quick_note import Draft
from matcher.answers.whose import Whose
from matcher.engine import ask_rules, care_rules, give_rules, thank_rules
from matcher.engine.as_of import known_on
from matcher.engine.care_rules import whose_of
from matcher.engine.due import Due, Rule, about_whose, after
from matcher.engine.programme import lock_of
from matcher.engine.restraint import Candidate, asked_days, faded, restrained
from matcher.errors import Invalid
from matcher.knowledge import scripts

MOMENT_DAYS = 21  # for which a moment stays warm (prior)
PAGES = ("sale", "referral", "introduction", "business", "person")  # kinds of things that a task can lead to

# In this order a day's tasks stand; of several asks of one person the first goes. Days for which each is worth doing
# are priors; a reminder is useless once an unanswered question is closed, 14 days after it was asked.
RULES: tuple[Rule, ...] = (
    Rule(code="thank_now", falls_due=thank_rules.thank_now),
    Rule(code="thank_again", falls_due=thank_rules.thank_again),
    Rule(code="connect", falls_due=care_rules.connect),
    Rule(code="pause", falls_due=care_rules.pause, fades_days=90),
    Rule(code="results_meeting", falls_due=care_rules.results_meeting, fades_days=60),
    Rule(code="ask_promised", falls_due=ask_rules.ask_promised, fades_days=90, asks=True),
    Rule(code="promise_open", falls_due=ask_rules.promise_open, fades_days=60, asks=True),
    Rule(code="ask_saved", falls_due=ask_rules.ask_saved, fades_days=MOMENT_DAYS, asks=True),
    Rule(code="ask_testimonial", falls_due=ask_rules.ask_testimonial, fades_days=MOMENT_DAYS, asks=True),
    Rule(code="ask_praise", falls_due=ask_rules.ask_praise, fades_days=MOMENT_DAYS, asks=True),
    Rule(code="ask_joined", falls_due=ask_rules.ask_joined, fades_days=30, asks=True),
    Rule(code="ask_referred", falls_due=ask_rules.ask_referred, fades_days=45, asks=True),
    Rule(code="ask_done", falls_due=ask_rules.ask_done, fades_days=45, asks=True),
    Rule(code="ask_why", falls_due=thank_rules.ask_why, fades_days=30),
    Rule(code="handwritten", falls_due=thank_rules.handwritten, fades_days=60),
    Rule(code="thank_publicly", falls_due=thank_rules.thank_publicly, fades_days=60),
    Rule(code="share_results", falls_due=care_rules.share_results, fades_days=21),
    Rule(code="followup_45", falls_due=care_rules.followup_45, fades_days=30),
    Rule(code="followup_90", falls_due=care_rules.followup_90, fades_days=30),
    Rule(code="remind", falls_due=care_rules.remind, fades_days=7),
    Rule(code="became", falls_due=care_rules.became, fades_days=60),
    Rule(code="vetting", falls_due=care_rules.vetting),
    Rule(code="keep_in_touch", falls_due=care_rules.keep_in_touch, again=True),
    Rule(code="programme_step", falls_due=give_rules.programme_step, fades_days=give_rules.STEP_FADES_DAYS),
    Rule(code="drip_customers", falls_due=give_rules.drip_customers, again=True),
    Rule(code="drip_no", falls_due=give_rules.drip_no, again=True),
    Rule(code="drip_cold", falls_due=give_rules.drip_cold, again=True),
)
ASKING = frozenset(rule.code for rule in RULES if rule.asks)
PLACE = {rule.code: position for position, rule in enumerate(RULES)}


def agenda(diary: Diary, today: date, ahead_days: int = 0) -> tuple[Task, ...]:
    """The tasks due on a day, or within the days ahead, by the day on which they fell due.

    Whoever goes through the first six months asks for nothing before selling tools are open.
    """
    known = known_on(diary, today)
    open_still = [one for one in _candidates(known, today) if one is not None]
    asks = [] if lock_of(known.programme, today) else [one for one in open_still if one.rule.asks]
    asked = asked_days(known, ASKING)
    kept = [one for one in open_still if not one.rule.asks] + restrained(asks, known, asked, today)
    last = after(today, ahead_days)
    due = sorted((one for one in kept if one.due.on <= last), key=lambda one: (one.due.on, PLACE[one.rule.code]))
    return tuple(_task(known, one) for one in due)


def pressing(due: Sequence[Task], most: int) -> Pressing:
    """The first `most` tasks in the order of the rules, so that thanks do not wait behind what is merely older."""
    first = sorted(due, key=lambda task: (PLACE[task.rule], task.due_on))
    return Pressing(tasks=tuple(first[:most]), due=len(due))


def promise_draft(diary: Diary, work: Work, link: str) -> Draft:
    """The words that remind a client of a promise, with the link to the page on which they keep it."""
    due = ask_rules.promise(diary, work, diary.today, "")
    found = _draft(diary, replace(due, words={**due.words, "link": link}))
    assert found is not None
    return found


def rule_of(code: str) -> Rule | None:
    """The rule with this code."""
    return next((rule for rule in RULES if rule.code == code), None)


def asks_whom(diary: Diary, key: str) -> Whose | None:
    """Whom a task asks for a referral; None when it asks for nothing."""
    return whose_of(diary, key) if key.partition(":")[0] in ASKING else None


def last_asked(diary: Diary, whose: Whose) -> date | None:
    """The day on which we asked somebody last, for a referral or about an introduction."""
    return asked_days(diary, ASKING).get(whose)


def _candidates(diary: Diary, today: date) -> Iterable[Candidate | None]:
    for rule in RULES:
        for due in rule.falls_due(diary):
            yield _open_still(Candidate(rule, due), diary, today)


def _open_still(one: Candidate, diary: Diary, today: date) -> Candidate | None:
    """What is neither done nor too late; put off until the day that was chosen."""
    mark = diary.marks.get(one.key)
    if mark and mark.done_on and not one.rule.again:
        return None
    if mark and mark.until_on and mark.until_on > one.due.on:
        one = Candidate(one.rule, replace(one.due, on=mark.until_on))
    return None if faded(one.rule, one.due, today) else one


def _task(diary: Diary, one: Candidate) -> Task:
    rule, due = one
    somebody, care = diary.people.get(due.whose), diary.care.get(due.whose)
    leads_to, number = due.leads_to or _page(due)
    return Task(
        key=one.key,
        rule=rule.code,
        due_on=due.on.isoformat(),
        title=due.title,
        reason=due.reason,
        why=rule.why,
        business_id=due.whose.business_id,
        person_id=due.whose.person_id,
        name=somebody.name if somebody else "somebody",
        is_client=due.whose.person_id in diary.clients,
        leads_to=leads_to,
        number=number,
        asks=rule.asks,
        script=due.script,
        draft=_draft(diary, due),
        post_to=_address(care.post_to if care else "", somebody.address if somebody else ""),
        email=somebody.email if somebody else "",
    )


def _page(due: Due) -> tuple[str, int]:
    """The kind and the number of what a task is about, or of whose it is when that has no page."""
    for about in (due.about, about_whose(due.whose)):
        kind, number = about.split(":")[:2]
        if kind in PAGES:
            return kind, int(number)
    return "", 0


def _address(*known: str) -> str:
    return next(filter(None, known), "")


def _draft(diary: Diary, due: Due) -> Draft | None:
    """The words to start from; None where there is nothing to write."""
    if (due.script, scripts.TONES[0]) not in scripts.scripts():
        return None
    somebody = diary.people.get(due.whose)
    name = (somebody.contact or somebody.name) if somebody else ""
    words: Mapping[str, str] = {
        **dict.fromkeys(("client", "partner_contact", "source"), name),
        **{"owner": diary.owner, "whom": diary.whom},
    }
    own = diary.programme.scripts.get(due.script) if diary.programme else None
    return _in_words(due.script, own, _short({**words, **due.words}))


def _in_words(code: str, own: str | None, words: Mapping[str, str]) -> Draft:
    """The message in a kit's own text; in ours where there is none, or where it wants a word that nobody has."""
    if own is not None:
        with suppress(Invalid):
            return scripts.filled(replace(scripts.script_of(code), text=own), **words)
    return scripts.draft(code, **words)


def _short(words: Mapping[str, str]) -> dict[str, str]:
    """Words that a draft has room for."""
    return {name: word[: scripts.WORD_CHARACTERS] for name, word in words.items()}


def rules_in_words() -> Sequence[tuple[str, str]]:
    """(Code, why) of every rule, in the order of the table."""
    return [(rule.code, rule.why) for rule in RULES]
