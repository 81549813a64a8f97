"""The published tables about answering for the numbers: hearings, completeness and the to-do list."""

from assets.publication.main_tables import INDICATOR, NETWORK, ORGANISATION, PERIOD
from assets.publication.tables import PublishedColumn as C
from assets.publication.tables import PublishedTable

_WHOLE_OR_NETWORK = C(
    "network_id",
    "VARCHAR",
    "Netværkets id; tom tekst for hele organisationen",
    "The network's id; an empty text for the organisation as a whole",
)


def _findings(name: str, da: str, en: str) -> C:
    return C(name, "BIGINT", da, en, unit="fund / findings")


HEARING = PublishedTable(
    "audit",
    "hearing",
    "Hver referenceleders ark: kladde, hørt eller endeligt, siden hvornår, og lederens bemærkninger",
    "Each reference leader's sheet: draft, heard or final, since when, and the leader's remarks",
    (
        ORGANISATION,
        NETWORK,
        PERIOD,
        C(
            INDICATOR.name,
            INDICATOR.type,
            "Indikatoren, bemærkningen gælder; tom tekst for hele arket",
            "The indicator the remark is about; an empty text for the whole sheet",
        ),
        C(
            "reference_leader_id",
            "VARCHAR",
            "Person-id på referencelederen",
            "Person id of the reference leader",
            readers="leader_level",
        ),
        C("state", "VARCHAR", "draft (kladde), heard (hørt) eller final (endelig)", "draft, heard or final"),
        C("heard_on", "DATE", "Dagen, lederen blev hørt", "The day the leader was heard"),
        C("final_on", "DATE", "Dagen, arket blev endeligt", "The day the sheet became final"),
        C(
            "remarks",
            "VARCHAR",
            "Lederens bemærkninger, som trykkes ved tallet",
            "The leader's remarks, printed with the figure",
            readers="leader_level",
        ),
    ),
    4,
    "results.hearing",
)
COMPLETENESS = PublishedTable(
    "audit",
    "completeness",
    "Om data kom, kom til tiden og blev rettet i tide. Står ved siden af resultaterne, aldrig blandet",
    "Whether data came, came in time and was mended in time. Beside the results, and never mixed with them",
    (
        ORGANISATION,
        _WHOLE_OR_NETWORK,
        PERIOD,
        C("kind", "VARCHAR", "Arten af registrering", "The record kind"),
        C(
            "delivered",
            "VARCHAR",
            "on_time (til tiden), late (for sent), delivered (uden aftalt frist), missing (mangler), not_due "
            "(fristen er ikke nået), no_rows (netværket har ingen rækker) eller not_kept (arten føres ikke)",
            "on_time, late, delivered (no deadline agreed), missing, not_due (deadline not reached), no_rows "
            "(the network has no rows) or not_kept (the kind is not kept)",
        ),
        C(
            "delivered_date",
            "DATE",
            "Første levering efter kvartalets slutning",
            "First delivery after the quarter ended",
        ),
        C(
            "days_after_quarter",
            "INTEGER",
            "Dage fra kvartalets slutning til leveringen",
            "Days from the quarter's end to the delivery",
            unit="dage / days",
        ),
        C("delivery_days", "INTEGER", "Den aftalte frist", "The agreed deadline", unit="dage / days"),
        C("rows_held", "BIGINT", "Godkendte rækker nu", "Accepted rows now", unit="rækker / rows"),
        _findings(
            "findings", "Fejl og advarsler, først set i kvartalet", "Errors and warnings first told in it"
        ),
        _findings("findings_mended", "Heraf rettet", "Of these mended"),
        _findings("findings_waived", "Heraf med dispensation nu", "Of these waived now"),
        _findings(
            "findings_overdue",
            "Heraf åbne eller rettet efter fristen; tom, hvor ingen frist er aftalt",
            "Of these open or mended after the deadline; empty where none is agreed",
        ),
        C("mending_days", "INTEGER", "Den aftalte rettefrist", "The agreed time to mend", unit="dage / days"),
    ),
    4,
    "results.completeness",
)
TODO = PublishedTable(
    "audit",
    "todo",
    "Sekretariatets opgaveliste: hvad der venter på en afgørelse, en dato, en samtale eller en vurdering",
    "The secretariat's to-do list: what waits for a decision, a date, a conversation or an assessment",
    (
        ORGANISATION,
        _WHOLE_OR_NETWORK,
        C(
            "task",
            "VARCHAR",
            "Slags opgave: application_without_decision, phase_due, manager_not_heard, assessment_missing, "
            "leader_missing, test_without_decision, dispute_without_decision eller name_to_ask_about",
            "Kind of task: application_without_decision, phase_due, manager_not_heard, assessment_missing, "
            "leader_missing, test_without_decision, dispute_without_decision or name_to_ask_about",
        ),
        C("record_kind", "VARCHAR", "Registreringens art", "The record kind"),
        C(
            "record_key",
            "VARCHAR",
            "Registreringens nøgle; ved navneskift de to navne",
            "The record's key; for a name to ask about the two names",
        ),
        C("since_date", "DATE", "Siden hvornår det har ventet", "Since when it has waited"),
        C("days_waited", "INTEGER", "Dage, det har ventet", "Days it has waited", unit="dage / days"),
        C("text_da", "VARCHAR", "Hvad der skal gøres, på dansk", "What to do, in Danish"),
        C("text_en", "VARCHAR", "Hvad der skal gøres, på engelsk", "What to do, in English"),
    ),
    5,
    "results.todo",
)
ANSWERABILITY_TABLES = (HEARING, COMPLETENESS, TODO)
