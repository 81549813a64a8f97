"""The three documents the law asks for, filled in from contract, settings, roles and definitions, in Danish.

Processing record (fortegnelse, art. 30), notice to those measured (art. 13-14) and a draft impact assessment
(konsekvensanalyse, art. 35). What only the organisation can know and has not said stands as a marked gap.
"""

# ruff: noqa: E501 - a sentence of a document stands on one line.

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from assets.clock import danish_date
from assets.contract import KINDS
from assets.home import Home, load_settings
from assets.people.page import as_page
from assets.people.purpose import PURPOSE, may_show_leaders
from assets.people.retention import KINDS as KEPT
from assets.people.retention import months_of
from assets.people.roles import EXTENTS, products, roles
from assets.people.rows import person_columns
from assets.publication.tables import identifier
from assets.results.suppression import FEWEST_LEADERS, FEWEST_NETWORKS

GAP = "[udfyldes af organisationen: {what}, arket Organisationer i _indstillinger.xlsx]"
BASIS = (
    "Databeskyttelsesforordningens art. 6, stk. 1, litra e, jf. databeskyttelseslovens § 12 (ansættelsesforhold); "
    "bekræftes af databeskyttelsesrådgiveren"
)
OBJECTION = "Skriv til kontakten ovenfor; en indsigelse mod en registrering føres i arket Indsigelser"
FIELDS = (
    "name",
    "controller",
    "contact",
    "protection_officer",
    "purpose",
    "legal_basis",
    "storage",
    "objection",
)
RISKS = (
    (
        "Tallene bruges til løn, disciplin eller afskedigelse",
        "Formålet står på hvert ark om en leder; ingen rangering og ingen samlet karakter findes; kun lederen, "
        "den overordnede og revisoren ser den enkelte leders tal",
        "Lille",
    ),
    (
        "En leder genkendes i summer eller ved at trække tal fra hinanden",
        f"Summer vises kun for mindst {FEWEST_NETWORKS} netværk og {FEWEST_LEADERS} referenceledere; mere skjules, "
        "så det skjulte ikke kan regnes ud, heller ikke mellem to offentliggørelser",
        "Lille",
    ),
    (
        "En leder bedømmes på andres forhold: kort tid i rollen, en forgængers tid, få svar",
        "Ingen bedømmelse før 90 dage; kun lederens egen tid tæller; for få hørte giver »kan ikke bedømmes«; "
        "usikkerhed vises; mangler data, er det ikke nul",
        "Middel",
    ),
    (
        "Fejl i registreringerne står uimodsagt",
        "Lederen ser belægget, kan gøre indsigelse mod en registrering og udtale sig før brug; tal vises begge "
        "veje, mens indsigelsen er åben; rettelser spores",
        "Lille",
    ),
    (
        "Navne eller id'er slipper ud gennem filer, logge eller rapporter",
        "Navne står kun i tabellen people; rapporter bygges af summerne; forskerens fil gennemsøges før brug; "
        "adgang styres af filrettigheder og rolle, og læsning om enkeltpersoner logges i en kædet log",
        "Lille",
    ),
    (
        "Fortrolige oplysninger skrives i fri tekst",
        "CPR-numre afvises og gemmes intet sted; e-mail og telefon tømmes; fri tekst siger, at noget skete, "
        "aldrig hvad der blev sagt",
        "Middel",
    ),
    (
        "Oplysninger gemmes længere end nødvendigt",
        "Frister pr. slags data, slettet af en plan og forseglet uden indhold; sletning af en person gælder også "
        "arkiv og tidligere offentliggørelser",
        "Lille",
    ),
)


@dataclass(frozen=True)
class Said:
    """What the settings say of an organisation; an empty field was left out."""

    organisation: str
    values: Mapping[str, str]
    not_before: date | None
    med_discussed_on: date | None

    def get(self, field: str, what: str, otherwise: str = "") -> str:
        """The field, else what holds otherwise, else a marked gap."""
        return self.values.get(field) or otherwise or GAP.format(what=what)


def read_said(connection: duckdb.DuckDBPyConnection, organisation: str) -> Said:
    """The organisation's own words, from ``settings.organisations``."""
    columns = ", ".join(identifier(field) for field in (*FIELDS, "not_before", "med_discussed_on"))
    rows = connection.execute(
        f"select {columns} from settings.organisations where organisation_id = ?", [organisation]
    ).fetchall()
    if not rows:
        return Said(organisation, {}, None, None)
    *texts, not_before, discussed = rows[0]
    values = {field: text or "" for field, text in zip(FIELDS, texts, strict=True)}
    return Said(organisation, values, not_before, discussed)


def write_duties(
    connection: duckdb.DuckDBPyConnection, home: Home, organisation: str, out: Path, day: date
) -> list[Path]:
    """Write the three documents, each as Markdown and as a page; their paths.

    Args:
        connection: The warehouse.
        day: The day on the documents.
    """
    said = read_said(connection, organisation)
    months = months_of(load_settings(home))
    refusal = may_show_leaders(connection, organisation, day)
    documents = {
        "fortegnelse": processing_record(said, months, day),
        "underretning": notice(said, months, day),
        "konsekvensanalyse": impact_assessment(said, months, day, refusal.da if refusal else ""),
    }
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in documents.items():
        for suffix, content in ((".md", text), (".html", as_page(text))):
            path = out / f"{name}{suffix}"
            path.write_text(content, encoding="utf-8")
            written.append(path)
    return written


def processing_record(said: Said, months: Mapping[str, int], day: date) -> str:
    """The record of processing, art. 30."""
    return "\n".join(
        (
            f"# Fortegnelse over behandlingsaktivitet: Netværdi, {said.get('name', 'navn', said.organisation)}",
            f"\nUdkast af {danish_date(day)} efter databeskyttelsesforordningens art. 30, stk. 1.\n",
            _facts(said),
            "## Kategorier af registrerede\n",
            "Referenceledere, netværksledere, netværksdeltagere, ledere på niveau 4-5 og overordnede, alle ansatte "
            "i organisationen. Pulsens svar er anonyme og knyttes ikke til personer.\n",
            "## Kategorier af personoplysninger\n",
            _data_kinds(),
            "\nFølsomme oplysninger (art. 9) og CPR-numre behandles ikke; et CPR-nummer i en fil afvises og gemmes "
            "intet sted.\n",
            "## Modtagere\n",
            _receivers(),
            "\nIngen overføres til tredjelande; systemet kører på organisationens egen maskine.\n",
            "## Slettefrister\n",
            _storage(said, months),
            "## Sikkerhedsforanstaltninger\n",
            _safeguards(),
        )
    )


def notice(said: Said, months: Mapping[str, int], day: date) -> str:
    """The notice to those measured, art. 13 and 14."""
    return "\n".join(
        (
            f"# Til dig, der måles på som referenceleder i {said.get('name', 'navn', said.organisation)}",
            f"\nUdkast af {danish_date(day)}. Underretning efter databeskyttelsesforordningens art. 13 og 14.\n",
            _facts(said),
            "Ingen afgørelse træffes automatisk (art. 22). Der laves ingen rangliste og ingen samlet karakter.\n",
            "## Hvornår\n",
            _when(said),
            "## Hvilke oplysninger, og hvor de kommer fra\n",
            "Kun registreringer, der er lavet med vilje om netværket. Kalendere, mails og logge høstes ikke.\n",
            _data_kinds(),
            "\n## Hvem der ser dem\n",
            _receivers(),
            "\n## Hvor længe\n",
            _storage(said, months),
            "## Dine rettigheder\n",
            "- **Se** (art. 15): alt, hvad der er om dig, i hvert lag: `netvaerdi person show`.\n"
            "- **Ret** (art. 16): en forkert oplysning rettes, og rettelsen kan ses: `netvaerdi person correct`.\n"
            "- **Slet** (art. 17): gælder også arkiv, tidligere offentliggørelser og fri tekst: "
            "`netvaerdi person erase`.\n"
            f"- **Gør indsigelse** (art. 21): {said.get('objection', '', OBJECTION)}.\n"
            "- **Udtal dig**, før et ark om dig bruges: dine bemærkninger trykkes ved tallet.\n"
            "- **Klag** til Datatilsynet, datatilsynet.dk.\n",
        )
    )


def impact_assessment(said: Said, months: Mapping[str, int], day: date, refusal: str) -> str:
    """A filled-in draft of the impact assessment, art. 35."""
    lines = ["| risiko | modtræk | rest |", "|---|---|---|"]
    lines += [f"| {risk} | {answer} | {rest} |" for risk, answer, rest in RISKS]
    state = refusal or "»Ikke før« og »Drøftet i MED« er sat; ark om den enkelte leder kan laves."
    return "\n".join(
        (
            f"# Konsekvensanalyse (udkast): Netværdi, {said.get('name', 'navn', said.organisation)}",
            f"\nUdkast af {danish_date(day)} efter databeskyttelsesforordningens art. 35, til "
            "databeskyttelsesrådgiverens udtalelse og ledelsens godkendelse.\n",
            "## 1. Hvad der behandles, og hvorfor\n",
            _facts(said),
            "Behandlingen er en løbende måling af nogle få, genkendelige ansatte i en bestemt rolle. Pseudonymer "
            "anonymiserer ikke her: et netværk har én referenceleder, og netværkene er offentlige. Hver række om "
            "en leder behandles som personoplysning.\n",
            _data_kinds(),
            "\n## 2. Nødvendighed og proportionalitet\n",
            "- Der måles på opgaven, som rollen er beskrevet, ikke på personen; hvert tal har belæg og mål.\n"
            "- Kun registreringer lavet om netværket bruges. Pulsen er anonym og vises først ved fem svar.\n"
            "- Mindre indgribende vej: summer uden ledere er standarden for ledelse og udvalg.\n",
            "## 3. Inddragelse\n",
            _when(said),
            f"\nTilstand i dag: {state}\n",
            "## 4. Risici for de registrerede\n",
            "\n".join(lines),
            "\n## 5. Modtagere og adgang\n",
            _receivers(),
            "\n## 6. Slettefrister\n",
            _storage(said, months),
            "## 7. Sikkerhed\n",
            _safeguards(),
            "## 8. Konklusion (udkast)\n",
            "Med modtrækkene vurderes restrisikoen ikke at være høj; forudgående høring af Datatilsynet (art. 36) "
            "vurderes ikke nødvendig. Godkendes af den dataansvarlige: ____________________ Dato: __________\n",
        )
    )


def _facts(said: Said) -> str:
    lines = (
        ("Dataansvarlig", said.get("controller", "Dataansvarlig")),
        ("Kontakt", said.get("contact", "Kontakt")),
        ("Databeskyttelsesrådgiver", said.get("protection_officer", "Databeskyttelsesrådgiver")),
        ("Formål", said.get("purpose", "", PURPOSE[0].removeprefix("Formål: "))),
        ("Grænse for brug", PURPOSE[0].removeprefix("Formål: ")),
        ("Hjemmel", said.get("legal_basis", "", BASIS)),
    )
    return "\n".join(f"- **{name}:** {text}" for name, text in lines) + "\n"


def _when(said: Said) -> str:
    discussed = (
        danish_date(said.med_discussed_on) if said.med_discussed_on else GAP.format(what="Drøftet i MED")
    )
    not_before = danish_date(said.not_before) if said.not_before else GAP.format(what="Ikke før")
    return (
        f"Målingen er drøftet i MED: {discussed}. Ark om den enkelte leder laves ikke før: {not_before}. "
        "Som kontrolforanstaltning varsles den mindst seks uger forinden.\n"
    )


def _data_kinds() -> str:
    lines = ["| oplysning | indhold | om personer |", "|---|---|---|"]
    for kind in KINDS:
        people = person_columns()[kind.name]
        named = [c.heading for c in kind.columns if c.name in people.required | people.optional]
        if kind.name == "people":
            named.append("Navn")
        lines.append(f"| {kind.sheet} | {kind.meaning_da} | {', '.join(named) or 'ingen'} |")
    return "\n".join(lines)


def _receivers() -> str:
    titles = [role.da for role in roles()]
    lines = [f"| | {' | '.join(titles)} |", "|---" * (len(titles) + 1) + "|"]
    for product in products():
        sees = [EXTENTS[product.sees[role.id]][0] for role in roles()]
        lines.append(f"| {product.da} | {' | '.join(sees)} |")
    return "\n".join(lines)


def _storage(said: Said, months: Mapping[str, int]) -> str:
    own = said.values.get("storage")
    lines = [f"- {KEPT[kind][0]}: {count} måneder." for kind, count in months.items()]
    lines.append("- Summer uden personer og forseglinger gemmes.")
    return "\n".join(([f"- {own}"] if own else []) + lines) + "\n"


def _safeguards() -> str:
    return "\n".join(f"- {one.da}: {one.enforced_da} (rettigheder {one.mode})." for one in products()) + "\n"
