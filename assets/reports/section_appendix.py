"""Every figure of the report with its exact value and the row it is, for the reader who checks."""

from assets.reports.blocks import Section, Table
from assets.reports.figures import NUMBERS, keyed_figures
from assets.reports.published import Published
from assets.reports.report_json import measure_name
from assets.reports.words import Words


def appendix_section(published: Published, words: Words) -> Section:
    """The organisation's figures and the networks' value, as they stand in the published database."""
    rows = []
    for keyed in keyed_figures(published):
        hidden = words.pick("vises ikke", "not shown")
        numbers = tuple(
            hidden
            if keyed.figure.suppressed and name == "value"
            else words.number(getattr(keyed.figure, name), 9)
            for name in NUMBERS
        )
        name = measure_name(published, words, keyed.measure)
        rows.append((keyed.network_id or "—", keyed.measure, keyed.dimension, name, *numbers))
    table = Table(
        words.pick("Alle tal", "All figures"),
        (
            words.pick("Netværk", "Network"),
            "id",
            words.pick("Underopdeling", "Dimension"),
            words.pick("Navn", "Name"),
            words.pick("Tæller", "Numerator"),
            words.pick("Nævner", "Denominator"),
            words.pick("Værdi", "Value"),
            words.pick("Nedre", "Lower"),
            words.pick("Øvre", "Upper"),
            "n",
        ),
        tuple(rows),
        "organisation_result, indicator_result",
        left=4,
        folded=True,
    )
    text = words.pick(
        "Her står hvert tal, som det ligger i den offentliggjorte database. En andel er mellem 0 og 1, "
        "kroner er hele "
        "beløb, og en streg betyder, at tallet ikke findes. De samme tal findes i regnearket og JSON-filen.",
        "Here every figure stands as it lies in the published database. A share is between 0 and 1, kroner "
        "are full "
        "amounts, and a dash means that there is no such figure. The workbook and the JSON file hold the "
        "same.",
    )
    return Section("alle-tal", words.pick("Bilag: alle tal", "Appendix: all figures"), (text,), (table,))
