"""The organisation and its networks: people, networks, roles and phases."""

from assets.contract.choices import NETWORK_TYPES, ROLES
from assets.contract.shape import Column, Kind, date_column, network_column, person_column

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
        person_column(
            "superior_id", "Overordnet", "Nærmeste leders person-id", "Person id of the nearest superior"
        ),
        date_column(
            "valid_from",
            "Gældende fra",
            "Første dag, rækken gælder",
            "First day the row holds",
            required=True,
            key=True,
        ),
        date_column(
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
        date_column("start_date", "Startdato", "Første dag", "First day", required=True),
        date_column(
            "planned_end", "Planlagt slut", "Planlagt sidste dag", "Planned last day", may_be_future=True
        ),
        date_column("end_date", "Afsluttet", "Sidste dag", "Last day"),
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
        network_column(key=True),
        person_column(
            "person_id",
            "Person-id",
            "Personens id, som i arket Personer",
            "The person's id, as in the sheet Personer",
            required=True,
            key=True,
        ),
        Column("role", "Rolle", "enum", "Rollen", "The role", required=True, key=True, choices=ROLES),
        date_column(
            "valid_from", "Fra", "Første dag i rollen", "First day in the role", required=True, key=True
        ),
        date_column("valid_to", "Til", "Sidste dag i rollen", "Last day in the role", may_be_future=True),
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
        network_column(key=True),
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
        date_column("planned_date", "Planlagt dato", "Planlagt dag", "Planned day", may_be_future=True),
        date_column(
            "actual_date", "Faktisk dato", "Den dag, fasen blev nået", "The day the phase was reached"
        ),
    ),
)
