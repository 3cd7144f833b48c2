"""Rules of the agenda on work and ties: results, follow-ups, staying in touch, introductions, checks, bad ratings."""

from collections.abc import Iterable, Mapping
from datetime import date

from matcher.answers.agenda import Diary, Planned, Work
from matcher.answers.whose import Whose
from matcher.engine.due import Due, about_whose, after, day, name_of
from matcher.engine.introductions import REMINDED_AT_DAYS
from matcher.engine.ratings import BAD_STARS, bad_ones, proposes_pause
from matcher.engine.thank_rules import became_of_given

SHARE_DAYS = 5  # after the work is done, as a reader of John Jantsch's blog does it
RESULTS_DAYS = 14  # after the work is done, unless a day is agreed (prior)
BECAME_DAYS = 10  # after two were made known to each other: they have talked or not (prior)
VETTING_DAYS = 30  # before a check runs out: a new paper takes its time (prior)


def share_results(diary: Diary) -> Iterable[Due]:
    """Five days after the work is done, ask whether it is good enough to tell a friend: if not, you want to know."""
    return (
        _work(diary, work, after(work.done_on, SHARE_DAYS), "Ask {name} whether it is worth telling", "share_results")
        for work in diary.works
        if work.done_on
    )


def results_meeting(diary: Diary) -> Iterable[Due]:
    """Look at the results together before you ask for anything: who has seen them will say so."""
    for work in diary.works:
        if work.done_on and work.results_on is None:
            on = work.meeting_on or after(work.done_on, RESULTS_DAYS)
            yield _work(diary, work, on, "Look at the results with {name}", "results_meeting")


def followup_45(diary: Diary) -> Iterable[Due]:
    """Ask 45 days after the sale how it is going: a small thing put right early keeps a client."""
    return _followups(diary, 45, "Ask {name} how it is going")


def followup_90(diary: Diary) -> Iterable[Due]:
    """Ask 90 days after the sale what it has changed for them: now there is something to tell."""
    return _followups(diary, 90, "Ask {name} what has changed")


def keep_in_touch(diary: Diary) -> Iterable[Due]:
    """Stay in touch in the rhythm that you chose: people send you somebody when they think of you."""
    lately = last_contacts(diary)
    for whose, care in diary.care.items():
        if care.rhythm_days:
            last, name = lately.get(whose), name_of(diary, whose)
            since = f"The last time was {day(last)}." if last else "There is no contact in your notes yet."
            yield Due(
                about=about_whose(whose),
                whose=whose,
                on=after(last, care.rhythm_days) if last else diary.today,
                title=f"Be in touch with {name}",
                reason=f"You want to hear from each other every {care.rhythm_days} days. {since}",
                script="keep_in_touch",
            )


def remind(diary: Diary) -> Iterable[Due]:
    """Remind once, after a week, and then let it be: no answer is an answer."""
    for planned in diary.introductions:
        for asked in planned.questions if _alive(planned) else ():
            if not asked.answer and asked.reminded_on is None:
                name = name_of(diary, asked.whose)
                yield Due(
                    about=f"ask:{asked.ask_id}",
                    whose=asked.whose,
                    on=after(asked.asked_on, REMINDED_AT_DAYS),
                    title=f"Remind {name}, once",
                    reason=f"You asked {name} on {day(asked.asked_on)} about an introduction. No answer yet.",
                    script="remind",
                    leads_to=("introduction", planned.introduction_id),
                )


def connect(diary: Diary) -> Iterable[Due]:
    """Make them known to each other as soon as both have said yes: a yes goes cold."""
    for planned in diary.introductions:
        yes = {asked.role: asked.answered_on for asked in planned.questions if asked.answer == "yes"}
        days = [answered for answered in yes.values() if answered]
        if _alive(planned) and planned.connected_on is None and len(days) == 2:  # both sides
            other = name_of(diary, planned.target)
            yield _introduced(diary, planned, max(days), f"Connect {{name}} and {other}", "Both have said yes.")


def became(diary: Diary) -> Iterable[Due]:
    """Ask what became of whom you introduced: else nobody tells you, and you cannot give thanks or put it right."""
    for planned in diary.introductions:
        open_still = _alive(planned) and planned.met_on is None and planned.reported_on is None
        if planned.connected_on and open_still:
            other = name_of(diary, planned.target)
            reason = f"You made them known to each other on {day(planned.connected_on)}."
            on = after(planned.connected_on, BECAME_DAYS)
            yield _introduced(diary, planned, on, f"Ask {{name}} and {other} how it went", reason)
    yield from became_of_given(diary)


def vetting(diary: Diary) -> Iterable[Due]:
    """Check again before a licence or an insurance runs out: you vouch for it when you send somebody."""
    for proof in diary.proofs:
        if _stage(diary, proof.whose) != "ended":
            name = name_of(diary, proof.whose)
            yield Due(
                about=f"{about_whose(proof.whose)}:{proof.kind}:{proof.until.isoformat()}",
                whose=proof.whose,
                on=after(proof.until, -VETTING_DAYS),
                title=f"Check the {proof.kind} of {name} again",
                reason=f"What you checked on {day(proof.checked_on)} holds until {day(proof.until)}.",
                script="check_again",
                words={"paper": proof.kind},
                leads_to=("business", proof.whose.business_id or 0),
            )


def pause(diary: Diary) -> Iterable[Due]:
    """Think of a pause after bad ratings, and talk to them first: your name stands beside theirs."""
    for last in diary.ratings:
        those = [one for one in diary.ratings if one.whose == last.whose]
        told = [(one.stars, one.rated_on) for one in those]
        newest = max(those, key=lambda one: (one.rated_on, one.rating_id)) is last
        if newest and proposes_pause(told, diary.today) and _stage(diary, last.whose) == "agreed":
            yield Due(
                about=f"rating:{last.rating_id}",
                whose=last.whose,
                on=last.rated_on,
                title=f"Talk to {name_of(diary, last.whose)}, and think of a pause",
                reason=f"{bad_ones(told)} of {len(told)} clients gave them {BAD_STARS} stars or fewer.",
                leads_to=("business", last.whose.business_id or 0),
            )


def _followups(diary: Diary, days: int, title: str) -> Iterable[Due]:
    script = f"followup_{days}"
    return (_work(diary, work, after(work.agreed_on, days), title, script) for work in diary.works)


def _stage(diary: Diary, whose: Whose) -> str:
    """The stage of a partnership; of several on one day the last one told."""
    stood = [one for one in reversed(diary.stages) if one.whose == whose]
    return max(stood, key=lambda one: one.changed_on).stage if stood else ""


def last_contacts(diary: Diary) -> Mapping[Whose, date]:
    """The last day on which we were in touch with each: a note of it, thanks, a question, a task that was done."""
    owners = _owners(diary)
    days: list[tuple[Whose | None, date | None]] = [(one.whose, one.touched_on) for one in diary.contacts]
    for one in diary.referrals:
        days += [] if one.given else [(one.whose, one.thanked_on), (one.whose, one.thanked_again_on)]
    days += [(asked.whose, asked.asked_on) for planned in diary.introductions for asked in planned.questions]
    days += [(_whose_of(key, owners), mark.done_on) for key, mark in diary.marks.items()]
    found: dict[Whose, date] = {}
    for whose, on in days:
        if whose is not None and on is not None:
            found[whose] = max(on, found.get(whose, on))
    return found


def whose_of(diary: Diary, key: str) -> Whose | None:
    """Whose task a key names, by the fact that it is about."""
    return _whose_of(key, _owners(diary))


def _whose_of(key: str, owners: Mapping[str, Whose]) -> Whose | None:
    _, kind, number, *_ = [*key.split(":"), "", ""]
    if kind in ("person", "business") and number.isdigit():
        return Whose(**{f"{kind}_id": int(number)})
    return owners.get(f"{kind}:{number}")


def _owners(diary: Diary) -> dict[str, Whose]:
    found = {f"sale:{one.sale_id}": one.whose for one in diary.works}
    found |= {f"referral:{one.referral_id}": one.whose for one in diary.referrals}
    return found | {f"moment:{one.moment_id}": one.whose for one in diary.moments}


def _alive(planned: Planned) -> bool:
    refused = any(asked.answer == "no" for asked in planned.questions)
    return planned.withdrawn_on is None and planned.closed_on is None and not refused


def _work(diary: Diary, work: Work, on: date, title: str, script: str) -> Due:
    name, what = name_of(diary, work.whose), work.what or "the work"
    done = f", done on {day(work.done_on)}" if work.done_on else ""
    return Due(
        about=f"sale:{work.sale_id}",
        whose=work.whose,
        on=on,
        title=title.replace("{name}", name),
        reason=f"{name}: {what}, agreed on {day(work.agreed_on)}{done}.",
        script=script,
        words={"work": work.what},
    )


def _introduced(diary: Diary, planned: Planned, on: date, title: str, reason: str) -> Due:
    return Due(
        about=f"introduction:{planned.introduction_id}",
        whose=planned.first,
        on=on,
        title=title.replace("{name}", name_of(diary, planned.first)),
        reason=reason,
    )
