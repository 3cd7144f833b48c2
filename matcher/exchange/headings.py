"""What the headings of lists of businesses mean, in English, German, French, Spanish, Dutch and Italian."""

import re
from functools import cache

from matcher.names import fold

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])")

# Field -> headings, folded, separated by semicolons; the first of each line is the plainest.
SYNONYMS = {
    "name": """business name; name; company; company name; business; firm; firm name; organization; organisation;
        organization name; organisation name; account name; trade name; trading name; trading as; dba; dba name;
        doing business as; doing business as name; legal name; legal business name; registered name; entity name;
        establishment; establishment name; licensee; licensee name; licence holder; license holder; facility name;
        facility; vendor name; vendor; supplier; member; member name; shop name; store name; title; brand; operator;
        place name; borrower name; location name; employer; employer name; practice name; business legal name;
        firma; firmenname; unternehmen; betrieb; geschaftsname; firmierung; name der firma; unternehmensname; bezeichnung;
        entreprise; nom; nom de l entreprise; raison sociale; societe; denomination; enseigne; nom commercial;
        etablissement; denomination sociale; empresa; nombre; nombre de la empresa; razon social; nombre comercial;
        negocio; denominacion; establecimiento; compania; bedrijf; bedrijfsnaam; naam; handelsnaam; onderneming;
        organisatie; azienda; nome; nome azienda; ragione sociale; ditta; impresa; denominazione; insegna; esercizio""",
    "address": """address; street address; street; address 1; address line 1; address1; addr; addr street; location address;
        business address; mailing address; physical address; site address; full address; business street;
        address line 2; address 2; street 1; street number; street no; house number; house no; addr housenumber;
        street direction; street dir; pre direction; direction; street name; street suffix; street type; suffix; suite;
        suite apt no; apt; apt no; apartment; unit; unit number; suite number; floor; premise; premise address;
        building; company address; primary address; business address line 1; address street; mailing street;
        billing street; strasse; str; anschrift; adresse; hausnummer; strasse und hausnummer; hausnr; strasse nr;
        rue; voie; adresse postale; numero de voie; libelle de voie; complement d adresse; direccion; calle; domicilio;
        via; indirizzo; numero civico; civico; straat; adres; huisnummer; straatnaam; straat en huisnummer""",
    "city": """city; town; city name; locality; municipality; business city; mailing city; billing city; location city;
        physical city; post town; village; suburb; place; addr city; address city; city town; company city; site city;
        primary city; ort; stadt; wohnort; gemeinde; ville; commune; localite; ciudad; localidad; poblacion; municipio;
        stad; plaats; woonplaats; vestigingsplaats; gemeente; citta; comune; localita""",
    "region": """state; state code; province; region; county state; state province; st; business state; mailing state;
        billing state; location state; prov; addr state; address state; state region; company state; territory;
        bundesland; kanton; departement; comunidad; comunidad autonoma; provincia; provincie; regione; estado""",
    "postcode": """zip; zip code; postal code; postcode; post code; zipcode; postalcode; business zip; mailing zip;
        zip 5; zip5; zip 4; postal; business postal code; mailing postal code; billing postal code; location zip;
        addr postcode; address postal code; zip postal code; company zip; plz; postleitzahl; code postal; cp;
        codigo postal; c p; postcode plaats; cap; codice postale; codice avviamento postale""",
    "country": """country; country code; nation; business country; mailing country; billing country; addr country;
        country region; business country region; land; staat; pays; pais; paese; nazione""",
    "lat": """latitude; lat; y; ycoord; y coord; y coordinate; gps lat; geo lat; latitud; latitudine; breitengrad;
        breite; geographische breite; breedtegraad; point y; wgs84 lat; decimal latitude""",
    "lon": """longitude; lon; lng; long; x; xcoord; x coord; x coordinate; gps lon; gps lng; geo lon; geo lng; longitud;
        longitudine; langengrad; laengengrad; lange; geographische lange; lengtegraad; point x; wgs84 lon; decimal longitude""",
    "phone": """phone; telephone; phone number; telephone number; tel; tel no; business phone; company phone; main phone;
        work phone; office phone; phone no; phone 1; phone 1 value; contact phone; primary phone; contact number; mobile;
        cell; mobile phone; telefon; telefonnummer; rufnummer; festnetz; telefon nr; handy; numero de telephone;
        telefono; numero de telefono; telefoon; telefoonnummer; tel nr; numero di telefono; cellulare; movil""",
    "email": """email; e mail; email address; e mail address; mail; business email; company email; contact email;
        primary email; e mail 1 value; email 1; e mail 1; electronic mail; emailadresse; e mail adresse;
        mailadresse; courriel; adresse e mail; adresse mail; adresse electronique; correo; correo electronico;
        direccion de correo; e mailadres; mailadres; emailadres; posta elettronica; indirizzo email; indirizzo e mail""",
    "website": """website; web site; url; web; homepage; home page; web address; website url; web url; company website;
        internet; www; site; link; website 1 value; business website; domain; company domain name; webseite; internetseite;
        internetadresse; webadresse; site web; site internet; sitio web; pagina web; sito; sito web; sito internet; webpagina""",
    "naics": """naics; naics code; naics codes; naicscode; primary naics; naics 1; naics 2; naics 3; naics code 1;
        naics code 2; naics code 3; naics2; naics3; naics primary; naics 2012; naics 2017; naics 2022; industry code;
        primary naics code; secondary naics; naics code description; naics 2022 code; naics 2017 code; naics 2012 code""",
    "category": """category; categories; type; business type; type of business; business category; business categories;
        industry; sector; subcategory; sub category; sub type; subtype; tags; tag; keywords; trade; line of business;
        nature of business; description of business; business description; primary category; main category; class; kind;
        business activity; activity; activity category; activity description; naics description; naics title; sic description;
        industry description; industry group; primary type; types; license description; profession; occupation; specialty;
        specialties; speciality; specialities; amenity; craft; cuisine; segment; directory category; member category;
        category 1; category 2; category 3; license category; licence category; business class; sic title; facility type;
        branche; kategorie; gewerbe; beruf; tatigkeit; branchenbezeichnung; gewerk; berufsbezeichnung; fachgebiet;
        secteur; categorie; activite; metier; secteur d activite; type d etablissement; libelle naf; activite principale;
        categoria; rubro; sector; actividad; giro; actividad economica; profesion; tipo; subcategoria; ramo;
        categoria merceologica; settore; attivita; attivita prevalente; professione; bedrijfstak; sector; categorieen;
        activiteit; beroep; soort bedrijf; rubriek""",
    "services": """services; services offered; service; offers; products and services; what we do; offerings; service codes;
        leistungen; dienstleistungen; angebot; prestations; servicios; diensten; dienst; servizi; prestazioni""",
    "markets": """markets; target market; target markets; market; audience; serves; ideal client; ideal clients; clientele;
        zielgruppe; zielgruppen; kundenkreis; public cible; clients cibles; publico objetivo; mercado; doelgroep;
        target; mercato; clientela""",
    "tier": """price tier; tier; price; price level; price range; price class; pricing; price category; preisklasse; preisniveau;
        gamme de prix; niveau de prix; rango de precios; nivel de precios; prijsklasse; prijsniveau; fascia di prezzo""",
    "closed": """closed on; closed; closed date; date closed; close date; closure date; closing date; business end date;
        end date; location end date; out of business; out of business date; permanently closed; deprecated; superseded;
        status; business status; account status; license status; licence status; operating status; operational status;
        ceased; ceased on; cessation date; dissolved; geschlossen; abgemeldet; gewerbeabmeldung; stillgelegt; betriebsstatus;
        ferme; date de fermeture; etat; cerrado; fecha de baja; estado del negocio; baja; gesloten; opgeheven; einddatum;
        chiuso; data chiusura; cessata; data cessazione; stato""",
}

# Words after which a heading is about something else than the business itself.
OTHERS = frozenset(
    """owner contact lender manager agent parent previous former old closest stop stopp nearest distance dist days
    date time id count number code year jobs amount loan fee population ward precinct district council tract block
    parcel zone zoning first last middle birth license licence permit expiration issue issued start approved accept
    source updated modified created by score rating reviews image photo logo fax mailing billing home""".split()
)


def words_of(heading: str) -> str:
    """A heading as folded words: "BusinessName" and "business_name" both become "business name"."""
    return fold(CAMEL.sub(" ", heading.replace("ß", "ss")))


@cache
def _meanings() -> dict[str, tuple[str, float]]:
    """Folded heading -> field and how surely; the first heading of a field is its plainest."""
    meanings: dict[str, tuple[str, float]] = {}
    for field, headings in SYNONYMS.items():
        for rank, heading in enumerate(headings.split(";")):
            text = " ".join(heading.split())
            for form in (text, text.replace(" ", "")):
                meanings.setdefault(form, (field, 0.95 - 0.002 * min(rank, 50)))
    return meanings


@cache
def field_of(heading: str) -> tuple[str, float]:
    """The field that a heading names, and how surely (0-1); ("", 0) when it says nothing."""
    words = words_of(heading)
    if not words:
        return "", 0.0
    known = _meanings().get(words) or _meanings().get(words.replace(" ", ""))
    return known or _part_of(words.split())


def _part_of(words: list[str]) -> tuple[str, float]:
    """A heading that ends or begins with a known one ("primary business telephone"), unless it is about others."""
    meanings = _meanings()
    for size in range(len(words) - 1, 0, -1):
        for part, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            field, sure = meanings.get(" ".join(part), ("", 0.0))
            if field and len("".join(part)) > 2 and OTHERS.isdisjoint(rest):
                return field, sure * (0.5 + 0.3 * size / len(words))
    return "", 0.0
