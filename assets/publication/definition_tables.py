"""The tables of schema ``main`` that say what is measured: responsibilities, indicators and targets."""

from assets.publication.main_tables import INDICATOR, RESPONSIBILITY
from assets.publication.tables import PublishedColumn as C
from assets.publication.tables import PublishedTable

_NAMES = (
    C("name_da", "VARCHAR", "Navn på dansk", "Name in Danish"),
    C("name_en", "VARCHAR", "Navn på engelsk", "Name in English"),
    C("purpose_da", "VARCHAR", "Formål på dansk", "Purpose in Danish"),
    C("purpose_en", "VARCHAR", "Formål på engelsk", "Purpose in English"),
)
_VERSION = C("definition_version", "INTEGER", "Definitionens version", "Version of the definition")
RESPONSIBILITY_TABLE = PublishedTable(
    "main",
    "responsibility",
    "De ni ansvar, som en referenceleder har",
    "The nine responsibilities of a reference leader",
    (
        RESPONSIBILITY,
        C(
            "accountability",
            "VARCHAR",
            "accountable, shared eller supporting efter rollens ordlyd",
            "accountable, shared or supporting, by the wording of the role",
        ),
        *_NAMES,
    ),
    1,
    "definitions.responsibility",
)
INDICATOR_TABLE = PublishedTable(
    "main",
    "indicator",
    "Hvad der måles, og hvordan: navn, formål, formel i ord, enhed, retning, version",
    "What is measured, and how: name, purpose, formula in words, unit, direction, version",
    (
        INDICATOR,
        C(
            "responsibility_id",
            "VARCHAR",
            "Ansvaret, R1-R9; tom for netværkets værdi (V)",
            "The responsibility, R1-R9; empty for the network's value (V)",
        ),
        *_NAMES,
        C("formula_da", "VARCHAR", "Formlen i ord, på dansk", "The formula in words, in Danish"),
        C("formula_en", "VARCHAR", "Formlen i ord, på engelsk", "The formula in words, in English"),
        C("unit", "VARCHAR", "Værdiens enhed", "Unit of the value"),
        C("direction", "VARCHAR", "Om meget eller lidt er godt", "Whether high or low is good"),
        _VERSION,
        C(
            "counter_indicator_da",
            "VARCHAR",
            "Tegn på, at der spilles på tallet",
            "Signs of gaming, in Danish",
        ),
        C("counter_indicator_en", "VARCHAR", "Det samme på engelsk", "Signs that the figure is gamed"),
        C("limits_da", "VARCHAR", "Hvad tallet ikke siger", "What the figure does not say, in Danish"),
        C("limits_en", "VARCHAR", "Det samme på engelsk", "What the figure does not say"),
        C("source_kinds", "VARCHAR", "Arkene, den bygger på", "The record kinds it is built on"),
        C("owner", "VARCHAR", "Hvem der ejer definitionen", "Who owns the definition"),
        C("valid_from", "DATE", "Versionens første dag", "First day of the version"),
        C("approved_by", "VARCHAR", "Hvem der godkendte versionen", "Who approved the version"),
    ),
    1,
    "definitions.indicator",
)
INDICATOR_VERSION_TABLE = PublishedTable(
    "main",
    "indicator_version",
    "Hver version af hver definition: fra hvornår, godkendt af hvem, og hvad der blev ændret",
    "Every version of every definition: since when, approved by whom, and what changed",
    (
        INDICATOR,
        _VERSION,
        C("valid_from", "DATE", "Versionens første dag", "First day of the version"),
        C("approved_by", "VARCHAR", "Hvem der godkendte versionen", "Who approved the version"),
        C("change_da", "VARCHAR", "Hvad der blev ændret", "What changed, in Danish"),
        C("change_en", "VARCHAR", "Det samme på engelsk", "What changed"),
        C("fingerprint", "VARCHAR", "SHA-256 af ord og SQL", "SHA-256 of its words and SQL"),
    ),
    2,
    "definitions.indicator_version",
)
TARGET_TABLE = PublishedTable(
    "main",
    "target",
    "Mål, vinduer og mindsteantal fra en dag, for en organisation og en netværkstype (tom: alle)",
    "Targets, windows and minimum counts from a day, for an organisation and a type (empty: all)",
    (
        INDICATOR,
        C(
            "organisation_id",
            "VARCHAR",
            "Organisationen; tom tekst for alle",
            "The organisation; an empty text for all",
        ),
        C("network_type", "VARCHAR", "Netværkstypen; tom tekst for alle", "The type; an empty text for all"),
        C("valid_from", "DATE", "Første dag, målet gælder", "First day of the target"),
        C("target", "DOUBLE", "Målet for opfyldt", "Target for fulfilled", unit="indicator.unit"),
        C(
            "partly_target",
            "DOUBLE",
            "Målet for delvist opfyldt",
            "Target for partly fulfilled",
            unit="indicator.unit",
        ),
        C("window_months", "INTEGER", "Kalendermåneder, der ses tilbage", "Calendar months looked back"),
        C("minimum_count", "INTEGER", "Færre end dette er for få at vurdere", "Fewer are too few to judge"),
        C("direction", "VARCHAR", "at_least (mindst) eller at_most (højst)", "at_least or at_most"),
        C("reason", "VARCHAR", "Hvorfor målet er sat", "Why the target was set"),
        C("owner", "VARCHAR", "Hvem der ejer målet", "Who owns the target"),
    ),
    4,
    "definitions.target",
)
