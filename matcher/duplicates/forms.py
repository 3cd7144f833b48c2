"""Comparable forms of what people write: telephone numbers, addresses, names and how they sound."""

import re

from matcher.names import fold

TITLES = frozenset("mr mrs ms miss mx dr prof rev sir herr frau jr sr ii iii iv phd md esq cpa".split())  # noqa: SIM905
LEGAL = frozenset("inc llc ltd gmbh co corp company corporation limited plc llp pllc pc the of and a".split())  # noqa: SIM905
_WAYS = """
street st avenue ave av road rd drive dr boulevard blvd lane ln place pl court ct square sq way
north south east west n s e w ne nw se sw
"""
WAYS = frozenset(_WAYS.split())  # words that come and go when people write a street
_FREE_MAIL = """
gmail.com googlemail.com yahoo.com yahoo.co.uk ymail.com hotmail.com hotmail.co.uk outlook.com live.com msn.com aol.com
icloud.com me.com mac.com gmx.de gmx.net gmx.com gmx.at web.de t-online.de freenet.de mail.com proton.me protonmail.com
comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net orange.fr free.fr
wanadoo.fr laposte.net libero.it virgilio.it bluewin.ch btinternet.com sky.com mail.ru yandex.ru qq.com 163.com zoho.com
fastmail.com hey.com rocketmail.com optonline.net
"""
FREE_MAIL = frozenset(_FREE_MAIL.split())  # addresses that anybody can have; they say nothing of where somebody works
PHONE_TELLS, PHONE_SHORTEST = 9, 6  # digits: the last 9 are the same with and without a country code; 6 make a number
SOUNDS = {
    **dict.fromkeys("bfpv", "1"),
    **dict.fromkeys("cgjkqsxz", "2"),
    **dict.fromkeys("dt", "3"),
    "l": "4",
    **dict.fromkeys("mn", "5"),
    "r": "6",
}


def phone_form(text: str) -> str:
    """The last nine digits of a telephone number without leading zeros; "" when there are too few for one."""
    digits = re.sub(r"\D", "", re.split(r"(?i)\s*(?:x|ext)", text, maxsplit=1)[0]).lstrip("0")
    return digits[-PHONE_TELLS:] if len(digits) >= PHONE_SHORTEST else ""


def email_form(text: str) -> str:
    """An address in small letters, without what follows a plus, and for Gmail without dots, which it ignores."""
    local, at, domain = text.strip().casefold().rpartition("@")
    if not at or not local:
        return ""
    local = local.partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def own_domain(email: str) -> str:
    """The domain of an address when it is somebody's own; "" for the ones that anybody can have."""
    domain = email.rpartition("@")[2]
    return "" if domain in FREE_MAIL else domain


def name_form(text: str) -> tuple[str, str]:
    """Given name and surname, folded, without titles; a surname before a comma is one. One word is a given name."""
    before, comma, after = text.partition(",")
    words = [word for word in fold(f"{after} {before}" if comma else text).split() if word not in TITLES]
    if len(words) < 2:
        return (words[0] if words else ""), ""
    return words[0], words[-1]


def company_form(text: str) -> str:
    """A firm's name, folded, without legal forms and small words."""
    words = fold(text.replace("'", "").replace(".", "")).split()
    return " ".join(word for word in words if word not in LEGAL) or " ".join(words)


def street_form(text: str) -> tuple[str, str]:
    """House number and street, folded; the number is the first that stands there, kinds and directions are left out."""
    words = fold(text).split()
    number = next((word for word in words if word[0].isdigit()), "")
    if number:
        words.remove(number)
    return number, " ".join(word for word in words if word not in WAYS) or " ".join(words)


def sound(word: str) -> str:
    """How a word sounds, in four characters: Soundex as the U.S. National Archives describe it; "" for no word.

    “h” and “w” do not part two consonants of one sound, vowels do.
    """
    if not word:
        return ""
    code, last = word[0], SOUNDS.get(word[0], "")
    for letter in word[1:]:
        now = SOUNDS.get(letter, "")
        if now and now != last:
            code += now
        last = last if letter in "hw" else now
    return code[:4]
