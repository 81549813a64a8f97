"""What the offices themselves decide, in ``_indstillinger.xlsx``: the same form as the record kinds.

Read, checked, templated and kept like any delivery. Where ``organisation_id`` is empty, a row holds
for every organisation; it is compared by the identifier rules and spelled as its folder.
"""

from assets.contract import NETWORK_TYPES, PHASES, Choice, Column, Kind

SETTINGS_FILE = "_indstillinger.xlsx"

ALIAS_KINDS = (
    Choice("unit", "Enhed"),
    Choice("area", "Forvaltning"),
    Choice("person", "Person"),
    Choice("network", "Netværk"),
)
RECIPIENT_ROLES = (
    Choice("leader", "Leder", ("Referenceleder",)),
    Choice("superior", "Overordnet"),
    Choice("analyst", "Analytiker"),
    Choice("management", "Ledelse", ("Direktion",)),
    Choice("auditor", "Revisor"),
    Choice("researcher", "Forsker"),
)
LANGUAGES = (Choice("da", "Dansk"), Choice("en", "Engelsk"))
CADENCES = (Choice("quarterly", "Kvartal"), Choice("monthly", "Måned"))


def _organisation(*, required: bool = False, key: bool = True) -> Column:
    whose = ("", "") if required else ("; tom gælder alle", "; empty holds for all")
    return Column(
        "organisation_id",
        "Organisation",
        "text",
        "Organisationens mappe i indbakken" + whose[0],
        "The organisation's folder in the inbox" + whose[1],
        required=required,
        key=key,
        compared=True,
    )


def _id(name: str, heading: str, da: str, en: str, *, required: bool = False, key: bool = True) -> Column:
    return Column(name, heading, "identifier", da, en, required=required, key=key)


def _text(
    name: str, heading: str, da: str, en: str, *, required: bool = False, descriptive: bool = True
) -> Column:
    return Column(name, heading, "text", da, en, required=required, descriptive=descriptive)


def _day(name: str, heading: str, da: str, en: str, *, required: bool = False, key: bool = False) -> Column:
    return Column(name, heading, "date", da, en, required=required, key=key, may_be_future=True)


def _days(name: str, heading: str, da: str, en: str) -> Column:
    return Column(name, heading, "integer", da, en, minimum=0, maximum=365)


ORGANISATIONS = Kind(
    "organisations",
    "Organisationer",
    "Organisationerne, hvornår der må måles på ledere, og hvem der er ansvarlig for data",
    "The organisations, from when leaders may be measured, and who answers for the data",
    (
        _organisation(required=True),
        _text("name", "Navn", "Navnet i rapporterne", "The name in the reports", required=True),
        _day(
            "not_before",
            "Ikke før",
            "Første dag, der må laves ark om den enkelte leder",
            "First day on which a sheet about one leader may be made",
        ),
        _day(
            "med_discussed_on",
            "Drøftet i MED",
            "Dagen, målingen blev drøftet i MED-udvalget",
            "The day the measurement was discussed in the MED committee",
        ),
        _text("controller", "Dataansvarlig", "Den dataansvarlige", "The data controller"),
        Column(
            "contact",
            "Kontakt",
            "text",
            "Funktionspostkasse for spørgsmål, ikke en persons",
            "Shared mailbox for questions, not a person's",
            descriptive=True,
            holds_contact=True,
        ),
        Column(
            "protection_officer",
            "Databeskyttelsesrådgiver",
            "text",
            "Rådgiverens funktionspostkasse",
            "The data protection officer's shared mailbox",
            descriptive=True,
            holds_contact=True,
        ),
        _text("purpose", "Formål", "Hvad målingen bruges til", "What the measurement is for"),
        _text("legal_basis", "Hjemmel", "Behandlingens hjemmel", "The legal basis of the processing"),
        _text(
            "storage", "Opbevaring", "Hvor og hvor længe data opbevares", "Where and how long data is kept"
        ),
        _text("objection", "Indsigelse", "Hvordan man gør indsigelse", "How to object"),
        _days(
            "delivery_days",
            "Afleveringsfrist (dage)",
            "Dage efter kvartalets slutning, inden for hvilke der afleveres",
            "Days after the quarter's end within which to deliver",
        ),
        _days(
            "mending_days",
            "Rettefrist (dage)",
            "Dage, inden for hvilke fejl rettes",
            "Days within which faults are mended",
        ),
    ),
    mandatory=True,
)
TARGETS = Kind(
    "targets",
    "Måltal",
    "Egne måltal, daterede og begrundede; ellers gælder standarden",
    "Own targets, dated and with reasons; else the default holds",
    (
        _id(
            "indicator_id",
            "Indikator",
            "Indikatorens id, fx R3.1",
            "The indicator's id, e.g. R3.1",
            required=True,
        ),
        _organisation(),
        Column(
            "network_type",
            "Netværkstype",
            "enum",
            "Netværkstypen; tom gælder alle",
            "The network type; empty holds for all",
            key=True,
            choices=NETWORK_TYPES,
        ),
        _day(
            "valid_from",
            "Gælder fra",
            "Første dag, måltallet gælder",
            "First day the target holds",
            required=True,
            key=True,
        ),
        Column(
            "target",
            "Måltal",
            "number",
            "Opfyldt fra og med; en andel som 0,8; tom lader standarden stå",
            "Fulfilled from; a share as 0,8; empty leaves the default",
        ),
        Column(
            "partly_target", "Delvist fra", "number", "Delvist opfyldt fra og med", "Partly fulfilled from"
        ),
        _text("reason", "Begrundelse", "Hvorfor", "Why", required=True),
        _text(
            "owner",
            "Ejer",
            "Den funktion, der har besluttet det",
            "The office that decided it",
            required=True,
        ),
        Column(
            "window_months",
            "Vindue (måneder)",
            "integer",
            "Kalendermåneder, der ses tilbage; tom lader standarden stå",
            "Calendar months looked back; empty leaves the default",
            minimum=1,
            maximum=120,
        ),
        Column(
            "minimum_count",
            "Mindsteantal",
            "integer",
            "Færre end dette er for få at vurdere; tom lader standarden stå",
            "Fewer than this are too few to judge; empty leaves the default",
            minimum=1,
        ),
    ),
)
RATES = Kind(
    "rates",
    "Valutakurser",
    "Årets kurs for andre valutaer end kroner",
    "The year's rate of currencies other than kroner",
    (
        _id("currency", "Valuta", "Valutakode, fx EUR", "Currency code, e.g. EUR", required=True),
        Column(
            "year", "År", "integer", "Året", "The year", required=True, key=True, minimum=1900, maximum=2999
        ),
        Column(
            "rate",
            "Kurs",
            "number",
            "Kroner for det antal enheder, der står i næste kolonne",
            "Kroner for the number of units in the next column",
            required=True,
            minimum=0,
        ),
        Column(
            "per",
            "Pr. antal",
            "integer",
            "Antal enheder, kursen gælder; tom er 1, Nationalbanken skriver pr. 100",
            "Units the rate is for; empty is 1, the central bank writes per 100",
            minimum=1,
            default="1",
        ),
    ),
)
ALIASES = Kind(
    "aliases",
    "Navneskift",
    "Enheder, forvaltninger, personer og netværk, der har skiftet navn eller id",
    "Units, areas, persons and networks that changed name or id",
    (
        Column(
            "alias_kind",
            "Art",
            "enum",
            "Hvad der skiftede",
            "What changed",
            required=True,
            key=True,
            choices=ALIAS_KINDS,
        ),
        _organisation(),
        Column(
            "from_name",
            "Fra",
            "text",
            "Det gamle navn eller id",
            "The old name or id",
            required=True,
            key=True,
            compared=True,
        ),
        Column(
            "to_name",
            "Til",
            "text",
            "Det navn eller id, der tælles under",
            "The name or id it is counted under",
            required=True,
            compared=True,
        ),
        _day(
            "valid_from",
            "Gælder fra",
            "Dagen, skiftet trådte i kraft; tom er altid",
            "The day of the change; empty is always",
            key=True,
        ),
        _text("reason", "Begrundelse", "Hvorfor", "Why"),
    ),
)
PHASE_NAMES = Kind(
    "phase_names",
    "Fasenavne",
    "Hvad faserne 0-9 hedder",
    "What the phases 0-9 are called",
    (
        _organisation(),
        PHASES.column("phase"),
        _text("name", "Navn", "Fasens navn på dansk", "The phase's name in Danish", required=True),
        _text("name_en", "Navn på engelsk", "Fasens navn på engelsk", "The phase's name in English"),
    ),
)
HEARINGS = Kind(
    "hearings",
    "Høringer",
    "Høring af lederen, før et dialogark er endeligt, og bemærkninger til tallene",
    "The leader's hearing before a dialogue sheet is final, and remarks on the figures",
    (
        _organisation(required=True),
        _id("network_id", "Netværks-id", "Netværkets id", "The network's id", required=True),
        _id("period", "Kvartal", "Kvartalet, fx 2026Q3", "The quarter, e.g. 2026Q3", required=True),
        _id(
            "indicator_id",
            "Indikator",
            "Indikatoren bemærkningen gælder; tom er hele arket",
            "The indicator the remark is about; empty is the whole sheet",
        ),
        _day("heard_on", "Hørt", "Dagen, lederen blev hørt", "The day the leader was heard"),
        _day("final_on", "Endelig", "Dagen, arket blev endeligt", "The day the sheet became final"),
        _text(
            "remarks",
            "Bemærkninger",
            "Lederens bemærkninger, trykkes ved tallet",
            "The leader's remarks, printed with the figure",
        ),
    ),
    date_orders=(("heard_on", "final_on"),),
)
WAIVERS = Kind(
    "waivers",
    "Dispensationer",
    "Fund, der er set og accepteret til en bestemt dag",
    "Findings that are seen and accepted until a certain day",
    (
        _organisation(),
        Column(
            "rule",
            "Regel",
            "text",
            "Reglens navn, fx outside_network_life",
            "The rule's name, e.g. outside_network_life",
            required=True,
            key=True,
        ),
        _text(
            "kind",
            "Arttype",
            "Arket eller arten; tom gælder alle",
            "The sheet or kind; empty holds for all",
            descriptive=False,
        ),
        _text("path", "Fil", "Filen; tom gælder alle", "The file; empty holds for all", descriptive=False),
        Column(
            "record_key",
            "Nøgle",
            "text",
            "Registreringens nøgle; tom gælder alle",
            "The record's key; empty holds for all",
            key=True,
            compared=True,
        ),
        _text(
            "owner",
            "Ejer",
            "Den funktion, der har besluttet det",
            "The office that decided it",
            required=True,
        ),
        _text("reason", "Begrundelse", "Hvorfor", "Why", required=True),
        _day("valid_from", "Gælder fra", "Første dag; tom er altid", "First day; empty is always"),
        _day(
            "valid_to",
            "Gælder til",
            "Sidste dag; derefter åbner fundet igen",
            "Last day; the finding then reopens",
            required=True,
            key=True,
        ),
    ),
    date_orders=(("valid_from", "valid_to"),),
)
RECIPIENTS = Kind(
    "recipients",
    "Modtagere",
    "Hvem der får hvad, efter rolle",
    "Who gets what, by role",
    (
        _organisation(required=True),
        Column(
            "role",
            "Rolle",
            "enum",
            "Modtagerens rolle",
            "The recipient's role",
            required=True,
            key=True,
            choices=RECIPIENT_ROLES,
        ),
        Column(
            "address",
            "Adresse",
            "text",
            "E-mail-adresse, helst en funktionspostkasse",
            "E-mail address, preferably a shared mailbox",
            required=True,
            key=True,
            compared=True,
            holds_contact=True,
        ),
        _id(
            "person_id",
            "Person-id",
            "For leder og overordnet: hvem adressen tilhører",
            "For leader and superior: whose address it is",
        ),
        Column("language", "Sprog", "enum", "Sproget", "The language", choices=LANGUAGES, default="da"),
        Column(
            "cadence", "Hyppighed", "enum", "Hvor ofte", "How often", choices=CADENCES, default="quarterly"
        ),
    ),
)

SETTINGS_KINDS = (ORGANISATIONS, TARGETS, RATES, ALIASES, PHASE_NAMES, HEARINGS, WAIVERS, RECIPIENTS)
SETTINGS_BY_NAME = {kind.name: kind for kind in SETTINGS_KINDS}
