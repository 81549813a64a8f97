"""What the report calls the closed lists of the contract, in Danish and English."""

from assets.contract import KIND_BY_NAME
from assets.reports.words import Words

Label = tuple[str, str]

NETWORK_TYPES: dict[str, Label] = {
    "innovation": ("Innovationsnetværk", "Innovation network"),
    "learning": ("Læringsnetværk", "Learning network"),
    "welfare": ("Velfærdsnetværk", "Welfare network"),
}
VALUE_TYPES: dict[str, Label] = {
    "quality": ("Kvalitet", "Quality"),
    "efficiency": ("Effektivitet", "Efficiency"),
    "employee": ("Medarbejdere", "Employees"),
    "citizen": ("Borgere", "Citizens"),
    "democracy": ("Politiske mål", "Political goals"),
}
CYCLES: dict[str, Label] = {
    "immediate": ("Umiddelbar", "Immediate"),
    "potential": ("Potentiel", "Potential"),
    "applied": ("Anvendt", "Applied"),
    "realised": ("Realiseret", "Realised"),
    "reframing": ("Nytænkt", "Reframing"),
    "unstated": ("Ikke angivet", "Not stated"),
}
OUTCOMES: dict[str, Label] = {
    "reached": ("Målet nået", "Goal reached"),
    "towards": ("På vej mod målet", "Towards the goal"),
    "unchanged": ("Uændret", "Unchanged"),
    "away": ("Væk fra målet", "Away from the goal"),
    "no_target": ("Målt uden mål", "Measured, no goal"),
}
STEPS: dict[str, Label] = {
    "idea": ("Idéer", "Ideas"),
    "tested": ("Testet", "Tested"),
    "decided": ("Afgjort", "Decided"),
    "in_base": ("Optaget i basis", "Taken into base"),
    "scaled": ("Skaleret", "Scaled"),
}
PARTS: dict[str, dict[str, Label]] = {
    "ownership": {
        "owning": ("Tager ejerskab", "Takes ownership"),
        "not_owning": ("Tager ikke ejerskab", "Does not take ownership"),
        "not_heard": ("Ikke hørt", "Not heard"),
    },
    "relevance": {
        "relevant": ("Finder det relevant", "Finds it relevant"),
        "not_relevant": ("Finder det ikke relevant", "Does not find it relevant"),
        "not_heard": ("Ikke hørt", "Not heard"),
    },
}
QUESTIONS: dict[str, Label] = {
    "ownership": ("Ejerskab", "Ownership"),
    "relevance": ("Relevans", "Relevance"),
}
ANSWERS: dict[str, Label] = {
    "yes": ("Ja", "Yes"),
    "no": ("Nej", "No"),
    "not_heard": ("Ikke hørt", "Not heard"),
}
STATUSES: dict[str, Label] = {
    "fulfilled": ("Opfyldt", "Fulfilled"),
    "partly": ("Delvist opfyldt", "Partly fulfilled"),
    "not_fulfilled": ("Ikke opfyldt", "Not fulfilled"),
    "not_assessable": ("Kan ikke vurderes", "Cannot be assessed"),
    "not_applicable": ("Ikke relevant", "Not applicable"),
}
ACCOUNTABILITY: dict[str, Label] = {
    "accountable": ("ansvarlig", "accountable"),
    "shared": ("medansvarlig", "shared"),
    "supporting": ("understøttende", "supporting"),
}
ANSWERING: dict[str, Label] = {
    "accountable": ("Referencelederen er ansvarlig", "The reference leader is accountable"),
    "shared": ("Referencelederen er medansvarlig", "The reference leader shares the responsibility"),
    "supporting": ("Referencelederen understøtter", "The reference leader supports"),
}
STANDINGS: dict[str, Label] = {
    "most": ("De fleste opfylder", "Most fulfil"),
    "some": ("Delt", "Divided"),
    "few": ("Få opfylder", "Few fulfil"),
    "hidden": ("Vises ikke", "Not shown"),
}
STANDS: dict[str, Label] = {  # the same within a sentence
    "most": ("opfyldt i de fleste", "fulfilled in most"),
    "some": ("delt", "divided"),
    "few": ("opfyldt i få", "fulfilled in few"),
}
REASONS: dict[str, Label] = {
    "judged": ("Vurderet", "Judged"),
    "not_kept": ("Organisationen registrerer det ikke", "The organisation does not keep these records"),
    "no_reference_leader": ("Netværket har ingen referenceleder", "The network has no reference leader"),
    "short_tenure": ("Referencelederen er så ny, at intet bør vurderes", "The reference leader is too new"),
    "not_due": ("Fristen er ikke nået", "It is not due yet"),
    "no_data": ("Der er for lidt at regne på", "There is too little to go by"),
    "level_unknown": ("Ledernes niveau er ukendt", "The managers' level is unknown"),
    "too_few_heard": ("For få er hørt", "Too few were heard"),
    "too_few_answers": ("For få svar", "Too few answers"),
    "learning_network": ("Læringsnetværk uden løsninger", "Learning network without solutions"),
    "not_relevant": ("Vurderet som ikke politisk relevant", "Judged not politically relevant"),
    "none_identified": ("Ingen ledere udpeget", "No managers identified"),
}
CELLS: dict[str, Label] = {
    "solutions.capital_need": ("Løsninger med kapitalbehov", "Solutions with capital need"),
    "applications.responsible_id": (
        "Eksterne ansøgninger med ansvarlig",
        "External applications with someone responsible",
    ),
    "adoption_events.reach": ("Optagelser med omfang", "Adoptions with reach"),
    "value_records.baseline": ("Værdi med udgangspunkt", "Value records with a baseline"),
    "value_records.target": ("Værdi med målsætning", "Value records with a target"),
    "value_records.measured": ("Værdi med måling", "Value records with a measurement"),
    "value_records.cycle": ("Værdi med værditrin", "Value records with a cycle"),
}
AUDIENCES: dict[str, Label] = {
    "organisation": ("Organisationen", "The organisation"),
    "politicians": ("Politikerne", "The politicians"),
    "city": ("Byen", "The city"),
}
PURPOSES: dict[str, Label] = {
    "test": ("Testfase", "Test phase"),
    "scaling": ("Skalering", "Scaling"),
    "operation": ("Drift", "Operation"),
}
SOURCES: dict[str, Label] = {"internal": ("Intern", "Internal"), "external": ("Ekstern", "External")}
CAUSES: dict[str, Label] = {
    "code_part": ("programmet", "the program"),
    "definition_part": ("definitionen", "the definition"),
    "target_part": ("måltallet", "the target"),
    "late_part": ("sene registreringer", "late records"),
    "corrected_part": ("rettelser", "corrections"),
    "withdrawn_part": ("tilbagetrækning", "withdrawal"),
    "dispute_part": ("indsigelser", "disputes"),
    "erased_part": ("sletning af en persons oplysninger", "the erasure of a person's data"),
}
WINDOWS: dict[str, Label] = {
    "quarter": ("kvartalet", "the quarter"),
    "two_years": ("to år", "two years"),
}
KINDS: dict[str, Label] = {
    name: (kind.sheet, name.replace("_", " ").capitalize()) for name, kind in KIND_BY_NAME.items()
}


def label(words: Words, labels: dict[str, Label], value: str) -> str:
    """The word for a value of a closed list; a value that is new to the report stands as it is."""
    da, en = labels.get(value, (value, value))
    return words.pick(da, en)
