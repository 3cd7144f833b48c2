"""The words by which a need is told: “needs”, “is looking for”, “would like”."""

import re

BEFORE = (
    r"(?:\b(?:he|she|they|we|i|it|who)\s+)?(?:(?:\b(?:is|are|am|was|were)|[’']s|[’']re)\s+)?"
    r"(?:\b(?:also|now|still|really|badly|urgently|currently|both|has|have|will|may|might|soon|just)\s+)*"
)
ASKS = (
    "look(?:ing|s)? for",
    "search(?:ing|es)? for",
    "shopping for",
    "hoping for",
    "in need of",
    "in the market for",
    "need(?:s|ed|ing)?",
    "want(?:s|ed|ing)?",
    "would (?:like|love)",
    "could use",
    "ask(?:s|ed|ing)? (?:for|about)",
    "seek(?:s|ing)?",
    "requires?",
    "interested in",
    "(?:must |to )?find(?:ing)?(?: me| us| him| her| them)?",
    "recommendations? for",
    "(?:could|can) (?:you|we|anyone|somebody) (?:please )?(?:find|recommend|suggest)",
    "(?:do|does) (?:you|anyone|somebody) know(?: of)?",
    "braucht|brauchen|benötigt|sucht|suchen|gesucht|möchte",
    "busca[n]?|necesita[n]?|quiere[n]?",
    "cherche(?:nt)?|veut|a besoin d[eu]?",
    "cerca(?:no)?|zoekt",
)
CUE = re.compile(
    rf"{BEFORE}(?:(?<![\w’'])(?:{'|'.join(ASKS)})|[’']d (?:like|love))(?!\w)",
    re.IGNORECASE,
)
# Before a cue: nobody asks. Who does not find somebody still does.
REFUSED = re.compile(r"\b(?:(?:do|does|did)(?: not|n[’']t)|no longer|never)\s+$", re.IGNORECASE)
FINDING = re.compile(r"\bfind", re.IGNORECASE)

# What stands between the cue and the thing itself, taken away piece by piece: “someone for”, “help with”, “a good”.
OPENING = re.compile(
    r"(?:to (?:find|hire|get|book|have|see|talk to|speak to|buy)"
    r"|(?:some )?(?:help|advice|support) (?:with|finding|on|for)"
    r"|(?:some(?:one|body)|any(?:one|body)|people|a (?:person|pro|firm|company))"
    r" (?:for|to|with|who (?:can|could|does|is))"
    r"|recommendations? for|an?|the|some|any|his|her|their|our|my|new|another|un[ae]?|ein(?:en?)?|une|good|great|nice"
    r"|reliable|decent|trust(?:ed|worthy)|local|nearby|experienced|honest)\s+",
    re.IGNORECASE,
)
# Where the thing ends and its story begins: “an accountant | for her shop”.
STORY = re.compile(
    r"\s+(?:for|who|that|because|since|as|to|with|after|before|when|by|on|in|at|from|near|of|every|weekly|monthly"
    r"|afterwards|soon|regularly|again|once|twice)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
ALSO = re.compile(r"\s+(?:and|plus|as well as|und|y|et|e)\s+|\s*[&+/]\s*", re.IGNORECASE)  # between two things
NEXT_THING = re.compile(r"(?:an?|some(?:one|body)?|another|help)\s", re.IGNORECASE)  # begins a thing of its own
KIND = re.compile(  # behind a thing, says only that somebody sells it
    r"\s+(?:guy|man|lady|person|people|help|expert|specialist|pro|company|firm|service|services|place)$", re.IGNORECASE
)
BARE = frozenset(
    "is are was were be has have had to in on at of for from by with near and or but who also they she he it we i "  # noqa: SIM905
    "you his her their our my the a an now just recently there here call called contact via s re help something "
    "someone somebody anyone anybody maybe some due closing".split()
)  # words that say nothing by themselves


def says_nothing(said: str) -> bool:
    """Whether a text has no word that tells anything."""
    return all(word in BARE for word in re.findall(r"[^\W_]+", said.casefold()))
