"""What a stranger writes into a form, held to one line or a few before it is kept."""

import re

from matcher.errors import Invalid

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, line ends, marks that turn the direction of writing; what joins emoji is allowed.
NOT_ON_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
NOT_IN_A_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bq]\?", re.IGNORECASE)  # a mail program would read it as a header


def one_line(field: str, text: str, limit: int) -> str:
    """The text without blanks around it; Invalid for more than one line, for what cannot be seen, and when too long."""
    line = text.strip()
    if NOT_ON_A_LINE.search(line) or ENCODED_WORD.search(line):
        raise Invalid(field, "Please write this on one line, in plain letters.")
    if len(line) > limit:
        raise Invalid(field, f"Please keep this under {limit:,} characters.")
    return line


def few_lines(field: str, text: str, limit: int) -> str:
    """The text with plain line ends and nothing that cannot be seen; Invalid when it is too long."""
    lines = NOT_IN_A_TEXT.sub("", LINE_ENDS.sub("\n", text)).replace("\t", " ").strip()
    if len(lines) > limit:
        raise Invalid(field, f"Please keep this under {limit:,} characters.")
    return lines
