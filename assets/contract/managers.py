"""The central managers of a network, and the ownership they say."""

from assets.contract.choices import COMMITMENTS, OWNERSHIP_SOURCES
from assets.contract.shape import Column, Kind, date_column, network_column, person_column

CENTRAL_MANAGERS = Kind(
    "central_managers",
    "Centrale ledere",
    "De ledere på niveau 4-5, hvis ejerskab netværket har brug for",
    "The managers at level 4-5 whose ownership the network needs",
    (
        network_column(key=True),
        person_column(
            "manager_id", "Leder", "Lederens person-id", "The manager's person id", required=True, key=True
        ),
        date_column(
            "identified_date",
            "Udpeget",
            "Første dag på listen",
            "First day on the list",
            required=True,
            key=True,
        ),
        date_column(
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
        network_column(key=True),
        person_column(
            "manager_id", "Leder", "Lederens person-id", "The manager's person id", required=True, key=True
        ),
        date_column("date", "Dato", "Dagen for svaret", "The day of the answer", required=True, key=True),
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
