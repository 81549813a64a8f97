"""The kinds that a leader may dispute, and the disputes themselves."""

from assets.contract.choices import DISPUTE_OUTCOMES
from assets.contract.managers import CENTRAL_MANAGERS, OWNERSHIP
from assets.contract.networks import PHASES
from assets.contract.shape import Choice, Column, Kind, date_column
from assets.contract.solutions import ADOPTION_EVENTS_KIND, APPLICATIONS
from assets.contract.work import TOUCHPOINTS, VALUE_RECORDS

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
        date_column("raised_date", "Rejst", "Dagen, den blev rejst", "The day it was raised", required=True),
        Column("reason", "Begrundelse", "text", "Begrundelse", "Reason", descriptive=True),
        date_column("resolved_date", "Afgjort", "Dagen, den blev afgjort", "The day it was decided"),
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
