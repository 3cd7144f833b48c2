"""What columns of tables are called where people read them; files keep the columns' own names."""

import json
from collections.abc import Mapping
from typing import Any

ENDINGS: Mapping[str, str] = {  # how a column's name ends -> how its words end
    "_at": " on",
    "_cents": " in cents",
    "_km": " in km",
}
COLUMN_WORDS: Mapping[str, str] = {  # column -> its words, where its own name does not say it
    "added_on": "on your list since",
    "asked_count": "how often you asked",
    "asked_how": "how you asked",
    "before": "as they were before",
    "began_on": "began on",
    "by_link": "answered on their own link",
    "changed_in": "in which list they changed",
    "code": "which",
    "complete": "all is told",
    "contacts_a_year": "times a year that they talk",
    "email": "e-mail",
    "file_name": "name of the file",
    "for_us": "introduces you",
    "from_on": "from",
    "given": "sent by you",
    "gone_in": "in which list they left",
    "grade": "how good a client",
    "id": "number",
    "import_id": "came with list number",
    "keeps_out": "line was left out",
    "kept_id": "number of who stayed",
    "key": "about",
    "lat": "latitude",
    "lon": "longitude",
    "markets": "who they are",
    "meeting_on": "to meet on",
    "needed_by_on": "needed by",
    "occasion_id": "number of the journey",
    "offers": "what they do",
    "one_id": "number of the one",
    "opened_on": "open since",
    "other_emails": "other e-mail addresses",
    "other_id": "number of the other",
    "other_phones": "other telephones",
    "phone": "telephone",
    "position": "what they do there",
    "postcode": "postcode or ZIP",
    "promised": "introductions promised",
    "promotes": "may be unsubscribed from",
    "prospect": "who was sent",
    "prospect_person_id": "number of who was sent",
    "rated_on": "told on",
    "refers": "sends people on",
    "region": "state or region",
    "reputation_share": "how well people speak of them (0 to 1)",
    "results_on": "results confirmed on",
    "reward": "what they got",
    "rhythm_days": "days from one word to the next",
    "role": "which side",
    "said": "what the mail server said",
    "seen_in": "in which list they joined",
    "serves": "whom they serve",
    "since_on": "since",
    "standing": "cold, or said no",
    "stars": "stars out of five",
    "state": "where it stands",
    "street": "street and number",
    "tagged_on": "gone through on",
    "thank_publicly": "may be thanked publicly",
    "tier": "price level",
    "to_email": "to the address",
    "to_name": "to",
    "until_on": "until",
    "valid_until_on": "valid until",
    "vouch_share": "how gladly you would vouch (0 to 1)",
    "withdrawn_on": "taken back on",
    "within_km": "at most this far (km)",
    "wording": "in words",
    "words": "in their words",
    "worked_together": "have worked together",
    "years": "years known",
}


def column_words(column: str) -> str:
    """A column in words: "heard_on" is "heard on", "need_id" "number of the need", "merged_at" "merged on"."""
    if column in COLUMN_WORDS:
        return COLUMN_WORDS[column]
    if column.endswith("_id"):
        return f"number of the {column.removesuffix('_id').replace('_', ' ')}"
    ending = next((one for one in ENDINGS if column.endswith(one)), "")
    return column.removesuffix(ending).replace("_", " ") + ENDINGS.get(ending, "")


def said(told: Any) -> str:
    """What a column holds, as people read it: "yes", "no", a list with commas, everything else as it is kept."""
    if isinstance(told, bool):
        return "yes" if told else "no"
    if isinstance(told, list | tuple):
        return ", ".join(map(said, told))
    return json.dumps(told, ensure_ascii=False) if isinstance(told, dict) else str(told)
