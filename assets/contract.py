"""The data contract: the record kinds, their columns and headings, in one place.

Template, reader, rules, messages, documentation and DuckDB schema are all made from what stands
here, so that none of them can disagree with another. What the offices themselves decide (targets,
rates, aliases) has the same form and stands in ``settings_contract.py``.
"""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "identifier", "date", "money", "integer", "number", "enum", "boolean"]


@dataclass(frozen=True)
class Choice:
    """One value of a closed list: the canonical value, its Danish label, and other labels accepted."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def label_en(self) -> str:
        """The English label: the canonical value with spaces for underscores."""
        return self.value.replace("_", " ")


@dataclass(frozen=True)
class Column:
    """One column of a record kind.

    Attributes:
        name: Canonical name; also the name of the column in DuckDB.
        heading: Danish heading, as the template writes it.
        type: How its cells are read.
        required: A row without it is rejected, and a sheet without the column whole.
        key: Part of the record's key.
        descriptive: Kept as written, never counted; a fault in it rejects no row.
        refers_to: The kind whose key this cell names (``people``, ``networks`` or ``solutions``).
        choices: The closed list of an ``enum``.
        minimum, maximum: Inclusive bounds of a number.
        default: Canonical value of an empty cell.
        compared: Text that is counted or compared; DuckDB holds a normalised ``<name>_key`` beside it.
        may_be_future: A date allowed to lie after the day of receipt.
        required_when: (column, value): required in rows where that column has that canonical value.
        holds_contact: Meant for an e-mail address, so that one there is no fault.
    """

    name: str
    heading: str
    type: ColumnType
    meaning_da: str
    meaning_en: str
    required: bool = False
    key: bool = False
    descriptive: bool = False
    refers_to: str | None = None
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    default: str | None = None
    compared: bool = False
    may_be_future: bool = False
    required_when: tuple[str, str] | None = None
    holds_contact: bool = False


@dataclass(frozen=True)
class Kind:
    """One record kind: a sheet of a workbook, or a CSV file, and a table of ``accepted``.

    Attributes:
        date_orders: Pairs (earlier, later) of columns where the later may not come first.
        mandatory: The organisation's delivery is nothing without it.
    """

    name: str
    sheet: str
    meaning_da: str
    meaning_en: str
    columns: tuple[Column, ...]
    mandatory: bool = False
    date_orders: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns, in order; empty for ``pulse``."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that canonical name (``KeyError`` where there is none)."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


def _network(*, key: bool = False) -> Column:
    return Column(
        "network_id",
        "Netværks-id",
        "identifier",
        "Netværkets id, som i arket Netværk",
        "The network's id, as in the sheet Netværk",
        required=True,
        key=key,
        refers_to="networks",
    )


def _person(
    name: str, heading: str, da: str, en: str, *, required: bool = False, key: bool = False
) -> Column:
    return Column(name, heading, "identifier", da, en, required=required, key=key, refers_to="people")


def _date(
    name: str,
    heading: str,
    da: str,
    en: str,
    *,
    required: bool = False,
    key: bool = False,
    may_be_future: bool = False,
) -> Column:
    return Column(name, heading, "date", da, en, required=required, key=key, may_be_future=may_be_future)


def _solution(*, required: bool = False) -> Column:
    return Column(
        "solution_id",
        "Løsnings-id",
        "identifier",
        "Løsningens id, som i arket Løsninger",
        "The solution's id, as in the sheet Løsninger",
        required=required,
        refers_to="solutions",
    )


NETWORK_TYPES = (
    Choice("innovation", "Innovationsnetværk"),
    Choice("learning", "Læringsnetværk"),
    Choice("welfare", "Velfærdsnetværk"),
)
ROLES = (
    Choice("reference_leader", "Referenceleder"),
    Choice("network_leader", "Netværksleder"),
    Choice("participant", "Deltager"),
)
SOURCES = (Choice("internal", "Intern"), Choice("external", "Ekstern"))
PURPOSES = (Choice("test", "Testfase"), Choice("scaling", "Skalering"), Choice("operation", "Drift"))
APPLICATION_STATUSES = (
    Choice("draft", "Kladde"),
    Choice("submitted", "Under behandling", ("Ansøgt",)),
    Choice("granted", "Bevilget"),
    Choice("partly_granted", "Delvist bevilget"),
    Choice("rejected", "Afslag"),
    Choice("withdrawn", "Trukket", ("Trukket tilbage",)),
)
ADOPTION_EVENTS = (
    Choice("test_started", "Test startet"),
    Choice("test_ended", "Test afsluttet"),
    Choice("rejected", "Afvist efter test"),
    Choice("adoption_decided", "Optagelse besluttet"),
    Choice("adopted", "Optaget i basis"),
    Choice("scaled", "Skaleret"),
    Choice("discontinued", "Ophørt"),
)
COMMITMENTS = (
    Choice("none", "Intet"),
    Choice("time", "Tid"),
    Choice("staff", "Medarbejdere"),
    Choice("test_site", "Teststed"),
    Choice("budget", "Budget"),
    Choice("takeover", "Overtager drift"),
)
OWNERSHIP_SOURCES = (
    Choice("survey", "Spørgeskema"),
    Choice("interview", "Samtale"),
    Choice("agreement", "Aftale"),
)
TOUCHPOINT_KINDS = (
    Choice("expectation_agreement", "Forventningsafstemning", ("Samarbejdsaftale",)),
    Choice("sparring", "Sparring"),
    Choice("strategic_link", "Strategisk kobling"),
    Choice("platform_access", "Adgang til platform"),
    Choice("coordination", "Koordinering"),
    Choice("engagement", "Medspil"),
    Choice("showcase", "Synliggørelse"),
    Choice("political_assessment", "Politisk vurdering"),
    Choice("political_dialogue", "Politisk samspil"),
)
AUDIENCES = (
    Choice("organisation", "Organisationen"),
    Choice("politicians", "Politikerne"),
    Choice("city", "Byen"),
)
ASSESSMENTS = (Choice("relevant", "Relevant"), Choice("not_relevant", "Ikke relevant"))
AGENDAS = (Choice("existing", "Eksisterende"), Choice("new", "Ny"))
VALUE_TYPES = (
    Choice("quality", "Kvalitet"),
    Choice("efficiency", "Effektivitet"),
    Choice("employee", "Medarbejdere"),
    Choice("citizen", "Borgere"),
    Choice("democracy", "Politiske mål"),
)
CYCLES = (
    Choice("immediate", "Umiddelbar"),
    Choice("potential", "Potentiel"),
    Choice("applied", "Anvendt"),
    Choice("realised", "Realiseret"),
    Choice("reframing", "Nytænkt"),
)
RESPONDENT_ROLES = (
    Choice("network_leader", "Netværksleder"),
    Choice("participant", "Deltager"),
    Choice("manager", "Leder"),
)
RESPONSIBILITY_IDS = tuple(f"R{number}" for number in range(1, 10))
DISPUTE_OUTCOMES = (Choice("upheld", "Medhold"), Choice("refused", "Ikke medhold"))

PEOPLE = Kind(
    "people",
    "Personer",
    "Ledere og medarbejdere, en række for hvert afsnit af deres tid i en enhed",
    "Managers and staff, a row for each stretch of their time in a unit",
    (
        Column(
            "person_id", "Person-id", "identifier", "Personens id", "The person's id", required=True, key=True
        ),
        Column(
            "name", "Navn", "text", "Personens navn", "The person's name", required=True, descriptive=True
        ),
        Column(
            "unit",
            "Enhed",
            "text",
            "Enheden, personen arbejder i",
            "The unit the person works in",
            required=True,
            compared=True,
        ),
        Column(
            "area",
            "Forvaltning",
            "text",
            "Forvaltning eller direktørområde",
            "Administration or director area",
            compared=True,
        ),
        Column(
            "level",
            "Niveau",
            "integer",
            "Ledelsesniveau 1-5; tom for medarbejdere",
            "Management level 1-5; empty for non-managers",
            minimum=1,
            maximum=5,
        ),
        _person(
            "superior_id", "Overordnet", "Nærmeste leders person-id", "Person id of the nearest superior"
        ),
        _date(
            "valid_from",
            "Gældende fra",
            "Første dag, rækken gælder",
            "First day the row holds",
            required=True,
            key=True,
        ),
        _date(
            "valid_to",
            "Gældende til",
            "Sidste dag, rækken gælder",
            "Last day the row holds",
            may_be_future=True,
        ),
    ),
    mandatory=True,
    date_orders=(("valid_from", "valid_to"),),
)
NETWORKS = Kind(
    "networks",
    "Netværk",
    "Netværkene og deres levetid",
    "The networks and their lifetime",
    (
        Column(
            "network_id",
            "Netværks-id",
            "identifier",
            "Netværkets id",
            "The network's id",
            required=True,
            key=True,
        ),
        Column(
            "title",
            "Titel",
            "text",
            "Netværkets titel",
            "The network's title",
            required=True,
            descriptive=True,
        ),
        Column(
            "network_type",
            "Type",
            "enum",
            "Netværkets type",
            "The network's type",
            required=True,
            choices=NETWORK_TYPES,
        ),
        Column(
            "challenge",
            "Udfordring",
            "text",
            "Udfordringen, netværket arbejder med",
            "The challenge the network works on",
            descriptive=True,
        ),
        _date("start_date", "Startdato", "Første dag", "First day", required=True),
        _date("planned_end", "Planlagt slut", "Planlagt sidste dag", "Planned last day", may_be_future=True),
        _date("end_date", "Afsluttet", "Sidste dag", "Last day"),
    ),
    mandatory=True,
    date_orders=(("start_date", "end_date"),),
)
ROLES_KIND = Kind(
    "roles",
    "Roller",
    "Hvem der har hvilken rolle i hvilket netværk, og hvornår",
    "Who holds which role in which network, and when",
    (
        _network(key=True),
        _person(
            "person_id",
            "Person-id",
            "Personens id, som i arket Personer",
            "The person's id, as in the sheet Personer",
            required=True,
            key=True,
        ),
        Column("role", "Rolle", "enum", "Rollen", "The role", required=True, key=True, choices=ROLES),
        _date("valid_from", "Fra", "Første dag i rollen", "First day in the role", required=True, key=True),
        _date("valid_to", "Til", "Sidste dag i rollen", "Last day in the role", may_be_future=True),
    ),
    mandatory=True,
    date_orders=(("valid_from", "valid_to"),),
)
PHASES = Kind(
    "phases",
    "Faser",
    "Netværkets faser 0-9 med planlagte og faktiske datoer",
    "The network's phases 0-9 with planned and actual dates",
    (
        _network(key=True),
        Column(
            "phase",
            "Fase",
            "integer",
            "Fasens nummer 0-9",
            "The phase's number 0-9",
            required=True,
            key=True,
            minimum=0,
            maximum=9,
        ),
        _date("planned_date", "Planlagt dato", "Planlagt dag", "Planned day", may_be_future=True),
        _date("actual_date", "Faktisk dato", "Den dag, fasen blev nået", "The day the phase was reached"),
    ),
)
SOLUTIONS = Kind(
    "solutions",
    "Løsninger",
    "Løsninger fra idé, med behov for kapital til test",
    "Solutions from the idea on, with their need of test capital",
    (
        Column(
            "solution_id",
            "Løsnings-id",
            "identifier",
            "Løsningens id",
            "The solution's id",
            required=True,
            key=True,
        ),
        _network(),
        Column(
            "title",
            "Titel",
            "text",
            "Løsningens titel",
            "The solution's title",
            required=True,
            descriptive=True,
        ),
        _date(
            "idea_date", "Idédato", "Dagen, ideen blev valgt", "The day the idea was chosen", required=True
        ),
        Column(
            "capital_need",
            "Kapitalbehov",
            "money",
            "Behov for kapital til test, kroner",
            "Need of test capital, kroner",
            minimum=0,
        ),
        _date(
            "need_date",
            "Behovsdato",
            "Dagen, kapitalen skal bruges; ellers idédatoen",
            "The day the capital is needed; else the idea date",
        ),
    ),
)
APPLICATIONS = Kind(
    "applications",
    "Ansøgninger",
    "Ansøgninger om penge til test, skalering og drift",
    "Applications for money for test, scaling and operation",
    (
        Column(
            "application_id",
            "Ansøgnings-id",
            "identifier",
            "Ansøgningens id",
            "The application's id",
            required=True,
            key=True,
        ),
        _network(),
        _solution(),
        Column(
            "funder",
            "Fond/pulje",
            "text",
            "Fonden eller puljen",
            "The foundation or pool",
            required=True,
            descriptive=True,
        ),
        Column(
            "source",
            "Kilde",
            "enum",
            "Intern eller ekstern",
            "Internal or external",
            required=True,
            choices=SOURCES,
        ),
        Column(
            "purpose",
            "Formål",
            "enum",
            "Hvad pengene skal bruges til",
            "What the money is for",
            required=True,
            choices=PURPOSES,
        ),
        Column(
            "amount_applied",
            "Ansøgt beløb",
            "money",
            "Ansøgt beløb, kroner",
            "Amount applied for, kroner",
            required=True,
            minimum=0,
        ),
        Column(
            "amount_granted",
            "Bevilget beløb",
            "money",
            "Bevilget beløb, kroner",
            "Amount granted, kroner",
            minimum=0,
        ),
        Column(
            "currency",
            "Valuta",
            "text",
            "Valutakode; tom er DKK",
            "Currency code; empty is DKK",
            default="DKK",
        ),
        _date("submitted_date", "Ansøgningsdato", "Dagen, ansøgningen blev sendt", "The day it was sent"),
        _date("decided_date", "Afgørelsesdato", "Dagen, den blev afgjort", "The day it was decided"),
        Column(
            "status",
            "Status",
            "enum",
            "Ansøgningens status",
            "The application's status",
            required=True,
            choices=APPLICATION_STATUSES,
        ),
        _person(
            "responsible_id", "Ansvarlig", "Den ansvarliges person-id", "Person id of who answers for it"
        ),
    ),
    date_orders=(("submitted_date", "decided_date"),),
)
ADOPTION_EVENTS_KIND = Kind(
    "adoption_events",
    "Optagelse",
    "Hændelser på løsningens vej fra test til basis og videre",
    "Events on a solution's way from test to base and beyond",
    (
        Column(
            "event_id",
            "Hændelses-id",
            "identifier",
            "Hændelsens id",
            "The event's id",
            required=True,
            key=True,
        ),
        _solution(required=True),
        Column(
            "unit",
            "Enhed",
            "text",
            "Enheden, hvor det skete",
            "The unit where it happened",
            required=True,
            compared=True,
        ),
        Column(
            "event",
            "Hændelse",
            "enum",
            "Hvad der skete",
            "What happened",
            required=True,
            choices=ADOPTION_EVENTS,
        ),
        _date("date", "Dato", "Dagen, det skete", "The day it happened", required=True),
        _person("manager_id", "Leder", "Lederens person-id", "The manager's person id"),
        Column(
            "reach", "Omfang", "integer", "Antal mennesker, det når", "Number of people it reaches", minimum=0
        ),
    ),
)
CENTRAL_MANAGERS = Kind(
    "central_managers",
    "Centrale ledere",
    "De ledere på niveau 4-5, hvis ejerskab netværket har brug for",
    "The managers at level 4-5 whose ownership the network needs",
    (
        _network(key=True),
        _person(
            "manager_id", "Leder", "Lederens person-id", "The manager's person id", required=True, key=True
        ),
        _date(
            "identified_date",
            "Udpeget",
            "Første dag på listen",
            "First day on the list",
            required=True,
            key=True,
        ),
        _date(
            "removed_date",
            "Udgået",
            "Første dag uden for listen",
            "First day off the list",
            may_be_future=True,
        ),
    ),
    date_orders=(("identified_date", "removed_date"),),
)
OWNERSHIP = Kind(
    "ownership",
    "Ejerskab",
    "Centrale lederes svar om relevans, ejerskab og tilsagn",
    "Central managers' answers on relevance, ownership and commitment",
    (
        _network(key=True),
        _person(
            "manager_id", "Leder", "Lederens person-id", "The manager's person id", required=True, key=True
        ),
        _date("date", "Dato", "Dagen for svaret", "The day of the answer", required=True, key=True),
        Column(
            "relevance",
            "Relevans",
            "integer",
            "Relevans, 1-5",
            "Relevance, 1-5",
            required=True,
            minimum=1,
            maximum=5,
        ),
        Column(
            "ownership",
            "Ejerskab",
            "integer",
            "Ejerskab, 1-5",
            "Ownership, 1-5",
            required=True,
            minimum=1,
            maximum=5,
        ),
        Column(
            "commitment",
            "Tilsagn",
            "enum",
            "Hvad lederen har givet tilsagn om",
            "What the manager commits",
            choices=COMMITMENTS,
            default="none",
        ),
        Column(
            "source",
            "Kilde",
            "enum",
            "Hvor svaret er fra",
            "Where the answer is from",
            choices=OWNERSHIP_SOURCES,
        ),
    ),
)
TOUCHPOINTS = Kind(
    "touchpoints",
    "Samspil",
    "At noget skete mellem leder, netværk og omverden; aldrig hvad der blev sagt",
    "That something happened between leader, network and surroundings; never what was said",
    (
        Column(
            "touchpoint_id",
            "Samspils-id",
            "identifier",
            "Samspillets id",
            "The touchpoint's id",
            required=True,
            key=True,
        ),
        _network(),
        _date("date", "Dato", "Dagen, det skete", "The day it happened", required=True),
        Column(
            "kind",
            "Art",
            "enum",
            "Samspillets art",
            "The kind of touchpoint",
            required=True,
            choices=TOUCHPOINT_KINDS,
        ),
        _person(
            "by_id", "Af", "Person-id på den, der stod for det", "Person id of who did it", required=True
        ),
        Column(
            "counterpart",
            "Modpart",
            "text",
            "Modparten, fx platformen",
            "The other party, e.g. the platform",
            compared=True,
        ),
        Column(
            "audience",
            "Målgruppe",
            "enum",
            "Hvem der fik det at se; kræves ved Synliggørelse",
            "Who saw it; required for a showcase",
            choices=AUDIENCES,
            required_when=("kind", "showcase"),
        ),
        Column(
            "outcome",
            "Udfald",
            "enum",
            "Vurderingens udfald; kræves ved Politisk vurdering",
            "The assessment's outcome; required for a political assessment",
            choices=ASSESSMENTS,
            required_when=("kind", "political_assessment"),
        ),
        Column(
            "agenda",
            "Dagsorden",
            "enum",
            "Eksisterende eller ny dagsorden, ved Strategisk kobling",
            "Existing or new agenda, for a strategic link",
            choices=AGENDAS,
        ),
        Column("note", "Note", "text", "Note", "Note", descriptive=True),
    ),
)
VALUE_RECORDS = Kind(
    "value_records",
    "Værdi",
    "Målt og fulgt værdi",
    "Value measured and followed",
    (
        Column(
            "value_id",
            "Værdi-id",
            "identifier",
            "Værdiens id",
            "The value record's id",
            required=True,
            key=True,
        ),
        _network(),
        _solution(),
        _date("date", "Dato", "Dagen for målingen", "The day of the measurement", required=True),
        Column(
            "value_type",
            "Værditype",
            "enum",
            "Værdiens type",
            "The type of value",
            required=True,
            choices=VALUE_TYPES,
        ),
        Column(
            "cycle", "Værditrin", "enum", "Trin i værdiskabelsen", "Cycle of value creation", choices=CYCLES
        ),
        Column(
            "measure",
            "Mål/indikator",
            "text",
            "Hvad der måles",
            "What is measured",
            required=True,
            compared=True,
        ),
        Column("unit", "Enhed", "text", "Måleenhed", "Unit of measurement", compared=True),
        Column("baseline", "Udgangspunkt", "number", "Værdien før", "The value before"),
        Column("target", "Målsætning", "number", "Den værdi, der sigtes mod", "The value aimed at"),
        Column("measured", "Målt", "number", "Den målte værdi", "The value measured"),
        Column(
            "documentation",
            "Dokumentation",
            "text",
            "Hvor målingen er beskrevet",
            "Where the measurement is described",
            descriptive=True,
        ),
    ),
)
PULSE = Kind(
    "pulse",
    "Puls",
    "Netværkets anonyme svar om ansvaret; ingen nøgle, ens rækker er forskellige svar",
    "The network's anonymous answers on a responsibility; no key, identical rows are different answers",
    (
        _network(),
        _date("date", "Dato", "Dagen for svaret", "The day of the answer", required=True),
        Column(
            "respondent_role",
            "Respondent",
            "enum",
            "Hvem der svarer",
            "Who answers",
            required=True,
            choices=RESPONDENT_ROLES,
        ),
        Column(
            "responsibility",
            "Ansvar",
            "enum",
            "Ansvaret, R1-R9",
            "The responsibility, R1-R9",
            required=True,
            choices=tuple(Choice(name, name) for name in RESPONSIBILITY_IDS),
        ),
        Column("score", "Svar", "integer", "Svar, 1-5", "Answer, 1-5", required=True, minimum=1, maximum=5),
    ),
)
DISPUTABLE = (
    PHASES,
    APPLICATIONS,
    ADOPTION_EVENTS_KIND,
    CENTRAL_MANAGERS,
    OWNERSHIP,
    TOUCHPOINTS,
    VALUE_RECORDS,
)
DISPUTES = Kind(
    "disputes",
    "Indsigelser",
    "En leders indsigelse mod en registrering, og afgørelsen",
    "A leader's dispute of a record, and the decision",
    (
        Column(
            "dispute_id",
            "Indsigelses-id",
            "identifier",
            "Indsigelsens id",
            "The dispute's id",
            required=True,
            key=True,
        ),
        Column(
            "record_kind",
            "Arttype",
            "enum",
            "Den slags registrering, der gøres indsigelse mod",
            "The kind of record disputed",
            required=True,
            choices=tuple(Choice(kind.name, kind.sheet) for kind in DISPUTABLE),
        ),
        Column(
            "record_key",
            "Nøgle",
            "text",
            "Registreringens nøgle; dele adskilt af /, datoer som 2025-12-31",
            "The record's key; parts joined by /, dates as 2025-12-31",
            required=True,
        ),
        _date("raised_date", "Rejst", "Dagen, den blev rejst", "The day it was raised", required=True),
        Column("reason", "Begrundelse", "text", "Begrundelse", "Reason", descriptive=True),
        _date("resolved_date", "Afgjort", "Dagen, den blev afgjort", "The day it was decided"),
        Column(
            "outcome",
            "Afgørelse",
            "enum",
            "Afgørelsen; tom er åben",
            "The decision; empty is open",
            choices=DISPUTE_OUTCOMES,
        ),
    ),
)

KINDS = (
    PEOPLE,
    NETWORKS,
    ROLES_KIND,
    PHASES,
    SOLUTIONS,
    APPLICATIONS,
    ADOPTION_EVENTS_KIND,
    CENTRAL_MANAGERS,
    OWNERSHIP,
    TOUCHPOINTS,
    VALUE_RECORDS,
    PULSE,
    DISPUTES,
)
KIND_BY_NAME = {kind.name: kind for kind in KINDS}
