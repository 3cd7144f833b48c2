"""What operations on what we hand out take; more on such types in `inputs`."""

from typing import Annotated

from pydantic import Field

from matcher.answers.taught import OwnContact
from matcher.exchange.pdf import Paper
from matcher.exchange.vcard import Version
from matcher.kit import LENGTHS
from matcher.lists.handouts import Handout
from webapp.api.inputs import PRINTED, Body, Query


class HandoutQuery(Query):
    """Which text is meant."""

    what: Handout


class CardQuery(Query):
    """In which version of vCard; phones read 3.0."""

    version: Version = "3.0"


class FlyerQuery(Query):
    """On which paper."""

    paper: Paper = "a4"


class OwnContactBody(Body):
    """How our own business is reached; what is left out is taken out."""

    phone: Annotated[str, Field(max_length=LENGTHS["phone"], pattern=PRINTED)] = ""
    email: Annotated[str, Field(max_length=LENGTHS["email"], pattern=PRINTED)] = ""
    website: Annotated[str, Field(max_length=LENGTHS["website"], pattern=PRINTED)] = ""
    street: Annotated[str, Field(max_length=LENGTHS["street"], pattern=PRINTED)] = ""
    postcode: Annotated[str, Field(max_length=LENGTHS["postcode"], pattern=PRINTED)] = ""

    def told(self) -> OwnContact:
        """The same as the core takes it."""
        return OwnContact(**{name: getattr(self, name) for name in type(self).model_fields})
