"""The way of a solution: solutions, applications and adoption events."""

from assets.contract.choices import ADOPTION_EVENTS, APPLICATION_STATUSES, PURPOSES, SOURCES
from assets.contract.shape import Column, Kind, date_column, network_column, person_column, solution_column

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
        network_column(),
        Column(
            "title",
            "Titel",
            "text",
            "Løsningens titel",
            "The solution's title",
            required=True,
            descriptive=True,
        ),
        date_column(
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
        date_column(
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
        network_column(),
        solution_column(),
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
        date_column(
            "submitted_date", "Ansøgningsdato", "Dagen, ansøgningen blev sendt", "The day it was sent"
        ),
        date_column("decided_date", "Afgørelsesdato", "Dagen, den blev afgjort", "The day it was decided"),
        Column(
            "status",
            "Status",
            "enum",
            "Ansøgningens status",
            "The application's status",
            required=True,
            choices=APPLICATION_STATUSES,
        ),
        person_column(
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
        solution_column(required=True),
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
        date_column("date", "Dato", "Dagen, det skete", "The day it happened", required=True),
        person_column("manager_id", "Leder", "Lederens person-id", "The manager's person id"),
        Column(
            "reach", "Omfang", "integer", "Antal mennesker, det når", "Number of people it reaches", minimum=0
        ),
    ),
)
