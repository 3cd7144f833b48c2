"""Texts that try to become more than text in a mail; made from a seed, so that a failure can be seen again."""

from collections.abc import Iterator
from random import Random

EVIL = "evil@example.net"
PIECES = (
    *("\r", "\n", "\r\n", "\r\n ", "\n\t", "\0", "\x0b", "\x0c", "\x1b", "\x85", "\u2028", "\u2029", "\udcff", "\x7f"),
    *("\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\u00ad", "\u200d"),
    *(f"Bcc: {EVIL}", f"To: {EVIL}", f"Cc:{EVIL}", f"\r\nBcc: {EVIL}\r\n\r\n", f"\nReply-To: {EVIL}", "\r\n.\r\n"),
    *(f"RCPT TO:<{EVIL}>", "\r\nDATA\r\n", "Content-Type: text/html", "\r\n\r\n<b>hi</b>", "MIME-Version: 1.0"),
    *(f"=?utf-8?q?=0D=0ABcc:_{EVIL}?=", "=?utf-8?b?DQpCY2M6IGV2aWxAZXhhbXBsZS5uZXQ=?=", "=?", "?=", "=?x?", "=0d=0a"),
    *(f"=?iso-8859-1?Q?a?= =?utf-8?q?_{EVIL}?=", "=?us-ascii?q?=22=2C?=", "=?utf-8*en?q?x?="),
    *(
        f"<{EVIL}>",
        f", {EVIL}",
        f"; {EVIL}",
        f'" <{EVIL}>, "',
        "\\",
        '"',
        "'",
        "(",
        ")",
        "(comment)",
        "group:",
        ";",
        ":",
    ),
    *("@", "<", ">", ",", "<<>>", "[", "]", "%0d%0aBcc:", "${7*7}", "{{x}}", "&", "?bcc=", "+", "%"),
    *("Ana", "Zoë", "Müller", "日本", "👩\u200d🚀", "é" * 40, "x" * 90, " ", "  ", "\t", "a" * 300, "€" * 120),
)


def hostile_texts(seed: int) -> Iterator[str]:
    """Endless texts of a few pieces each."""
    random = Random(seed)
    while True:
        yield "".join(random.choices(PIECES, k=random.randint(1, 5)))
