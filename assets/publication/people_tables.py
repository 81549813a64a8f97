"""Who sees what, and what each organisation has decided about measuring people: for readers of the file."""

from assets.people.roles import role_rows
from assets.publication.main_tables import ORGANISATION
from assets.publication.tables import PublishedColumn as C
from assets.publication.tables import PublishedTable, quoted


def _values() -> str:
    lines = (
        ", ".join(str(value).lower() if isinstance(value, bool) else quoted(value) for value in row)
        for row in role_rows()
    )
    names = "role, product, sees, place, leader_level, enforced_da, enforced_en"
    return f"(values {', '.join(f'({line})' for line in lines)}) as who_sees_what({names})"


ROLE = PublishedTable(
    "audit",
    "role",
    "Hvem der ser hvad, og hvordan det håndhæves; som docs/roles.md",
    "Who sees what, and how that is enforced; as docs/roles.md",
    (
        C("role", "VARCHAR", "Læserens rolle", "The reader's role"),
        C("product", "VARCHAR", "Det, der kan læses", "What can be read"),
        C("sees", "VARCHAR", "all (alt), own (eget) eller none (intet)", "all, own or none"),
        C("place", "VARCHAR", "Hvor det ligger i hjemmet", "Where it lies in the home"),
        C(
            "leader_level",
            "BOOLEAN",
            "Sand, når det handler om den enkelte leder; så logges læsningen",
            "True where it speaks of single leaders; reading it is then logged",
        ),
        C("enforced_da", "VARCHAR", "Hvordan det håndhæves", "How it is enforced, in Danish"),
        C("enforced_en", "VARCHAR", "Hvordan det håndhæves, på engelsk", "How it is enforced"),
    ),
    2,
    _values(),
)
_TEXTS = (
    ("name", "Navnet i rapporterne", "The name in the reports"),
    ("controller", "Den dataansvarlige", "The data controller"),
    ("contact", "Funktionspostkasse for spørgsmål", "Shared mailbox for questions"),
    ("protection_officer", "Databeskyttelsesrådgiverens postkasse", "The protection officer's mailbox"),
    ("purpose", "Hvad målingen bruges til", "What the measurement is for"),
    ("legal_basis", "Behandlingens hjemmel", "The legal basis of the processing"),
    ("storage", "Hvor og hvor længe data opbevares", "Where and how long data is kept"),
    ("objection", "Hvordan man gør indsigelse", "How to object"),
)
ORGANISATION_SETTINGS = PublishedTable(
    "audit",
    "organisation",
    "Hvad hver organisation har besluttet om at måle på mennesker, fra arket Organisationer",
    "What each organisation decided about measuring people, from the sheet Organisationer",
    (
        ORGANISATION,
        C(
            "not_before",
            "DATE",
            "Første dag, der må laves ark om den enkelte leder",
            "First day on which a sheet about one leader may be made",
        ),
        C(
            "med_discussed_on",
            "DATE",
            "Dagen, målingen blev drøftet i MED",
            "The day the measurement was discussed in the MED committee",
        ),
        *(C(name, "VARCHAR", da, en) for name, da, en in _TEXTS),
    ),
    1,
    "settings.organisations",
)
