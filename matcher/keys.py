"""Keys for one purpose each, all from the operator's secret; none of them is ever stored."""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matcher.errors import Unavailable

KEY_BYTES = 32  # as Fernet and HMAC-SHA-256 take them


def derived(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose (HKDF-SHA-256, RFC 5869); Unavailable where the operator has set no secret."""
    if not secret:
        raise Unavailable("This needs SWITCHBOARD_SECRET_KEY to be set; the README says how.")
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"switchboard {purpose}".encode()).derive(secret.encode())


def sealed(secret: str, purpose: str, text: str) -> bytes:
    """The text, readable again only with the same secret and purpose (Fernet: AES-128-CBC, HMAC-SHA-256)."""
    return Fernet(base64.urlsafe_b64encode(derived(secret, purpose))).encrypt(text.encode())


def unsealed(secret: str, purpose: str, content: bytes) -> str | None:
    """What was sealed; None when it was with another secret, or changed since."""
    try:
        return Fernet(base64.urlsafe_b64encode(derived(secret, purpose))).decrypt(content).decode()
    except InvalidToken:
        return None


def keyed_hash(secret: str, purpose: str, text: str) -> str:
    """64 hexadecimal digits that only whoever knows the secret can find out for a text (HMAC-SHA-256)."""
    return hmac.new(derived(secret, purpose), text.encode(), hashlib.sha256).hexdigest()


def signed(secret: str, purpose: str, text: str) -> tuple[str, str]:
    """The public key of a purpose and its signature of the text (Ed25519, RFC 8032), in hexadecimal digits."""
    key = Ed25519PrivateKey.from_private_bytes(derived(secret, purpose))
    return key.public_key().public_bytes_raw().hex(), key.sign(text.encode()).hex()


def is_signed(key: str, signature: str, text: str) -> bool:
    """Whether a signature of the text was made with the other half of this public key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
