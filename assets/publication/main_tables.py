"""The tables of schema ``main``: results, definitions and accepted records."""

from assets.accepted.tables import DUCKDB_TYPES
from assets.contract import KINDS, Column, Kind
from assets.publication.tables import PublishedColumn as C
from assets.publication.tables import PublishedTable, Readers

ORGANISATION = C("organisation_id", "VARCHAR", "Organisationen", "The organisation")
NETWORK = C("network_id", "VARCHAR", "Netværkets id", "The network's id")
PERIOD = C("period", "VARCHAR", "Kvartalet, fx 2025Q1", "The quarter, such as 2025Q1")
INDICATOR = C("indicator_id", "VARCHAR", "Indikatorens id, fx R4.1", "The indicator's id, such as R4.1")
DIMENSION = C(
    "dimension",
    "VARCHAR",
    "Underopdeling: værditypen ved V6, ellers tom tekst",
    "Subdivision: the value type for V6, otherwise an empty text",
)
RESPONSIBILITY = C("responsibility_id", "VARCHAR", "Ansvaret, R1-R9", "The responsibility, R1-R9")
NUMBERS = (
    C(
        "numerator",
        "DOUBLE",
        "Tælleren, hvor værdien er en andel",
        "The numerator, where the value is a ratio",
    ),
    C(
        "denominator",
        "DOUBLE",
        "Nævneren, hvor værdien er en andel",
        "The denominator, where the value is a ratio",
    ),
    C(
        "value",
        "DOUBLE",
        "Værdien; en andel er 0-1",
        "The value; a share is 0-1",
        unit="indicator.unit",
    ),
    C("lower", "DOUBLE", "Nedre grænse for værdien", "Lower bound of the value", unit="indicator.unit"),
    C("upper", "DOUBLE", "Øvre grænse for værdien", "Upper bound of the value", unit="indicator.unit"),
    C(
        "n",
        "BIGINT",
        "Antal ting, værdien hviler på; for pulsen nedrundet til et multiplum af 5",
        "Number of things the value rests on; for the pulse rounded down to a multiple of 5",
        unit="antal / count",
    ),
)


def _leader(name: str, type_: str, da: str, en: str, unit: str = "") -> C:
    return C(name, type_, da, en, unit=unit, readers="leader_level")


INDICATOR_RESULT = PublishedTable(
    "main",
    "indicator_result",
    "Én række for hvert netværk, kvartal, indikator og underopdeling: tallet, målet og bedømmelsen",
    "One row per network, quarter, indicator and dimension: the figure, its target and how it was judged",
    (
        ORGANISATION,
        NETWORK,
        PERIOD,
        INDICATOR,
        DIMENSION,
        C(
            "responsibility_id",
            "VARCHAR",
            "Ansvaret, R1-R9; tom for netværkets værdi (V)",
            "The responsibility, R1-R9; empty for the network's value (V)",
        ),
        _leader(
            "reference_leader_id",
            "VARCHAR",
            "Person-id på referencelederen ved opgørelsen",
            "Person id of the reference leader at the count",
        ),
        C("period_start", "DATE", "Kvartalets første dag", "First day of the quarter"),
        C(
            "period_end",
            "DATE",
            "Opgørelsesdagen: kvartalets sidste dag eller kørslens skæringsdag",
            "The day of the count: the quarter's last day, or the run's as-of day",
        ),
        C(
            "provisional",
            "BOOLEAN",
            "Sand, når kvartalet endnu ikke er slut",
            "True while the quarter has not ended",
        ),
        C(
            "phase",
            "VARCHAR",
            "active (i gang) eller follow_up (opfølgning efter afslutning)",
            "active, or follow_up after the network's end",
        ),
        *NUMBERS,
        C("target", "DOUBLE", "Målet for opfyldt", "Target for fulfilled", unit="indicator.unit"),
        C(
            "partly_target",
            "DOUBLE",
            "Målet for delvist opfyldt",
            "Target for partly fulfilled",
            unit="indicator.unit",
        ),
        _leader(
            "status",
            "VARCHAR",
            "fulfilled, partly, not_fulfilled, not_assessable, not_applicable eller informative; tom for V",
            "fulfilled, partly, not_fulfilled, not_assessable, not_applicable or informative; empty for V",
        ),
        C(
            "reason",
            "VARCHAR",
            "Hvorfor tallet eller bedømmelsen mangler",
            "Why the figure or the judgement is missing",
        ),
        C(
            "certain",
            "BOOLEAN",
            "Sand, når begge grænser giver samme bedømmelse; tom, hvor intet er bedømt",
            "True when both bounds give the same judgement; empty where nothing is judged",
        ),
        C(
            "disputed",
            "BOOLEAN",
            "Sand, når åbne indsigelser ville ændre tallet",
            "True when open disputes would change the figure",
        ),
        C(
            "value_if_upheld",
            "DOUBLE",
            "Værdien, hvis alle åbne indsigelser får medhold",
            "The value if every open dispute is upheld",
            unit="indicator.unit",
        ),
        _leader(
            "status_if_upheld",
            "VARCHAR",
            "Bedømmelsen, hvis alle åbne indsigelser får medhold",
            "The status if every open dispute is upheld",
        ),
        C("definition_version", "INTEGER", "Definitionens version", "Version of the definition"),
    ),
    5,
    "results.indicator_result",
)
RESPONSIBILITY_RESULT = PublishedTable(
    "main",
    "responsibility_result",
    "Én række for hvert netværk, kvartal og ansvar: hvordan ansvaret er løftet, og hvordan det opleves",
    "One row per network, quarter and responsibility: how it was met, and how it is perceived",
    (
        ORGANISATION,
        NETWORK,
        PERIOD,
        RESPONSIBILITY,
        _leader("reference_leader_id", "VARCHAR", "Referencelederens person-id", "The leader's person id"),
        C(
            "accountability",
            "VARCHAR",
            "accountable, shared eller supporting efter rollens ordlyd",
            "accountable, shared or supporting, by the wording of the role",
        ),
        _leader("status", "VARCHAR", "Bedømmelsen af ansvaret", "Status of the responsibility"),
        _leader("perceived_status", "VARCHAR", "Status i pulsen", "Status in the pulse"),
        _leader(
            "perception_gap",
            "INTEGER",
            "Oplevet minus observeret (opfyldt 2, delvist 1, ikke 0)",
            "Perceived minus observed (fulfilled 2, partly 1, not 0)",
            unit="trin / steps",
        ),
        C(
            "disputed",
            "BOOLEAN",
            "Sand, når åbne indsigelser ville ændre bedømmelsen",
            "True when open disputes would change the status",
        ),
        _leader(
            "status_if_upheld",
            "VARCHAR",
            "Bedømmelsen, hvis alle åbne indsigelser får medhold",
            "The status if every open dispute is upheld",
        ),
        _leader("fulfilled", "BIGINT", "Indikatorer opfyldt", "Indicators fulfilled", "antal / count"),
        _leader("partly", "BIGINT", "Indikatorer delvist opfyldt", "Indicators partly met", "antal / count"),
        _leader(
            "not_fulfilled",
            "BIGINT",
            "Indikatorer ikke opfyldt",
            "Indicators not fulfilled",
            "antal / count",
        ),
    ),
    4,
    "results.responsibility_result",
)
SUPPRESSED = C(
    "suppressed",
    "BOOLEAN",
    "Sand, når tallene holdes tilbage, fordi for få står bag",
    "True when the numbers are held back because too few stand behind them",
)


def _networks(name: str, da: str, en: str) -> C:
    return C(name, "BIGINT", da, en, unit="netværk / networks")


RESPONSIBILITY_SUMMARY = PublishedTable(
    "main",
    "responsibility_summary",
    "Netværk efter bedømmelse, for hvert ansvar, netværkstype og vindue; holdes tilbage, når for få står bag",
    "Networks by status, per responsibility, network type and window; held back when too few stand behind",
    (
        ORGANISATION,
        PERIOD,
        RESPONSIBILITY,
        C("network_type", "VARCHAR", "Netværkstypen; tom tekst for alle", "The type; an empty text for all"),
        C(
            "window",
            "VARCHAR",
            "quarter (kvartalet) eller two_years (hvert netværk i sit seneste kvartal af otte)",
            "quarter, or two_years (each network in its latest quarter of eight)",
        ),
        _networks("networks", "Netværk i alt", "Networks in all"),
        _networks("fulfilled", "Opfyldt", "Fulfilled"),
        _networks("partly", "Delvist opfyldt", "Partly fulfilled"),
        _networks("not_fulfilled", "Ikke opfyldt", "Not fulfilled"),
        _networks("not_assessable", "Kan ikke bedømmes", "Not assessable"),
        _networks("not_applicable", "Ikke relevant", "Not applicable"),
        SUPPRESSED,
    ),
    5,
    "results.responsibility_summary",
)
ORGANISATION_RESULT = PublishedTable(
    "main",
    "organisation_result",
    "Organisationens tal for hvert kvartal: værdi, vejen fra idé til basis, kroner, ejerskab",
    "The organisation's figures per quarter: value, the way from idea to base, kroner, ownership",
    (
        ORGANISATION,
        PERIOD,
        C("measure_id", "VARCHAR", "Hvad der er målt", "What is measured"),
        C("dimension", "VARCHAR", "Underopdeling, ellers tom tekst", "Subdivision, otherwise an empty text"),
        *NUMBERS,
        SUPPRESSED,
    ),
    4,
    "results.organisation_result",
)
PULSE_SUMMARY = PublishedTable(
    "main",
    "pulse_summary",
    "Pulsen: status og nedrundet antal svar. Det er svar, ikke personer; de enkelte svar vises intet sted",
    "The pulse: status and number of answers, rounded down. Answers, not people; no single answer is shown",
    (
        ORGANISATION,
        NETWORK,
        PERIOD,
        RESPONSIBILITY,
        _leader("status", "VARCHAR", "Status i pulsen", "Status in the pulse"),
        C("reason", "VARCHAR", "Hvorfor status mangler", "Why there is no status"),
        C(
            "n",
            "BIGINT",
            "Antal svar, nedrundet til et multiplum af 5",
            "Number of answers, rounded down to a multiple of 5",
            unit="svar / answers",
        ),
    ),
    4,
    "results.indicator_result",
)
_UNITS = {"money": "kr. / DKK"}


RECORD_KEY = C(
    "record_key",
    "VARCHAR",
    "Registreringens nøgle; dele adskilt af /, datoer som 2025-12-31",
    "The record's key; parts joined by /, dates as 2025-12-31",
)


def record_table(kind: Kind) -> PublishedTable:
    """The published table of one kind's accepted records: canonical columns, and where each was read.

    In ``disputes`` the column ``record_key`` is the disputed record's, as the contract names it.
    """
    columns = (
        ORGANISATION,
        *(() if "record_key" in (column.name for column in kind.columns) else (RECORD_KEY,)),
        *(_record_column(kind, column) for column in kind.columns),
        C("delivery_sequence", "BIGINT", "Leverancen, som audit.delivery", "Delivery, as in audit.delivery"),
        C("sheet", "VARCHAR", "Arket, den er læst i", "The sheet it was read from"),
        C("row_number", "INTEGER", "Rækken i arket", "The row in the sheet"),
    )
    return PublishedTable(
        "main",
        kind.name,
        f"Godkendte rækker fra arket {kind.sheet}: {kind.meaning_da}",
        f"Accepted rows of the sheet {kind.sheet}: {kind.meaning_en}",
        columns,
        2,
        f"accepted.{kind.name}",
    )


def _record_column(kind: Kind, column: Column) -> C:
    personal = kind.name == "people" and column.name == "name"
    about_people = column.name == "person_id" or column.refers_to == "people"
    readers: Readers = "personal" if personal else "leader_level" if about_people else "everyone"
    return C(
        column.name,
        DUCKDB_TYPES[column.type],
        column.meaning_da,
        column.meaning_en,
        unit=_UNITS.get(column.type, ""),
        heading=column.heading,
        readers=readers,
    )


RECORD_TABLES = tuple(record_table(kind) for kind in KINDS if kind.name != "pulse")
