"""A kit as a file: its content with its hash and, where the installation has a key, a signature."""

import json
from collections.abc import Mapping
from typing import Any

from matcher.answers.coached import KIT_BYTES
from matcher.coach_kit.content import checked, content_hash
from matcher.errors import Invalid
from matcher.keys import is_signed, signed

PURPOSE = "programme kit"  # of the installation's key
FORM = 1  # of the file
OURS = {"switchboard_kit", "kit", "sha256", "key", "signature"}
NO_KIT = "This is no file of a kit: please choose one that was saved here as “kit”, ending in .json."
CHANGED = (
    "This kit was changed after it was saved: its fingerprint does not fit. Ask for the file again, "
    "or take “sha256” and “signature” out of it if you changed it yourself."
)


def signature_of(whole: str, secret: str) -> tuple[str, str]:
    """(public key, signature) of a kit's hash by this installation; both empty where it has no secret."""
    return signed(secret, PURPOSE, whole) if secret else ("", "")


def vouched(whole: str, signature: str, secret: str) -> bool:
    """Whether this installation signed a kit's hash."""
    return bool(secret and signature) and is_signed(signature_of(whole, secret)[0], signature, whole)


def write_kit(content: Mapping[str, Any], secret: str) -> bytes:
    """The file of a kit, to be read by people as well."""
    whole = content_hash(content)
    key, signature = signature_of(whole, secret)
    proof = {"key": key, "signature": signature} if signature else {}
    told = {"switchboard_kit": FORM, "kit": content, "sha256": whole, **proof}
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def read_kit(file: bytes) -> dict[str, Any]:
    """The content of a kit's file; Invalid, in one sentence, for what is none and for one that was changed."""
    if len(file) > KIT_BYTES:
        raise Invalid("file", f"A kit has at most {KIT_BYTES // 1_000_000} MB; this file is larger.")
    try:
        told = json.loads(file.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Invalid("file", NO_KIT) from error
    if not isinstance(told, dict) or told.get("switchboard_kit") != FORM or told.keys() - OURS:
        raise Invalid("file", NO_KIT)
    content = checked(told.get("kit"))
    whole = content_hash(content)
    if "sha256" in told and told["sha256"] != whole:
        raise Invalid("file", CHANGED)
    key, signature = str(told.get("key", "")), str(told.get("signature", ""))
    if signature and not is_signed(key, signature, whole):
        raise Invalid("file", CHANGED)
    return content
