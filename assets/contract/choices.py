"""The closed lists of the contract, in the order a template shows them."""

from assets.contract.shape import Choice

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
