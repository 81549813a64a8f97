"""What each measure of ``organisation_result`` is: its name, how it is counted, and its unit.

Models that compute them: ``sql/results/organisation_*.sql``. The report, the workbook and the index page
show these same texts.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes:
        measure_id: As in ``organisation_result``.
        name, formula: Danish, English.
        unit: ``count``, ``share`` (0-1), ``kroner`` or ``days``.
        dimensions: What the dimension names, Danish and English; empty where it is always ''.
    """

    measure_id: str
    name: tuple[str, str]
    formula: tuple[str, str]
    unit: str
    dimensions: tuple[str, str] = ("", "")


MEASURES = (
    Measure(
        "networks_active",
        ("Aktive netværk", "Active networks"),
        (
            "Netværk, der er i gang på et tidspunkt i kvartalet.",
            "Networks running at some time in the quarter.",
        ),
        "count",
        ("tom: alle; ellers netværkets type", "empty: all; else the type of network"),
    ),
    Measure(
        "networks_followed",
        ("Netværk i opfølgning", "Networks followed"),
        (
            "Netværk afsluttet inden for de foregående 24 måneder.",
            "Networks closed within the 24 months before.",
        ),
        "count",
    ),
    Measure(
        "solutions_in_use",
        ("Løsninger i brug", "Solutions in use"),
        (
            "Løsninger, hvis seneste hændelse i mindst én enhed ikke er ophør, på kvartalets sidste dag.",
            "Solutions whose latest event in at least one unit is not an end, on the quarter's last day.",
        ),
        "count",
    ),
    Measure(
        "places_in_use",
        ("Steder i brug", "Places in use"),
        (
            "Par af løsning og enhed, hvor løsningen er i brug.",
            "Pairs of solution and unit where it is in use.",
        ),
        "count",
    ),
    Measure(
        "people_reached",
        ("Mennesker nået", "People reached"),
        (
            "Summen af det seneste oplyste omfang på de steder, hvor en løsning er i brug; n er steder med "
            "omfang.",
            "Sum of the latest reach told at the places in use; n is the places that have one.",
        ),
        "count",
    ),
    Measure(
        "areas_bridged",
        ("Forvaltninger i spil", "Administrations involved"),
        (
            "Forskellige forvaltninger blandt personer med en rolle i et aktivt netværk.",
            "Different administrations among people with a role in an active network.",
        ),
        "count",
    ),
    Measure(
        "value_followed",
        ("Målinger fulgt op", "Measurements followed up"),
        (
            "Værdier med både udgangspunkt og måling, dateret i de seneste 12 måneder, uanset fortegn.",
            "Value records with both baseline and measurement, dated in the last 12 months, whatever their "
            "sign.",
        ),
        "count",
        ("tom: alle; ellers værditypen", "empty: all; else the type of value"),
    ),
    Measure(
        "value_cycle",
        ("Målinger efter værditrin", "Measurements by cycle"),
        (
            "Som målinger fulgt op, fordelt på værditrin.",
            "As measurements followed up, by cycle of value creation.",
        ),
        "count",
        ("værditrinet", "the cycle"),
    ),
    Measure(
        "value_outcome",
        ("Udfald af målingerne", "Outcome of the measurements"),
        (
            "Seneste måling for hvert mål: nået, på vej, uændret eller væk fra målet, set fra "
            "udgangspunktet.",
            "Latest measurement of each goal: reached, towards, unchanged or away, seen from the baseline.",
        ),
        "count",
        ("udfaldet, eller værditype/udfald", "the outcome, or value type/outcome"),
    ),
    Measure(
        "goals_reached",
        ("Mål nået", "Goals reached"),
        (
            "Målinger, der har nået målet ÷ seneste målinger med et mål.",
            "Measurements that reached the goal ÷ latest measurements that have one.",
        ),
        "share",
    ),
    Measure(
        "funnel",
        ("Idéernes vej", "The way of the ideas"),
        (
            "Idéer til og med kvartalets sidste dag: valgt, testet, afgjort, optaget i basis, i brug i "
            "mindst to enheder.",
            "Ideas up to the quarter's last day: chosen, tested, decided, taken into base, in use in two "
            "units or more.",
        ),
        "count",
        ("trinet, eller sæson/trin", "the step, or season/step"),
    ),
    Measure(
        "funnel_share",
        ("Andel af idéerne", "Share of the ideas"),
        ("Idéer, der har nået trinet ÷ alle idéer.", "Ideas that reached the step ÷ all ideas."),
        "share",
        ("trinet, eller sæson/trin", "the step, or season/step"),
    ),
    Measure(
        "tests_decided",
        ("Tests afgjort", "Tests decided"),
        (
            "Løsninger, hvis test sluttede for mindst 90 dage siden, og som er afgjort ÷ alle sådanne.",
            "Solutions whose test ended at least 90 days ago and that were decided ÷ all such.",
        ),
        "share",
    ),
    Measure(
        "tests_waiting",
        ("Tests uden afgørelse", "Tests without a decision"),
        (
            "Løsninger, hvis test sluttede for mindst 90 dage siden, og som ikke er afgjort.",
            "Solutions whose test ended at least 90 days ago and that were not decided.",
        ),
        "count",
    ),
    Measure(
        "to_base_mark",
        ("Endnu ikke i basis", "Not yet in base"),
        (
            "Kaplan-Meier: andelen, der ikke er optaget i basis så mange dage efter første test.",
            "Kaplan-Meier: the share not taken into base so many days after the first test.",
        ),
        "share",
        ("dage", "days"),
    ),
    Measure(
        "to_base_step",
        ("Endnu ikke i basis, hvert trin", "Not yet in base, every step"),
        ("Som ovenfor, for hver dag noget skete.", "As above, for every day something happened."),
        "share",
        ("dage", "days"),
    ),
    Measure(
        "after_closing_mark",
        ("Stadig i brug efter lukning", "Still in use after closing"),
        (
            "Kaplan-Meier: andelen, der er i brug så mange dage efter netværkets lukning (eller en senere "
            "optagelse).",
            "Kaplan-Meier: the share in use so many days after the network closed (or a later adoption).",
        ),
        "share",
        ("dage", "days"),
    ),
    Measure(
        "after_closing_step",
        ("Stadig i brug, hvert trin", "Still in use, every step"),
        ("Som ovenfor, for hver dag noget skete.", "As above, for every day something happened."),
        "share",
        ("dage", "days"),
    ),
    Measure(
        "kroner_needed",
        ("Behov til test", "Needed for test"),
        ("Kapitalbehov med behovsdato i kvartalet.", "Capital need with a need date in the quarter."),
        "kroner",
    ),
    Measure(
        "kroner_asked",
        ("Ansøgt", "Asked for"),
        (
            "Ansøgt beløb sendt i kvartalet, uden kladder.",
            "Amounts applied for in the quarter, drafts left out.",
        ),
        "kroner",
        ("tom: alle; ellers formålet", "empty: all; else the purpose"),
    ),
    Measure(
        "kroner_granted",
        ("Bevilget", "Granted"),
        ("Bevilget beløb afgjort i kvartalet.", "Amounts granted and decided in the quarter."),
        "kroner",
        ("tom: alle; ellers formål eller kilde", "empty: all; else purpose or source"),
    ),
    Measure(
        "kroner_needed_to_date",
        ("Behov til test, til nu", "Needed for test, so far"),
        (
            "Som behov til test, til og med kvartalets sidste dag.",
            "As needed for test, up to the quarter's last day.",
        ),
        "kroner",
    ),
    Measure(
        "kroner_asked_to_date",
        ("Ansøgt til nu", "Asked for so far"),
        ("Som ansøgt, til og med kvartalets sidste dag.", "As asked for, up to the quarter's last day."),
        "kroner",
        ("tom: alle; ellers formålet", "empty: all; else the purpose"),
    ),
    Measure(
        "kroner_granted_to_date",
        ("Bevilget til nu", "Granted so far"),
        ("Som bevilget, til og med kvartalets sidste dag.", "As granted, up to the quarter's last day."),
        "kroner",
        ("tom: alle; ellers formål eller kilde", "empty: all; else purpose or source"),
    ),
    Measure(
        "kroner_needed_in_year",
        ("Behov til test i året", "Needed for test in the year"),
        ("Kapitalbehov med behovsdato i året.", "Capital need with a need date in the year."),
        "kroner",
        ("året", "the year"),
    ),
    Measure(
        "kroner_asked_in_year",
        ("Ansøgt til test i året", "Asked for test in the year"),
        ("Ansøgt til testfasen i året.", "Asked for the test phase in the year."),
        "kroner",
        ("året", "the year"),
    ),
    Measure(
        "kroner_granted_in_year",
        ("Bevilget til test i året", "Granted for test in the year"),
        ("Bevilget til testfasen i året.", "Granted for the test phase in the year."),
        "kroner",
        ("året", "the year"),
    ),
    Measure(
        "external_share",
        ("Ekstern andel", "External share"),
        ("Eksterne kroner ÷ alle kroner bevilget.", "External kroner ÷ all kroner granted."),
        "share",
        ("tom: til nu; quarter: i kvartalet", "empty: so far; quarter: in the quarter"),
    ),
    Measure(
        "applications_won",
        ("Ansøgninger med ja", "Applications won"),
        (
            "Helt eller delvist bevilgede ÷ afgjorte i de seneste 24 måneder; Wilson 95 %.",
            "Granted in full or in part ÷ decided in the last 24 months; Wilson 95%.",
        ),
        "share",
    ),
    Measure(
        "ownership",
        ("Ejerskab på niveau 4-5", "Ownership at level 4-5"),
        (
            "Steder (leder i netværk), hvor seneste svar inden for 12 måneder er ejerskab 4-5 eller et "
            "tilsagn ÷ alle "
            "steder. Grænser: ingen, eller alle, af dem, der ikke er hørt.",
            "Places (a manager in a network) where the latest answer within 12 months is ownership 4-5 or "
            "a commitment ÷ "
            "all places. Bounds: none, or all, of those not heard.",
        ),
        "share",
        ("owning, not_owning, not_heard", "owning, not_owning, not_heard"),
    ),
    Measure(
        "relevance",
        ("Relevans på niveau 4-5", "Relevance at level 4-5"),
        ("Som ejerskab, med relevans 4-5.", "As ownership, with relevance 4-5."),
        "share",
        ("relevant, not_relevant, not_heard", "relevant, not_relevant, not_heard"),
    ),
    Measure(
        "managers_asked",
        ("Centrale ledere", "Central managers"),
        ("Personer på niveau 4-5 udpeget i aktive netværk.", "People at level 4-5 named in active networks."),
        "count",
    ),
    Measure(
        "managers_acting",
        ("Ledere, der handlede", "Managers who acted"),
        (
            "Steder, hvor lederen står ved en test, optagelse eller skalering ÷ alle steder.",
            "Places where the manager stands by a test, adoption or scaling ÷ all places.",
        ),
        "share",
    ),
    Measure(
        "progress",
        ("Fremdrift", "Progress"),
        (
            "Faser nået senest 30 dage efter planen ÷ faser, der skulle være nået, i aktive netværk.",
            "Phases reached no later than 30 days after the plan ÷ phases due, in active networks.",
        ),
        "share",
    ),
    Measure(
        "political_assessment",
        ("Politiske vurderinger", "Political assessments"),
        ("Antal de seneste 12 måneder.", "Number in the last 12 months."),
        "count",
        ("udfaldet", "the outcome"),
    ),
    Measure(
        "political_dialogue",
        ("Politisk samspil", "Political dialogue"),
        ("Antal de seneste 12 måneder.", "Number in the last 12 months."),
        "count",
    ),
    Measure(
        "value_shown",
        ("Værdi vist", "Value shown"),
        ("Synliggørelser de seneste 12 måneder.", "Showcases in the last 12 months."),
        "count",
        ("målgruppen", "the audience"),
    ),
    Measure(
        "records",
        ("Registreringer", "Records"),
        (
            "Godkendte rækker dateret til og med kvartalets sidste dag.",
            "Accepted rows dated up to the quarter's last day.",
        ),
        "count",
        ("arten", "the kind"),
    ),
    Measure(
        "networks_covered",
        ("Netværk med registreringer", "Networks with records"),
        (
            "Aktive netværk med mindst én registrering af arten ÷ aktive netværk.",
            "Active networks with a record ÷ active.",
        ),
        "share",
        ("arten", "the kind"),
    ),
    Measure(
        "cells_filled",
        ("Udfyldte celler", "Cells filled in"),
        (
            "Registreringer, hvor cellen er udfyldt ÷ alle, hvor den kunne være.",
            "Records with the cell ÷ all that could.",
        ),
        "share",
        ("art.kolonne", "kind.column"),
    ),
    Measure(
        "results_by_reason",
        ("Resultater efter årsag", "Results by reason"),
        (
            "Resultater med et mål (uden puls) i aktive netværk: vurderet, eller hvorfor ikke ÷ alle.",
            "Results with a target (pulse left out) in active networks: judged, or why not ÷ all.",
        ),
        "share",
        ("judged, ellers årsagen", "judged, else the reason"),
    ),
)
MEASURE_BY_ID = {measure.measure_id: measure for measure in MEASURES}
