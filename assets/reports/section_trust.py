"""What cannot be said and why, what was restated, and how it is all counted."""

from assets.reports import labels
from assets.reports.blocks import Section, Table
from assets.reports.labels import label
from assets.reports.measures import MEASURES
from assets.reports.published import Published
from assets.reports.words import Words


def limits_section(published: Published, words: Words) -> Section:
    """What the figures rest on, and what is held back or missing."""
    missing = [
        kind
        for kind in labels.KINDS
        if kind not in published.kinds_kept and kind not in ("pulse", "disputes")
    ]
    paragraphs = []
    if missing:
        names = words.listing([label(words, labels.KINDS, kind) for kind in missing])
        paragraphs.append(
            words.pick(
                f"Organisationen registrerer ikke: {names}. Hvad der ikke registreres, kan ikke vurderes; "
                f"det er ikke nul.",
                f"The organisation does not record: {names}. What is not recorded cannot be assessed; it "
                f"is not zero.",
            )
        )
    judged = published.figure("results_by_reason", "judged")
    if judged.there and not judged.suppressed:
        paragraphs.append(
            words.pick(
                f"{words.share(judged.numerator, judged.denominator, judged.value)} af kvartalets "
                f"resultater med et mål "
                "kan vurderes. Resten kan ikke, og årsagerne står her.",
                f"{words.share(judged.numerator, judged.denominator, judged.value)} of the quarter's "
                f"results with a target "
                "can be judged. The rest cannot, and the reasons stand here.",
            )
        )
    else:
        paragraphs.append(
            words.pick(
                "Hvor mange resultater der ikke kan vurderes, vises ikke: for få netværk eller "
                "referenceledere er i gang.",
                "How many results cannot be judged is not shown: too few networks or reference leaders are "
                "active.",
            )
        )
    paragraphs.append(
        words.pick(
            "Et tal, der kunne røbe enkelte ledere, vises ikke. Det står som »vises ikke«, aldrig som nul.",
            "A figure that could expose individual managers is not shown. It reads “not shown”, never zero.",
        )
    )
    return Section(
        "forbehold",
        words.pick("Hvad kan ikke siges, og hvorfor?", "What cannot be said, and why?"),
        tuple(paragraphs),
        tuple(_limit_tables(published, words)),
    )


def _limit_tables(published: Published, words: Words) -> list[Table]:
    tables = []
    counted = [
        (reason != "judged", -figure.numerator, label(words, labels.REASONS, reason), figure)
        for reason in published.dimensions("results_by_reason")
        if (figure := published.figure("results_by_reason", reason)).numerator is not None
    ]
    reasons = [
        (name, words.number(one.numerator), words.share(one.numerator, one.denominator, one.value))
        for *_, name, one in sorted(counted, key=lambda row: row[:3])  # the judged, then what weighs most
    ]
    if reasons:
        tables.append(
            Table(
                words.pick("Resultater efter årsag", "Results by reason"),
                (
                    words.pick("Årsag", "Reason"),
                    words.pick("Resultater", "Results"),
                    words.pick("Andel", "Share"),
                ),
                tuple(reasons),
                "organisation_result: results_by_reason",
            )
        )
    kept = []
    for kind in labels.KINDS:
        records = published.figure("records", kind)
        covered = published.figure("networks_covered", kind)
        if records.value:
            kept.append(
                (
                    label(words, labels.KINDS, kind),
                    words.number(records.value),
                    words.of(covered.numerator, covered.denominator),
                )
            )
    tables.append(
        Table(
            words.pick("Registreringer bag tallene", "Records behind the figures"),
            (
                words.pick("Art", "Kind"),
                words.pick("Registreringer", "Records"),
                words.pick("Aktive netværk, der har nogen", "Active networks that have any"),
            ),
            tuple(kept),
            "organisation_result: records, networks_covered",
        )
    )
    filled = [
        (label(words, labels.CELLS, cell), words.share(figure.numerator, figure.denominator, figure.value))
        for cell in labels.CELLS
        if (figure := published.figure("cells_filled", cell)).there
    ]
    if filled:
        tables.append(
            Table(
                words.pick("Frivillige celler, der er udfyldt", "Optional cells that are filled in"),
                (words.pick("Celle", "Cell"), words.pick("Udfyldt", "Filled in")),
                tuple(filled),
                "organisation_result: cells_filled",
            )
        )
    return tables


def method_section(published: Published, words: Words) -> Section:
    """Definitions, method, and which publication this is."""
    seal, quarter = published.seal, published.quarter
    paragraphs = [
        words.pick(
            f"Opgjort til og med {words.day(quarter.counted_to)}"
            f"{' (kvartalet er ikke slut; tallene er foreløbige)' if quarter.provisional else ''}.",
            f"Counted up to and including {words.day(quarter.counted_to)}"
            f"{' (the quarter has not ended; the figures are provisional)' if quarter.provisional else ''}.",
        ),
        words.pick(
            f"Tallene hviler på {words.count(seal.rows_read, 'row')} læst fra {words.number(seal.files)} "
            f"filer: "
            f"{words.number(seal.rows_accepted)} godkendt, {words.number(seal.rows_rejected)} afvist og "
            f"{words.number(seal.rows_skipped)} sprunget over.",
            f"The figures rest on {words.count(seal.rows_read, 'row')} read from "
            f"{words.number(seal.files)} files: "
            f"{words.number(seal.rows_accepted)} accepted, {words.number(seal.rows_rejected)} rejected and "
            f"{words.number(seal.rows_skipped)} skipped.",
        ),
        words.pick(
            f"Offentliggørelsens indhold har fingeraftrykket (SHA-256) {seal.content_hash}. Hvert tal i "
            f"rapporten er en "
            f"række i den offentliggjorte database; under hver tabel står, hvor. {seal.printed.told[0]}",
            f"The publication's content has the fingerprint (SHA-256) {seal.content_hash}. Every figure in "
            f"this report is "
            f"a row of the published database; under each table it says where. {seal.printed.told[1]}",
        ),
        words.pick(
            "En andel med færre end fem bag sig skrives som antal, fx 2 af 3. Usikkerhed siger, hvor langt "
            "så få tilfælde "
            "rækker. Åbne indsigelser tæller, til de er afgjort; indsigelser med medhold tæller ikke.",
            "A share with fewer than five behind it is written as a count, such as 2 of 3. Uncertainty "
            "says how far so few "
            "cases carry. Open disputes count until they are decided; a record whose dispute was upheld "
            "does not.",
        ),
    ]
    measures = Table(
        words.pick("Organisationens tal", "The organisation's figures"),
        (words.pick("Tal", "Figure"), words.pick("Sådan tælles det", "How it is counted"), "measure_id"),
        tuple(
            (words.pick(*measure.name), words.pick(*measure.formula), measure.measure_id)
            for measure in MEASURES
        ),
        "organisation_result",
        left=3,
    )
    indicators = Table(
        words.pick("Netværkenes værdi", "The networks' value"),
        (
            words.pick("Indikator", "Indicator"),
            words.pick("Formål", "Purpose"),
            words.pick("Sådan tælles det", "How it is counted"),
        ),
        tuple(
            (
                f"{row['indicator_id']} {row['name_da' if words.lang == 'da' else 'name_en']}",
                row["purpose_da" if words.lang == "da" else "purpose_en"],
                row["formula_da" if words.lang == "da" else "formula_en"],
            )
            for row in published.indicators
            if row["indicator_id"].startswith("V")
        ),
        "indicator",
        left=3,
    )
    return Section(
        "metode",
        words.pick("Definitioner og metode", "Definitions and method"),
        tuple(paragraphs),
        (measures, indicators),
    )
