"""What we can bring a partner, in sentences: how many referrals a year, on which occasions, what one is worth."""

from matcher.answers.partners import Explanation

TERMS = ("our_clients_need", "their_order")  # reasons that speak of what they get from us
LEAST = 0.5  # referrals a year below which we name no number


def brought(found: Explanation) -> tuple[str, ...]:
    """The number first, then its reasons; only the reasons where we do not suggest them, so no number is worked out."""
    reasons = tuple(term.sentence for name in TERMS for term in found.terms if term.term == name)
    if found.suggestion is None:
        return reasons
    number = found.suggestion.to_them_a_year
    assumed = " We went by usual figures, so it is a guess." if found.suggestion.assumed else ""
    if number < LEAST:
        return ("We would send them somebody less than once in two years." + assumed, *reasons)
    people = "one client" if round(number) <= 1 else f"{number:.0f} clients"
    return (f"We could send them about {people} a year.{assumed}", *reasons)
