"""Short forms of given names, of our own collection: Bob is a Robert, and Alex may be an Alexander or an Alexandra."""

from collections import defaultdict

FORMS = """
abigail: abby abbie gail | albert: al bert bertie | alexander: alex al xander sandy sasha | alexandra: alex sandra lexi
alfred: al fred alf | amanda: mandy | andrea: andie | andrew: andy drew | angela: angie | ann: annie nan anna anne
anthony: tony | antonio: tony toni | arthur: art artie | barbara: barb barbie babs | benjamin: ben benny benji
bernard: bernie | beverly: bev | bradley: brad | calvin: cal | cameron: cam | carolyn: carol carrie | catherine: cathy
cate cat kate kathy katie | charles: charlie chuck chas | charlotte: charlie lottie | christina: chris tina christy
christine: chris christy tina | christopher: chris topher kit | clifford: cliff | cynthia: cindy | daniel: dan danny
danielle: dani | david: dave davey | deborah: deb debbie debra | dennis: denny | donald: don donnie | dorothy: dot
dottie dolly | douglas: doug | edward: ed eddie ted ned | eleanor: ellie nell nora | elizabeth: liz lizzie beth betty
eliza elsa libby lisa | emily: em emmy | eugene: gene | evelyn: eve evie | frances: fran frankie | francis: frank
franklin: frank | frederick: fred freddie fritz | gabriel: gabe | gabrielle: gabby | gerald: gerry jerry
geraldine: gerry | gregory: greg | gwendolyn: gwen | harold: harry hal | harriet: hattie | henry: hank harry hal
herbert: herb bert | isabella: bella izzy | jacob: jake | jacqueline: jackie | james: jim jimmy jamie | janet: jan
jeffrey: jeff geoff | jennifer: jen jenny jenn | jeremiah: jerry | jessica: jess jessie | joanna: jo joan
john: jack johnny jon | jonathan: jon johnny | joseph: joe joey jo | josephine: jo josie | joshua: josh | judith: judy
julia: julie | katherine: kate kathy katie kathie kat kitty kay | kathleen: kathy kate katie | kenneth: ken kenny
kimberly: kim | lawrence: larry | leonard: len lenny leo | leslie: les | louis: lou louie | lucille: lucy
margaret: maggie meg peggy marge margie greta rita | maria: mary | martin: marty | matthew: matt | maximilian: max
megan: meg | melissa: missy mel | michael: mike mick mickey mikey | michelle: shelly | mitchell: mitch
nancy: nan | natalie: nat | nathaniel: nate nat nathan | nicholas: nick nicky | nicole: nicky nikki | norman: norm
oliver: ollie | olivia: liv livvy | pamela: pam | patricia: pat patty tricia trish | patrick: pat paddy rick
peter: pete | philip: phil phillip | priscilla: cilla | rachel: rae | randall: randy | raymond: ray | rebecca: becky
becca | richard: rick rich dick ricky richie | robert: bob bobby rob robbie bert | roberta: bobbie | roger: rog
ronald: ron ronnie | rosemary: rose rosie | russell: russ | samantha: sam sammy | samuel: sam sammy | sandra: sandy
sarah: sally sara | sebastian: seb | sharon: shari | sophia: sophie | stanley: stan | stephanie: steph steffi
stephen: steve stevie steven | stewart: stu | susan: sue susie suzy | suzanne: sue suzy | sylvester: sly
teresa: terry tess theresa | terence: terry | theodore: ted teddy theo | thomas: tom tommy | timothy: tim timmy
tobias: toby | valerie: val | vernon: vern | veronica: ronnie vera | victor: vic | victoria: vicky tori
vincent: vince vinny | virginia: ginny | walter: walt wally | wesley: wes | wilhelmina: mina | wilfred: fred
william: will bill billy willie liam | winifred: winnie | zachary: zach zack
"""


def _formal() -> dict[str, frozenset[str]]:
    """Each name of the table -> the full names that it may stand for, itself among them when it is one."""
    found: dict[str, set[str]] = defaultdict(set)
    full = ""
    for word in FORMS.replace("|", " ").split():
        full = word.removesuffix(":") if word.endswith(":") else full
        found[word.removesuffix(":")].add(full)
    return {name: frozenset(names) for name, names in found.items()}


FORMAL = _formal()


def one_name(one: str, other: str) -> bool:
    """Whether two given names, folded, may be forms of the same."""
    return not FORMAL.get(one, frozenset()).isdisjoint(FORMAL.get(other, frozenset()))
