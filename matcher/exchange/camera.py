"""Pictures that a phone's camera reads (QR codes), as SVG."""

import io

import qrcode
from qrcode.exceptions import DataOverflowError
from qrcode.image.svg import SvgPathImage


def camera_svg(text: str) -> str:
    """The text as a picture that a phone's camera reads; "" when it is too long for one (about 2,900 octets)."""
    drawn = io.BytesIO()
    try:
        qrcode.make(text, image_factory=SvgPathImage, border=2).save(drawn)
    except DataOverflowError:
        return ""
    return drawn.getvalue().decode()
