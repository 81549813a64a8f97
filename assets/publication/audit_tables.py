"""The tables of schema ``audit``: deliveries, rows as written, findings, evidence, runs and the seal."""

from assets.publication.main_tables import DIMENSION, INDICATOR, NETWORK, ORGANISATION, PERIOD
from assets.publication.tables import PublishedColumn as C
from assets.publication.tables import PublishedTable

_DELIVERY = C(
    "delivery_sequence", "BIGINT", "Leverancen, som audit.delivery", "Delivery, as in audit.delivery"
)
_SHEET = C("sheet", "VARCHAR", "Arkets navn", "The sheet's name")
_ROW = C("row_number", "INTEGER", "Rækken, som regnearket viser den", "The row, as the spreadsheet shows it")
_KIND = C("kind", "VARCHAR", "Arten af registrering", "The record kind")


def _rows(name: str, da: str, en: str) -> C:
    return C(name, "BIGINT", da, en, unit="rækker / rows")


DELIVERY = PublishedTable(
    "audit",
    "delivery",
    "Hver leverance: en fil, som den lå i indbakken, med sit fingeraftryk og hvad der blev af dens rækker",
    "Every delivery: a file as it lay in the inbox, with its fingerprint and what became of its rows",
    (
        C(
            "sequence",
            "BIGINT",
            "Løbenummer; rækkefølgen, aldrig uret",
            "Sequence; the order, never the clock",
        ),
        ORGANISATION,
        C("path", "VARCHAR", "Filens sti i indbakken", "The file's path in the inbox"),
        C("sha256", "VARCHAR", "SHA-256 af filens indhold", "SHA-256 of the file's content"),
        C("bytes", "BIGINT", "Filens størrelse", "Size of the file", unit="bytes"),
        C("received_at", "TIMESTAMP", "Modtaget (UTC)", "Received (UTC)"),
        C(
            "superseded_at",
            "TIMESTAMP",
            "Hvornår den holdt op med at gælde (UTC)",
            "When it stopped being current (UTC)",
        ),
        _rows("rows_read", "Rækker læst", "Rows read"),
        _rows("rows_accepted", "Rækker godkendt", "Rows accepted"),
        _rows("rows_rejected", "Rækker afvist", "Rows rejected"),
        _rows("rows_skipped", "Rækker sprunget over", "Rows skipped"),
        C(
            "state",
            "VARCHAR",
            "current (gælder), superseded (afløst), withdrawn (trukket), duplicate, quarantined eller held",
            "current, superseded, withdrawn, duplicate, quarantined or held",
        ),
        C(
            "superseded_by",
            "BIGINT",
            "Løbenummeret, hvor den holdt op med at gælde",
            "The sequence at which it stopped being current",
        ),
    ),
    1,
    "raw.delivery",
)
SHEET = PublishedTable(
    "audit",
    "sheet",
    "Hvert ark i en leverance, med overskrifterne som skrevet",
    "Every sheet of a delivery, with the headings as written",
    (
        _DELIVERY,
        _SHEET,
        _KIND,
        C("heading_row", "INTEGER", "Rækken med overskrifter", "The row with the headings"),
        C(
            "headings",
            "VARCHAR",
            "JSON: kolonnens bogstav og dens overskrift som skrevet",
            "JSON: the column's letter and its heading as written",
        ),
        C(
            "columns",
            "VARCHAR",
            "JSON: kolonnens bogstav og feltet, den blev læst som",
            "JSON: the column's letter and the field it was read as",
        ),
    ),
    2,
    "raw.sheet",
)
SOURCE_ROW = PublishedTable(
    "audit",
    "source_row",
    "Hver læst række, cellerne som skrevet. Uden pulsens rækker, personnavne og ukendte kolonner",
    "Every row read, its cells as written. Without the pulse's rows, names of people and unknown columns",
    (
        _DELIVERY,
        _SHEET,
        _ROW,
        ORGANISATION,
        _KIND,
        C(
            "cells",
            "VARCHAR",
            "JSON: kolonnens bogstav og cellens tekst som skrevet",
            "JSON: the column's letter and the cell's text as written",
        ),
    ),
    3,
    "raw.source_row",
)
FINDING = PublishedTable(
    "audit",
    "finding",
    "Hvad kontrollen fandt: fil, ark, række, celle, regel, og hvordan det rettes. Uden pulsens celler",
    "What the checks found: file, sheet, row, cell, rule, and how to mend it. Without the pulse's cells",
    (
        ORGANISATION,
        _DELIVERY,
        C("path", "VARCHAR", "Filens sti i indbakken", "The file's path in the inbox"),
        _SHEET,
        _ROW,
        _KIND,
        C("heading", "VARCHAR", "Kolonnens overskrift", "Heading of the column"),
        C("cell", "VARCHAR", "Cellen, fx D17", "The cell, such as D17"),
        C("value", "VARCHAR", "Værdien som skrevet", "The value as written"),
        C("rule", "VARCHAR", "Reglen", "The rule"),
        C("severity", "VARCHAR", "error, warning eller info", "error, warning or info"),
        C("message_da", "VARCHAR", "Besked på dansk", "Message in Danish"),
        C("message_en", "VARCHAR", "Besked på engelsk", "Message in English"),
        C(
            "record_key",
            "VARCHAR",
            "Rækkens nøgle, hvor den kan læses",
            "The row's key, where it can be read",
        ),
        C("waived", "BOOLEAN", "Sand, mens en undtagelse gælder", "True while a waiver holds"),
        C("waived_until", "DATE", "Undtagelsens sidste dag", "Last day of the waiver"),
        C("waiver_owner", "VARCHAR", "Hvem der ejer undtagelsen", "Who owns the waiver"),
        C("waiver_reason", "VARCHAR", "Hvorfor der er en undtagelse", "Why there is a waiver"),
    ),
    0,
    "accepted.finding",
)
RECORD = PublishedTable(
    "audit",
    "record",
    "Hvor hver godkendt registrering er læst: leverance, ark og række",
    "Where every accepted record was read: delivery, sheet and row",
    (
        ORGANISATION,
        C("record_kind", "VARCHAR", "Registreringens art, en tabel i main", "Record kind, a table of main"),
        C("record_key", "VARCHAR", "Registreringens nøgle", "The record's key"),
        _DELIVERY,
        _SHEET,
        _ROW,
    ),
    3,
    "accepted",
)
EVIDENCE = PublishedTable(
    "audit",
    "evidence",
    "Registreringerne bag hvert tal. Bag pulsen nævnes kun leverancen: svarene er anonyme",
    "The records behind every figure. Behind the pulse only the delivery is named: answers are anonymous",
    (
        ORGANISATION,
        NETWORK,
        PERIOD,
        INDICATOR,
        DIMENSION,
        C(
            "record_kind",
            "VARCHAR",
            "Registreringens art, en tabel i main; for puls delivery",
            "Record kind, a table of main; for the pulse delivery",
        ),
        C(
            "record_key",
            "VARCHAR",
            "Registreringens nøgle; tom for puls",
            "The record's key; empty for pulse",
        ),
        C("part", "VARCHAR", "numerator (tæller) eller denominator (nævner)", "numerator or denominator"),
    ),
    8,
    "results.evidence",
)
RUN = PublishedTable(
    "audit",
    "run",
    "Hver kørsel, der offentliggjorde",
    "Every run that published",
    (
        C("run_id", "VARCHAR", "Kørslens id", "The run's id"),
        C("started_at", "TIMESTAMP", "Begyndt (UTC)", "Started (UTC)"),
        C("code_version", "VARCHAR", "Kodens version", "Version of the code"),
        C("as_of", "VARCHAR", "JSON: organisation og skæringsdag", "JSON: organisation and as-of day"),
        C(
            "organisation_id",
            "VARCHAR",
            "Den organisation, der blev regnet om; tom tekst for alle",
            "The organisation that was recomputed; an empty text for all",
        ),
    ),
    1,
    "audit.run",
    sealed=False,
)
QUALITY_RESULT = PublishedTable(
    "audit",
    "quality_result",
    "Kontrollerne, som tallene bestod før offentliggørelsen",
    "The checks the figures passed before publication",
    (
        C("layer", "VARCHAR", "accepted eller results", "accepted or results"),
        C("table_name", "VARCHAR", "Tabellen", "The table"),
        C("check_name", "VARCHAR", "Kontrollen", "The check"),
        C("expectation", "VARCHAR", "Slags kontrol", "Kind of check"),
        C("column_name", "VARCHAR", "Kolonnen, den gælder", "The column it is about"),
        C("outcome", "VARCHAR", "passed, failed eller error", "passed, failed or error"),
        C("blocking", "BOOLEAN", "Om den standser offentliggørelse", "Whether it stops publication"),
        C("rows_checked", "BIGINT", "Rækker set", "Rows seen", unit="rækker / rows"),
        C("violations", "BIGINT", "Rækker, der brød reglen", "Rows against it", unit="rækker / rows"),
    ),
    3,
    "audit.quality_result",
)
PUBLICATION = PublishedTable(
    "audit",
    "publication",
    "Hver offentliggørelse, kædet til den forrige",
    "Every publication, chained to the one before",
    (
        C("sequence", "BIGINT", "Løbenummer fra 1", "Sequence from 1"),
        C("period", "VARCHAR", "Seneste kvartal i den", "Latest quarter in it"),
        C("content_hash", "VARCHAR", "Indholdets SHA-256", "SHA-256 of the content"),
        C("manifest_hash", "VARCHAR", "Manifestets SHA-256", "SHA-256 of the manifest"),
        C("previous_hash", "VARCHAR", "Forrige hovedhash; tom tekst for den første", "Head hash before"),
        C("head_hash", "VARCHAR", "Hovedhash: SHA-256 af rækken indtil her", "SHA-256 of the row up to here"),
        C("run_id", "VARCHAR", "Kørslen", "The run"),
        C("published_at", "TIMESTAMP", "Offentliggjort (UTC)", "Published (UTC)"),
    ),
    1,
    "audit.publication",
    sealed=False,
)
DICTIONARY = PublishedTable(
    "audit",
    "dictionary",
    "Ordbogen: hver tabel og kolonne med betydning, type, enhed, overskrift i regnearket og læsere",
    "The dictionary: every table and column with meaning, type, unit, heading in the spreadsheet and readers",
    (
        C("table_schema", "VARCHAR", "main eller audit", "main or audit"),
        C("table_name", "VARCHAR", "Tabellen", "The table"),
        C("column_name", "VARCHAR", "Kolonnen; tom tekst for tabellen selv", "Column; empty for the table"),
        C("meaning_da", "VARCHAR", "Betydning på dansk", "Meaning in Danish"),
        C("meaning_en", "VARCHAR", "Betydning på engelsk", "Meaning in English"),
        C("type", "VARCHAR", "Type i DuckDB", "Type in DuckDB"),
        C("unit", "VARCHAR", "Enhed", "Unit"),
        C("heading", "VARCHAR", "Overskriften i regnearket", "Heading in the spreadsheet"),
        C("readers", "VARCHAR", "Hvem der må se den", "Who may see it"),
    ),
    3,
    "",
)
CAUSES = (
    ("code", "koden", "the code"),
    ("definition", "definitionen", "the definition"),
    ("target", "målet", "the target"),
    ("late", "sent leverede registreringer", "records delivered late"),
    ("corrected", "rettede registreringer", "corrected records"),
    ("withdrawn", "trukne registreringer", "withdrawn records"),
    ("dispute", "indsigelser", "disputes"),
    ("erased", "sletning af en persons oplysninger", "the erasure of a person's data"),
)
RESTATEMENT = PublishedTable(
    "audit",
    "restatement",
    "Offentliggjorte tal, der er ændret: før, efter og årsagernes dele. Delene giver tilsammen ændringen",
    "Published figures that changed: before, after and the parts by cause. The parts add up to the change",
    (
        C(
            "publication_sequence",
            "BIGINT",
            "Offentliggørelsen, hvor tallet blev ændret",
            "The publication in which the figure changed",
        ),
        C(
            "table_name",
            "VARCHAR",
            "Tabellen, tallet står i, fx indicator_result",
            "The table of the figure, such as indicator_result",
        ),
        ORGANISATION,
        C(
            "network_id",
            "VARCHAR",
            "Netværkets id; tom, hvor tallet er flere netværks",
            "The network's id, or empty",
        ),
        PERIOD,
        C(
            "indicator_id",
            "VARCHAR",
            "Indikatorens, ansvarets eller målets id: R4.1, R4, reach",
            "Id of the indicator, responsibility or measure: R4.1, R4, reach",
        ),
        C(
            "dimension",
            "VARCHAR",
            "Underopdeling; i responsibility_summary netværkstype/vindue",
            "Subdivision; in responsibility_summary network type/window",
        ),
        C(
            "measure",
            "VARCHAR",
            "Kolonnen i tabellen: value (værdi), numerator, status (bedømmelse), n og så videre",
            "The column of the table: value, numerator, status, n and so on",
        ),
        C("old", "VARCHAR", "Som det stod; tom, hvor det ikke stod", "As it stood; empty where it did not"),
        C("new", "VARCHAR", "Som det står; tom, hvor det ikke gør", "As it stands; empty where it does not"),
        *(
            C(
                f"{name}_part",
                "DOUBLE",
                f"Ændringen fra {da}; for status 1, hvor den skiftede; tom, hvor intet skete",
                f"The change from {en}; for a status 1 where it turned; empty where nothing happened",
                unit="indicator.unit",
            )
            for name, da, en in CAUSES
        ),
    ),
    8,
    "audit.restatement",
)
