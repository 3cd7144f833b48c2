"""What of a typed text can be seen: no control characters, no marks that turn the direction of writing."""

import unicodedata

JOINERS = "\u200c\u200d"  # unseen, but they hold letters and pictures together
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # Unicode classes of what nobody can see
LINE_BREAKS = "\n\r\u2028\u2029"


def visible(text: str) -> str:
    """The text with single blanks, its letters in one piece; lines stay lines, empty ones go."""
    seen = (
        "\n" if sign in LINE_BREAKS else " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", text)
        if sign in JOINERS or sign.isspace() or unicodedata.category(sign) not in UNSEEN
    )
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(seen).split("\n"))))
