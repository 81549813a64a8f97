"""The report's figures as a workbook: real numbers, and what each of them means."""

import io
import re
import zipfile
from datetime import datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assets.reports import labels
from assets.reports.figures import NUMBERS, STATUS_COUNTS, KeyedFigure, keyed_duties, keyed_figures
from assets.reports.measures import MEASURE_BY_ID, MEASURES
from assets.reports.published import Published
from assets.reports.report_json import measure_name
from assets.reports.words import SMALL, Words

_UNIT_FORMATS = {"share": "0.0%", "kroner": "#,##0.00", "count": "#,##0.######", "days": "#,##0"}
_V_UNITS = {"V5": "share", "V7": "kroner"}
_ZIP_DATE = (2000, 1, 1, 0, 0, 0)
_WIDEST = 60
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def report_workbook(published: Published, words: Words) -> bytes:
    """The workbook's bytes: about, figures, networks, responsibilities, definitions.

    Its document dates are the day the quarter is counted to, so that equal content gives equal bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _about(book.create_sheet(words.pick("Læs mig", "Read me")), published, words)
    _figures(book.create_sheet(words.pick("Tal", "Figures")), published, words)
    _values(book.create_sheet(words.pick("Netværk", "Networks")), published, words)
    _duties(book.create_sheet(words.pick("Ansvar", "Responsibilities")), published, words)
    _definitions(book.create_sheet(words.pick("Definitioner", "Definitions")), published, words)
    day = datetime.combine(published.quarter.counted_to, time())
    book.properties.creator = "Netværdi"
    book.properties.title = words.pick("Værdiskabelsesrapport", "Value-creation report")
    book.properties.created = book.properties.modified = day
    written = io.BytesIO()
    book.save(written)
    return _fixed_dates(written.getvalue(), day)


def _about(sheet: Worksheet, published: Published, words: Words) -> None:
    quarter, seal = published.quarter, published.seal
    _rows(
        sheet,
        (words.pick("Værdiskabelsesrapport", "Value-creation report"), ""),
        [
            (words.pick("Organisation", "Organisation"), published.organisation_id),
            (words.pick("Kvartal", "Quarter"), words.quarter(quarter.period)),
            (words.pick("Opgjort til og med", "Counted up to"), quarter.counted_to),
            (
                words.pick("Foreløbig", "Provisional"),
                words.pick("ja", "yes") if quarter.provisional else words.pick("nej", "no"),
            ),
            (words.pick("Indholdets SHA-256", "SHA-256 of the content"), seal.content_hash),
            (words.pick("Kædens hovedhash", "Head hash of the chain"), seal.head_hash),
            (words.pick("Kontrol", "How to check"), words.pick(*seal.printed.told)),
            (words.pick("Rækker læst", "Rows read"), seal.rows_read),
            (words.pick("Rækker godkendt", "Rows accepted"), seal.rows_accepted),
            (words.pick("Rækker afvist", "Rows rejected"), seal.rows_rejected),
            (words.pick("Rækker sprunget over", "Rows skipped"), seal.rows_skipped),
            (
                words.pick("Læsning", "Reading"),
                words.pick(
                    "En tom celle er ikke nul. Skjult betyder, at for få står bag tallet.",
                    "An empty cell is not zero. Hidden means that too few stand behind the figure.",
                ),
            ),
        ],
    )


def _number_headings(words: Words) -> tuple[str, ...]:
    return (
        words.pick("Tæller", "Numerator"),
        words.pick("Nævner", "Denominator"),
        words.pick("Værdi", "Value"),
        words.pick("Nedre grænse", "Lower bound"),
        words.pick("Øvre grænse", "Upper bound"),
        "n",
    )


def _figures(sheet: Worksheet, published: Published, words: Words) -> None:
    rows, units = [], []
    for keyed in keyed_figures(published):
        if keyed.table != "organisation_result":
            continue
        rows.append(
            (
                measure_name(published, words, keyed.measure),
                keyed.measure,
                keyed.dimension,
                *(getattr(keyed.figure, name) for name in NUMBERS),
                words.pick("ja", "yes") if keyed.figure.suppressed else "",
            )
        )
        units.append(_format(words, keyed))
    headings = (words.pick("Tal", "Figure"), "measure_id", "dimension", *_number_headings(words))
    _rows(sheet, (*headings, words.pick("Skjult", "Hidden")), rows)
    _formats(sheet, units, (6, 7, 8))


def _values(sheet: Worksheet, published: Published, words: Words) -> None:
    titles = {network["network_id"]: network["title"] for network in published.networks}
    rows, units = [], []
    for keyed in keyed_figures(published):
        if keyed.table != "indicator_result":
            continue
        rows.append(
            (
                keyed.network_id,
                titles.get(keyed.network_id, ""),
                keyed.measure,
                measure_name(published, words, keyed.measure),
                keyed.dimension,
                *(getattr(keyed.figure, name) for name in NUMBERS),
                labels.label(words, labels.REASONS, keyed.reason) if keyed.reason else "",
            )
        )
        units.append(_UNIT_FORMATS[_V_UNITS.get(keyed.measure, "count")])
    headings = (
        words.pick("Netværks-id", "Network id"),
        words.pick("Titel", "Title"),
        words.pick("Indikator", "Indicator"),
        words.pick("Navn", "Name"),
        "dimension",
        *_number_headings(words),
        words.pick("Årsag", "Reason"),
    )
    _rows(sheet, headings, rows)
    _formats(sheet, units, (8, 9, 10))


def _duties(sheet: Worksheet, published: Published, words: Words) -> None:
    names = {
        row["responsibility_id"]: row["name_da" if words.lang == "da" else "name_en"]
        for row in published.responsibilities
    }
    rows = [
        (
            duty.responsibility_id,
            names[duty.responsibility_id],
            labels.label(words, labels.WINDOWS, duty.window)
            if duty.window
            else words.pick("vises ikke", "not shown"),
            *(duty.counts.get(name) for name in STATUS_COUNTS),
        )
        for duty in keyed_duties(published)
    ]
    headings = (
        words.pick("Ansvar", "Responsibility"),
        words.pick("Navn", "Name"),
        words.pick("Vindue", "Window"),
        words.pick("Netværk", "Networks"),
        *(labels.label(words, labels.STATUSES, name) for name in STATUS_COUNTS[1:]),
    )
    _rows(sheet, headings, rows)


def _definitions(sheet: Worksheet, published: Published, words: Words) -> None:
    rows: list[tuple[Any, ...]] = [
        (
            measure.measure_id,
            words.pick(*measure.name),
            words.pick(*measure.formula),
            measure.unit,
            words.pick(*measure.dimensions),
        )
        for measure in MEASURES
    ]
    rows += [
        (
            row["indicator_id"],
            row["name_da" if words.lang == "da" else "name_en"],
            row["formula_da" if words.lang == "da" else "formula_en"],
            row["unit"],
            "",
        )
        for row in published.indicators
        if row["indicator_id"].startswith("V")
    ]
    headings = (
        "id",
        words.pick("Navn", "Name"),
        words.pick("Sådan tælles det", "How it is counted"),
        words.pick("Enhed", "Unit"),
        words.pick("Underopdeling", "Dimension"),
    )
    _rows(sheet, headings, rows)


def _rows(sheet: Worksheet, headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Write headings and rows; text is always text, never a formula."""
    for row_number, row in enumerate((headings, *rows), start=1):
        for column_number, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(row_number, column_number)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(vertical="top", wrap_text=len(value) > _WIDEST)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(zip(*([headings, *rows]), strict=True), start=1):
        longest = max(len(str(value)) for value in column if value is not None)
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, _WIDEST)
    sheet.freeze_panes = "A2"


def _format(words: Words, keyed: KeyedFigure) -> str:
    """How a figure of the organisation is shown: the number stays, and a share of few reads ``2 af 3``."""
    measure = MEASURE_BY_ID.get(keyed.measure)
    figure = keyed.figure
    if measure is None or measure.unit != "share":
        return _UNIT_FORMATS[measure.unit if measure else "count"]
    if figure.denominator is not None and figure.denominator < SMALL:
        return f'"{words.of(figure.numerator, figure.denominator)}"'
    if figure.denominator is None and figure.n is not None and figure.n < SMALL:
        return f'0.0% "({words.pick("af", "of")} {figure.n})"'
    return _UNIT_FORMATS["share"]


def _formats(sheet: Worksheet, formats: list[str], columns: tuple[int, int, int]) -> None:
    """Give the value its format, and its bounds that of the unit."""
    value, *bounds = columns
    for row_number, form in enumerate(formats, start=2):
        sheet.cell(row_number, value).number_format = form
        for column in bounds:
            sheet.cell(row_number, column).number_format = _UNIT_FORMATS["share"] if '"' in form else form


def _fixed_dates(content: bytes, day: datetime) -> bytes:
    """The same workbook with no trace of when it was written."""
    stamp = day.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(written, "w") as fixed:
        for name in given.namelist():
            body = given.read(name)
            if name == "docProps/core.xml":
                body = _MODIFIED.sub(lambda found: found.group(1) + stamp, body)
            fixed.writestr(zipfile.ZipInfo(name, _ZIP_DATE), body, zipfile.ZIP_DEFLATED)
    return written.getvalue()
