"""Lists of contacts as programs really write them: every person is found, whatever the program and the encoding."""

import csv
import io
import zipfile

import pytest
from email_validator import validate_email
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from matcher.answers.told import PLAIN_CHARACTERS, PLAIN_EMAIL
from matcher.errors import Invalid
from matcher.exchange.archives import MEMBER_BYTES
from matcher.exchange.grid import PEOPLE_MOST
from matcher.exchange.reader import LISTED
from tests.bench.tables import SHARED_DATA
from tests.exchange.conftest import ReadPeople
from tests.mutated import EDITS, WHOLE, Edit, damaged
from tests.mutated import PEOPLE as PEOPLE_MADE
from tests.mutated import read as found_in

REAL = SHARED_DATA / "contacts"
CARDS = {  # real files of other programs -> how many cards they hold
    "John_Doe_ANDROID.vcf": 6,
    "John_Doe_GMAIL.vcf": 1,
    "John_Doe_IPHONE.vcf": 1,
    "John_Doe_MS_OUTLOOK.vcf": 1,
    "apple.vcf": 1,
    "gmail-list.vcf": 3,
    "outlook-2003.vcf": 1,
    "rfc2426-example.vcf": 2,
    "utf-16_sample.vcf": 1,
}
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. You '
    "will only see email addresses for connections who have allowed it here https://www.linkedin.com/psettings, "
    'or there."\n\n'
)
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,"
    "Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,"
    "Custom Field 1 - Label,Custom Field 1 - Value"
)
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,"
    "Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,"
    "Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other City,"
    "Assistant's Phone,Business Fax,Business Phone,Home Phone,Mobile Phone,Assistant's Name,Birthday,Categories,"
    "E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Manager's Name,Notes,Referred By,Spouse,Web Page"
)
OUTLOOK_ONLINE = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,"
    "E-mail 3 Address,Home Phone,Business Phone,Mobile Phone,Pager,Business Fax,Job Title,Department,Company,"
    "Office Location,Manager's Name,Assistant's Name,Company Yomi,Business Street,Business City,Business State,"
    "Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,"
    "Home Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary,Notes"
)
LAYOUTS = {
    "LinkedIn": LINKEDIN,
    "Google": GOOGLE,
    "Outlook": OUTLOOK,
    "Outlook, older": OUTLOOK.replace("Country/Region", "Country"),
    "Outlook online": OUTLOOK_ONLINE,
    "HubSpot": "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,"
    "Last Modified Date,Contact Type,Lifecycle Stage,Company name,Job Title,City,State/Region,Postal Code",
    "Salesforce": "Salutation,Last Name,First Name,Title,Phone,Mobile Phone,Email,Account Name,Mailing Street,"
    "Mailing City,Mailing State,Mailing Postal Code,Mailing Country,Lead Source",
    "Thunderbird": "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,"
    "Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,"
    "Home Country,Work Address,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Notes",
    "LinkedIn, German": "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
    "LinkedIn, French": "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connecté le",
    "LinkedIn, Spanish": "Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Conectado el",
    "LinkedIn, Italian": "Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il",
    "LinkedIn, Dutch": "Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op",
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
PEOPLE = (
    ("Zoë", "Müller", "zoe@example.com", "Café Ölmühle, Inc."),
    ("José", "Nuñez", "", "Peña & Söhne"),
    ("Ann", "O'Neil", "ann@example.org", ""),
)
FIRST = ("First Name", "Vorname", "Prénom", "Nombre", "Nome", "Voornaam")
LAST = ("Last Name", "Nachname", "Nom", "Apellidos", "Cognome", "Achternaam")
MAIL = ("mail", "correo")  # part of the heading of the first address
MAIL_NOT = ("label", "type", "display", "2", "3", "secondary")
FIRM = (
    *("company", "organization", "account name", "organization name", "company name"),
    *("unternehmen", "entreprise", "empresa", "azienda", "bedrijf"),
)


def listed(heading: str) -> str:
    """A list under a heading with the three people, each cell where the program that writes it would put it."""
    columns = heading.split(",")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for person in PEOPLE:
        writer.writerow([_cell(column, *person) for column in columns])
    return out.getvalue()


def _cell(column: str, first: str, last: str, email: str, firm: str) -> str:
    low = column.lower()
    if column in FIRST or column in LAST:
        return first if column in FIRST else last
    if low == "display name":
        return f"{first} {last}"
    if any(word in low for word in MAIL) and not any(word in low for word in MAIL_NOT):
        return email
    return firm if low in FIRM else {"URL": f"https://www.linkedin.com/in/{last}", "Title": "Dr."}.get(column, "")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("program", LAYOUTS)
def test_the_lists_of_other_programs_are_read(read_people: ReadPeople, program: str, encoding: str) -> None:
    """Under each known heading, in each encoding, three made-up people are found with name, address and firm."""
    text = (PREAMBLE if program.startswith("LinkedIn") else "") + listed(LAYOUTS[program])
    people, problems = read_people(text.encode(encoding))
    assert [(one.told.name, one.told.email, one.told.company) for one in people] == [
        (f"{first} {last}", email, firm) for first, last, email, firm in PEOPLE
    ]
    assert problems == []


@pytest.mark.parametrize("name", CARDS)
def test_every_real_card_is_found(read_people: ReadPeople, name: str) -> None:
    """Each card of other programs' files is a person with a name, and no sign is left of how it was written."""
    path = REAL / "vcard" / name
    if not path.exists():
        pytest.skip(f"There is no {path}.")
    people, problems = read_people(path.read_bytes())
    assert len(people) == CARDS[name]
    assert not any(problem.keeps_out for problem in problems)
    texts = " ".join(f"{one.told} {one.street} {one.city}" for one in people)
    assert not any(sign in texts for sign in ("=C3", "\\,", "Ã", "\ufffd", "=0D"))


@pytest.mark.parametrize("name", ["gmail", "tb_plain"])
def test_a_list_and_its_cards_say_the_same(read_people: ReadPeople, name: str) -> None:
    """A Google and a Thunderbird export are equal to the same people's cards, field by field."""
    path = REAL / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"There is no {path}.")
    people, _ = read_people(path.read_bytes())
    assert people == read_people(path.with_suffix(".vcf").read_bytes())[0]
    (one,) = people
    assert all((one.told.email, one.told.phone, one.told.company, one.told.position, one.street, one.website))


def test_linkedin_in_its_zip(read_people: ReadPeople) -> None:
    """Connections are found in the archive that LinkedIn sends, beside whatever else is in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("messages.csv", "From,To\nAnn,Bob\n")
        archive.writestr("Connections.csv", "\ufeff" + PREAMBLE + listed(LINKEDIN))
    people, _ = read_people(out.getvalue())
    assert [one.told.name for one in people] == ["Zoë Müller", "José Nuñez", "Ann O'Neil"]
    assert people[0].website == "https://www.linkedin.com/in/Müller"


def test_a_bomb_in_a_zip_is_refused(read_people: ReadPeople) -> None:
    """A list that unpacks to more than it may is refused in a sentence, whatever size the archive claims."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", b"0" * (MEMBER_BYTES + 1))
    honest = out.getvalue()
    lying = honest.replace((MEMBER_BYTES + 1).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest
    for content in (honest, lying):
        with pytest.raises(Invalid, match="packed file"):
            read_people(content)


def test_more_people_than_anybody_knows_are_refused(read_people: ReadPeople) -> None:
    """A list of more people than we read at a time is refused in a sentence."""
    with pytest.raises(Invalid, match="100,000 people at a time"):
        read_people(b"Name,Email\n" + b"Ann,\n" * (PEOPLE_MOST + 1))


def test_pasted_people_in_any_order(read_people: ReadPeople) -> None:
    """Pasted lines give name, company, address and number in whatever order, and recipients of a mail are each one."""
    people, _ = read_people(
        b"Ann Smith\n2. Bob Jones, Acme Roofing, bob@example.com\nzoe@example.com; Zoe; 520-555-0101\n"
        b"- Dora O'Neil, roofer\nHal Orr <hal@example.com>, Acme Homes\n\n"
        b'"Eve Adams" <eve@example.com>, Frank Bell <frank@example.com>\n'
        b"Bank of Tucson, Gina Hall\n"
    )
    told = [(p.told.name, p.told.company, p.told.email, p.told.phone, p.told.position) for p in people]
    assert told == [
        ("Ann Smith", "", "", "", ""),
        ("Bob Jones", "Acme Roofing", "bob@example.com", "", ""),
        ("Zoe", "", "zoe@example.com", "520-555-0101", ""),
        ("Dora O'Neil", "", "", "", "roofer"),
        ("Hal Orr", "Acme Homes", "hal@example.com", "", ""),
        ("Eve Adams", "", "eve@example.com", "", ""),
        ("Frank Bell", "", "frank@example.com", "", ""),
        ("Gina Hall", "Bank of Tucson", "", "", ""),
    ]


@pytest.mark.parametrize("text", ["Ann", "Ann Smith, Acme\nBob Jones, Blue Title\n", "Ann\nBob\n"])
def test_the_first_person_is_no_heading(read_people: ReadPeople, text: str) -> None:
    """Without headings, the first line is a person like any other."""
    people, _ = read_people(text.encode())
    assert people[0].told.name.startswith("Ann")
    assert len(people) == len(text.split("\n")) - text.endswith("\n")


def test_who_has_no_name_is_called_by_what_is_there(read_people: ReadPeople) -> None:
    """A line with an address, a number or a firm alone is somebody, and one with nothing of that stays out."""
    people, problems = read_people(
        b"Name,Email,Phone,Company\n,a@example.com,,\n,,520-555-0101,\n,,,Acme\n,TYPE=x:a@b.c,,\n,,,-\n"
    )
    assert [one.told.name for one in people] == ["a@example.com", "520-555-0101", "Acme", "TYPE=x:a@b.c"]
    assert [problem.line for problem in problems if problem.keeps_out] == [6]


def test_cards_with_what_programs_add(read_people: ReadPeople) -> None:
    """Quoted-printable, an assistant within a card, groups, Windows letters and a missing end all give their people."""
    people, _ = read_people(
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:M=FCller;Zo=EB\r\n"
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:first=0D=0A=\r\nsecond =C3=A4\r\n"
        "AGENT:\r\nBEGIN:VCARD\r\nFN:Susan Agent\r\nEND:VCARD\r\nTEL;FAX:520-555-0100\r\nTEL;CELL:520-555-0101\r\n"
        "END:VCARD\r\nBEGIN:VCARD\r\nFN:Jos\xe9\r\nitem1.EMAIL;type=pref:jose@example.com\r\n"
        "PHOTO;ENCODING=b:AAAA\r\n  BBBB\r\nBEGIN:VCARD\r\nORG:Acme\\, Inc.;Sales\r\nEND:VCARD\r\n".encode("cp1252")
    )
    assert [one.told.name for one in people] == ["Zoë Müller", "Susan Agent", "José", "Acme, Inc."]
    assert (people[0].told.phone, people[0].other_phones) == ("520-555-0101", ("520-555-0100",))
    assert people[0].told.note == "first second ä"
    assert people[2].told.email == "jose@example.com"


def test_several_values_in_one_cell(read_people: ReadPeople) -> None:
    """Google's way of joining values gives each address and number, and a second address goes to the note."""
    people, _ = read_people(
        b"Name,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,"
        b"Address 1 - City,Address 2 - City\n"
        b"Ann,a@example.com ::: b@example.com,Work Fax,520-555-0100,Mobile,520-555-0101 ::: 520-555-0102,,Tucson\n"
        b"Bob,,,,,,Mesa,Tempe\n"
    )
    assert (people[0].told.email, people[0].other_emails) == ("a@example.com", ("b@example.com",))
    assert (people[0].told.phone, *people[0].other_phones) == ("520-555-0101", "520-555-0102", "520-555-0100")
    assert [one.city for one in people] == ["Tucson", "Mesa"]
    assert people[1].told.note == "Another address: Tempe"


@settings(max_examples=50)
@given(st.text("aZ0_+-.@", min_size=5, max_size=PLAIN_CHARACTERS) | st.from_regex(PLAIN_EMAIL, fullmatch=True))
def test_a_plain_address_is_one_to_the_library(text: str) -> None:
    """Whatever passes as a plain address at one look is an address by all rules of mail."""
    if len(text) <= PLAIN_CHARACTERS and PLAIN_EMAIL.fullmatch(text):
        validate_email(text, check_deliverability=False, test_environment=True)


def test_a_cell_of_endless_addresses_is_read_in_part(read_people: ReadPeople) -> None:
    """Of a cell with very many addresses or numbers the first are read, which is said; the person is stored."""
    listed = ";".join(str(number) for number in range(520_555_0100, 520_555_0100 + LISTED + 1))
    (ann,), problems = read_people(f'Name,Phone,Email\nAnn,"{listed}",a@example.com\n'.encode())
    assert len((ann.told.phone, *ann.other_phones)) == LISTED
    assert [problem.field for problem in problems] == ["phone"]


def test_who_sent_them_is_told_when_nobody_knows(read_people: ReadPeople) -> None:
    """A source whom we know stays, also one of the same list; a stranger goes to the note, with a sentence."""
    people, problems = read_people(b"Name,Referred By\nAnn,Rosa Known\nBob,ann\nCarl,Stranger Strange\nDora,Dora\n")
    assert [one.referred_by for one in people] == ["Rosa Known", "ann", "", ""]
    assert people[2].told.note == "Referred by: Stranger Strange"
    assert [problem.line for problem in problems if problem.field == "referred_by"] == [4, 5]


def test_a_position_is_asked_about_and_never_assumed(read_people: ReadPeople) -> None:
    """Who is a roofer by their position is asked about with their name; who is a president is not."""
    _, problems = read_people(b"Name,Position\nAnn Smith,Senior Roofer at Adobe\nBob,President\n")
    (asked,) = problems
    assert (asked.line, asked.field, asked.keeps_out) == (2, "position", False)
    assert asked.sentence.startswith("Is Ann Smith somebody for “Roofing contractor”?")


def test_the_same_person_twice_is_one(read_people: ReadPeople) -> None:
    """Two lines of one name and address are one person with the numbers of both; without any sign the name decides."""
    people, problems = read_people(
        b"Name,Email,Phone,Company\nAnn,a@example.com,520-555-0101,\nANN,A@example.com,520-555-0102,Acme\n"
        b"Bob,,,\nbob,,,\nBob,,,Blue Title\n"
    )
    assert [(one.told.name, one.told.company) for one in people] == [
        ("Ann", "Acme"),
        ("Bob", ""),
        ("Bob", "Blue Title"),
    ]
    assert people[0].other_phones == ("520-555-0102",)
    assert [problem.line for problem in problems if problem.keeps_out] == [3, 5]


@pytest.mark.parametrize("form", WHOLE)
def test_an_undamaged_list_is_read(form: str) -> None:
    """The lists that the next test damages are whole: every person of them is found."""
    people = found_in(WHOLE[form](PEOPLE_MADE))
    assert people is not None
    assert len(people) == PEOPLE_MADE


@pytest.mark.parametrize("form", WHOLE)
@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to make it smaller takes minutes
@given(edits=EDITS)
def test_a_damaged_list_never_breaks(form: str, edits: list[Edit]) -> None:
    """However a list is damaged, it gives people whom the columns can hold, or one sentence."""
    for one in found_in(damaged(WHOLE[form](PEOPLE_MADE), edits)) or []:
        assert one.told.name.strip()
        assert len(one.told.name) <= 200
        assert len(one.told.note) <= 2_000
        assert max(map(len, (one.told.phone, *one.other_phones, one.postcode))) <= 40
