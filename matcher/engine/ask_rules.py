"""Rules of the agenda that ask for referrals, each with its own good moment; the first in the table goes first."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from matcher.answers.agenda import Diary, MomentKind, Noticed, Work
from matcher.engine.due import Due, after, day, name_of

PROMISED_DAYS = 1  # after the results are confirmed (prior)
REMEMBER_DAYS = 60  # after the results: by then a promise has been kept or forgotten (prior)
DONE_DAYS = 1  # after the results are confirmed, when nothing was promised (prior)
AGAIN_DAYS = 30  # after the work for somebody they sent: long enough not to look greedy (prior)


def delivered(diary: Diary, work: Work) -> int:
    """How many people a client has sent as they promised with this work.

    Each counts once: for the work on whose page they made it, otherwise for the oldest work agreed by then whose
    promise is still open, else for the newest.
    """
    theirs = [one for one in diary.works if one.whose == work.whose]
    theirs.sort(key=lambda one: (one.agreed_on, one.sale_id))
    sent = [one for one in diary.referrals if not one.given and one.whose == work.whose]
    made = {work.sale_id: sum(one.sale_id == work.sale_id for one in sent) for work in theirs}
    for on in sorted(one.referred_on for one in sent if one.sale_id not in made):
        agreed = [one for one in theirs if one.agreed_on <= on]
        counts = next((one for one in agreed if made[one.sale_id] < one.promised), agreed[-1] if agreed else None)
        if counts is not None:
            made[counts.sale_id] += 1
    return made[work.sale_id]


def ask_promised(diary: Diary) -> Iterable[Due]:
    """Ask for the introductions that were promised at the handshake, now that the results are confirmed."""
    for work in diary.works:
        if work.results_on and delivered(diary, work) < work.promised:
            yield promise(diary, work, after(work.results_on, PROMISED_DAYS), "Ask {name} for what they promised")


def promise_open(diary: Diary) -> Iterable[Due]:
    """Come back once to a promise that was not kept yet, kindly: people forget, and they did mean it."""
    for work in diary.works:
        asked = diary.marks.get(f"ask_promised:sale:{work.sale_id}")
        if work.results_on and asked and asked.done_on and delivered(diary, work) < work.promised:
            yield promise(diary, work, after(work.results_on, REMEMBER_DAYS), "Come back to the promise of {name}")


def ask_done(diary: Diary) -> Iterable[Due]:
    """Ask when the work is done and they say that it is good: now they can tell others what it did for them."""
    for work in diary.works:
        if work.results_on and not work.promised:
            name, what = name_of(diary, work.whose), work.what or "the work"
            yield Due(
                about=f"sale:{work.sale_id}",
                whose=work.whose,
                on=after(work.results_on, DONE_DAYS),
                title=f"Ask {name} who else needs it",
                reason=f"{name} confirmed the results of {what} on {day(work.results_on)}.",
                script="ask_done",
                words={"work": work.what},
            )
    yield from _moments(diary, "done")


def ask_praise(diary: Diary) -> Iterable[Due]:
    """Ask when they praise you unasked: they have just said themselves what is good about it."""
    return _moments(diary, "praise")


def ask_testimonial(diary: Diary) -> Iterable[Due]:
    """Ask when they write well of you and nobody asked them to: they recommend you already."""
    return _moments(diary, "testimonial")


def ask_saved(diary: Diary) -> Iterable[Due]:
    """Ask when they say that you saved them: they know others who may get into the same trouble."""
    return _moments(diary, "saved")


def ask_joined(diary: Diary) -> Iterable[Due]:
    """Ask when somebody joins an organisation: they meet new people, and like to be the one who knows somebody."""
    return _moments(diary, "joined")


def ask_referred(diary: Diary) -> Iterable[Due]:
    """Ask again who has referred before, some time after the second thanks: willingness that is proven is rare."""
    for one in diary.referrals:
        if not one.given and one.result == "done" and one.closed_on and one.thanked_again_on:
            name = name_of(diary, one.whose)
            because = f" Why: “{one.because}”" if one.because else ""
            yield Due(
                about=f"referral:{one.referral_id}",
                whose=one.whose,
                on=after(one.closed_on, AGAIN_DAYS),
                title=f"Ask {name} who else is like {one.prospect}",
                reason=f"{name} sent you {one.prospect}, and it turned out well.{because}",
                script="ask_again",
                words={"prospect": one.prospect, "reason": one.because},
            )
    yield from _moments(diary, "referred")


def promise(diary: Diary, work: Work, on: date, title: str) -> Due:
    """That a client is to be reminded of what they promised for good work."""
    name, made = name_of(diary, work.whose), delivered(diary, work)
    results = day(work.results_on) if work.results_on else ""
    kept = f"so far {made} came" if made else "none came so far"
    return Due(
        about=f"sale:{work.sale_id}",
        whose=work.whose,
        on=on,
        title=title.replace("{name}", name),
        reason=f"{name} promised {_people(work.promised)}, {kept}. They confirmed the results on {results}.",
        script="ask_promised",
        words={"work": work.what, "number": str(work.promised - made)},
    )


def _people(count: int) -> str:
    return "an introduction" if count == 1 else f"{count} introductions"


def _moments(diary: Diary, kind: MomentKind) -> Iterable[Due]:
    return map(partial(_moment, diary), (one for one in diary.moments if one.kind == kind))


def _moment(diary: Diary, moment: Noticed) -> Due:
    name = name_of(diary, moment.whose)
    said = f" “{moment.wording}”" if moment.wording else ""
    return Due(
        about=f"moment:{moment.moment_id}",
        whose=moment.whose,
        on=moment.noticed_on,
        title=TITLES[moment.kind].format(name=name),
        reason=f"{name}, {day(moment.noticed_on)}:{said}" if said else f"Noticed on {day(moment.noticed_on)}.",
        script=f"ask_{moment.kind}",
    )


TITLES: dict[str, str] = {
    "praise": "Ask {name}, who praised you",
    "testimonial": "Ask {name}, who wrote well of you",
    "saved": "Ask {name}, whom you saved",
    "joined": "Ask {name}, who joined something new",
    "done": "Ask {name} who else needs it",
    "referred": "Ask {name}, who spoke of you",
}
