"""Rules of the agenda on referrals: thanks, at once and again, why they came, and what became of those we gave."""

from collections.abc import Iterable, Iterator
from datetime import date
from statistics import median

from matcher.answers.agenda import Diary, Passed
from matcher.answers.referred import ThankKind
from matcher.engine.due import Due, after, day, name_of
from matcher.engine.owed import thanks_due

WHY_DAYS = 2  # after the thanks; both at once reads like a form (prior)
GIVEN_DAYS = 21  # by then a prospect has been rung or not (prior)
BIG_TIMES = 3  # times the usual value of a referral that make it a big one (prior)
BIG_KNOWN = 3  # done referrals with a value, without which nobody knows what is usual (prior)
BIG_YEAR_DAYS = 365  # in which they were done


def thank_now(diary: Diary) -> Iterable[Due]:
    """Thank at once: who hears nothing after sending somebody sends nobody else."""
    for one, since in _owed(diary, "at_once"):
        reason = f"{name_of(diary, one.whose)} sent you {one.prospect} on {day(one.referred_on)}."
        yield _about(diary, one, since, "Thank {name}", reason=reason, script="thank_now")


def thank_again(diary: Diary) -> Iterable[Due]:
    """Thank again when the work is done, and say how it turned out: they put their name to it."""
    for one, since in _owed(diary, "again"):
        reason = f"The work for {one.prospect}, whom {name_of(diary, one.whose)} sent you, is done."
        yield _about(diary, one, since, "Thank {name} again", reason=reason, script="thank_again")


def thank_publicly(diary: Diary) -> Iterable[Due]:
    """Thank in public where they like it: others see that you remember who sends you people."""
    for one, since in _owed(diary, "publicly"):
        reason = f"{name_of(diary, one.whose)} is glad to be thanked in public. Do not name {one.prospect} in it."
        yield _about(diary, one, since, "Thank {name} in public", reason=reason, script="thank_publicly")


def ask_why(diary: Diary) -> Iterable[Due]:
    """Ask why they thought of you: their words show what to say the next time, and make the next time easy."""
    for one in _received(diary):
        if one.thanked_on and not one.because:
            reason = f"{name_of(diary, one.whose)} sent you {one.prospect}, and you do not know yet what made them."
            yield _about(diary, one, after(one.thanked_on, WHY_DAYS), "Ask {name} why", reason=reason, script="ask_why")


def handwritten(diary: Diary) -> Iterable[Due]:
    """Write by hand for the rare big one: a letter is kept when a message is long forgotten."""
    done = [one for one in _received(diary) if one.result == "done" and one.closed_on and one.value_cents]
    for one in done:
        usual = [other.value_cents or 0 for other in done if _year_before(other, one)]
        if len(usual) >= BIG_KNOWN and (one.value_cents or 0) >= BIG_TIMES * median(usual):
            reason = f"{one.prospect} was worth ${(one.value_cents or 0) / 100:,.0f}, far more than usual."
            on = after(one.closed_on or diary.today, 1)
            yield _about(diary, one, on, "Write to {name} by hand", reason=reason, script="handwritten")


def became_of_given(diary: Diary) -> Iterable[Due]:
    """Ask what became of whom you sent: else good referrals vanish, and nobody learns from the others."""
    for one in diary.referrals:
        if one.given and one.result == "open" and not one.introduced:
            reason = f"You sent {one.prospect} to {name_of(diary, one.whose)} on {day(one.referred_on)}."
            title = f"Ask {{name}} what became of {one.prospect}"
            yield _about(diary, one, after(one.referred_on, GIVEN_DAYS), title, reason=reason, script="became_given")


def _owed(diary: Diary, kind: ThankKind) -> Iterator[tuple[Passed, date]]:
    """The referrals for which thanks of a kind are owed, each with the day from which on."""
    for one in diary.referrals:
        care = diary.care.get(one.whose)
        due = thanks_due(one, publicly=care is not None and care.thank_publicly is True)
        if kind in due:
            yield one, due[kind]


def _received(diary: Diary) -> Iterable[Passed]:
    return (one for one in diary.referrals if not one.given)


def _year_before(other: Passed, one: Passed) -> bool:
    if other.closed_on is None or one.closed_on is None or other is one:
        return False
    return 0 <= (one.closed_on - other.closed_on).days <= BIG_YEAR_DAYS


def _about(diary: Diary, one: Passed, on: date, title: str, *, reason: str, script: str) -> Due:
    name = name_of(diary, one.whose)
    return Due(
        about=f"referral:{one.referral_id}",
        whose=one.whose,
        on=on,
        title=title.replace("{name}", name),
        reason=reason,
        script=script,
        words={"prospect": one.prospect},
    )
