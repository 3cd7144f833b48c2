"""What operations on mail take; more on such types in `inputs`."""

from typing import Annotated

from pydantic import Field

from matcher.answers.posted import (
    ADDRESS_CHARACTERS,
    BODY_CHARACTERS,
    NAME_CHARACTERS,
    SUBJECT_CHARACTERS,
    MailTold,
    Security,
    SenderTold,
)
from webapp.api.client_inputs import LINES
from webapp.api.inputs import PRINTED, WHOLE, Body, Query

EMAIL_CHARACTERS = 254  # RFC 5321
Address = Annotated[str, Field(max_length=EMAIL_CHARACTERS, pattern=PRINTED, json_schema_extra={"format": "email"})]


class MailBody(Body):
    """A mail that its owner has read and lets go; the same key twice is one mail."""

    key: Annotated[str, Field(min_length=1, max_length=80, pattern=PRINTED)]
    to_email: Address
    to_name: Annotated[str, Field(max_length=NAME_CHARACTERS, pattern=PRINTED)] = ""
    subject: Annotated[str, Field(min_length=1, max_length=SUBJECT_CHARACTERS, pattern=PRINTED)]
    body: Annotated[str, Field(min_length=1, max_length=BODY_CHARACTERS, pattern=LINES)]
    promotes: Annotated[bool, Field(description="Then it says who sends it, and how to get no more.")] = True

    def told(self) -> MailTold:
        """The same as the core takes it."""
        return MailTold(**{name: getattr(self, name) for name in type(self).model_fields})


class SenderBody(Body):
    """From whom mail comes and through which server; without a password the one that is kept stays."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_CHARACTERS, pattern=PRINTED)]
    email: Address
    postal_address: Annotated[str, Field(min_length=1, max_length=ADDRESS_CHARACTERS, pattern=LINES)]
    host: Annotated[str, Field(max_length=253, pattern=PRINTED)] = ""
    port: Annotated[int, Field(ge=1, le=65_535), WHOLE] = 587
    security: Security = "starttls"
    username: Annotated[str, Field(max_length=254, pattern=PRINTED)] = ""
    password: Annotated[str, Field(max_length=400)] | None = None

    def told(self) -> SenderTold:
        """The same as the core takes it."""
        return SenderTold(**{name: getattr(self, name) for name in type(self).model_fields})


class AddressBody(Body):
    """An e-mail address."""

    email: Address


class AddressQuery(Query):
    """An e-mail address."""

    email: Address
