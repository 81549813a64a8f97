"""Findings: each fault with its place in the sender's file and a message that says how to mend it."""

import json
from collections.abc import Mapping

import duckdb
import polars as pl

from assets.accepted.ledger import Ledger
from assets.accepted.messages import Case, Cause, explain
from assets.accepted.reading_messages import explain_reading
from assets.accepted.source import Source
from assets.contract import KIND_BY_NAME
from assets.settings_contract import SETTINGS_BY_NAME

FINDING = {
    "organisation_id": pl.String,
    "delivery_sequence": pl.Int64,
    "path": pl.String,
    "sheet": pl.String,
    "row_number": pl.Int32,
    "kind": pl.String,
    "heading": pl.String,
    "cell": pl.String,
    "value": pl.String,
    "rule": pl.String,
    "severity": pl.String,
    "message_da": pl.String,
    "message_en": pl.String,
    "record_key": pl.String,
}
_KINDS = KIND_BY_NAME | SETTINGS_BY_NAME
SILENT_KINDS = ("pulse",)  # anonymous answers: no cell of theirs is repeated
_LONGEST_KEPT = 200  # characters of a cell that a finding keeps


def row_findings(ledger: Ledger, source: Source, places: pl.DataFrame) -> pl.DataFrame:
    """The ledger's faults as findings.

    Args:
        places: Every row read: ``ROW_META``, ``kind`` and ``own_key``.
    """
    columns = source.columns.select("delivery_sequence", "sheet", "column", "letter", "heading")
    written = (
        ledger.faults()
        .join(places, on="row_id", how="inner", maintain_order="left")
        .join(columns, on=["delivery_sequence", "sheet", "column"], how="left", maintain_order="left")
    )
    causes = places.select(
        pl.col("row_id").alias("cause_row"),
        pl.col("path").alias("cause_path"),
        pl.col("sheet").alias("cause_sheet"),
        pl.col("row_number").alias("cause_number"),
        pl.col("kind").alias("cause_kind"),
    )
    written = written.join(causes, on="cause_row", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("kind").is_in(SILENT_KINDS))
        .then(pl.lit(""))
        .otherwise(pl.col("value"))
        .alias("value"),
        pl.struct("kind", "column")
        .map_elements(lambda at: _heading(at["kind"], at["column"]), return_dtype=pl.String)
        .alias("own_heading"),
    )
    written = written.with_columns(
        pl.when(pl.col("heading").fill_null("") == "")
        .then("own_heading")
        .otherwise("heading")
        .alias("heading"),
        pl.when(pl.col("letter") != "")
        .then(pl.concat_str("letter", pl.col("row_number").cast(pl.String)))
        .alias("cell"),
    )
    return _with_messages(written)


def _heading(kind: str, column: str | None) -> str:
    return _KINDS[kind].column(column).heading if column else ""


_CASE = (
    "rule",
    "kind",
    "column",
    "heading",
    "value",
    "hint",
    "cause_path",
    "cause_sheet",
    "cause_number",
    "cause_kind",
    "cause_column",
    "cause_rule",
)


def _with_messages(written: pl.DataFrame) -> pl.DataFrame:
    """The findings; each distinct case is put into words once."""
    cases = written.select(_CASE).unique(maintain_order=True)
    texts = [_words(dict(zip(_CASE, case, strict=True))) for case in cases.iter_rows()]
    worded = cases.with_columns(
        pl.Series("message_da", [da for da, _ in texts], dtype=pl.String),
        pl.Series("message_en", [en for _, en in texts], dtype=pl.String),
    )
    return written.join(worded, on=list(_CASE), how="left", nulls_equal=True, maintain_order="left").select(
        "organisation_id",
        "delivery_sequence",
        "path",
        "sheet",
        "row_number",
        "kind",
        "heading",
        "cell",
        pl.col("value").str.slice(0, _LONGEST_KEPT),
        "rule",
        "severity",
        "message_da",
        "message_en",
        pl.col("own_key").alias("record_key"),
    )


def _words(case: Mapping[str, str | int | None]) -> tuple[str, str]:
    kind = _KINDS[str(case["kind"])]
    column = kind.column(str(case["column"])) if case["column"] else None
    cause = None
    if case["cause_rule"]:
        cause_kind, cause_column = case["cause_kind"], case["cause_column"]
        cause = Cause(
            path=str(case["cause_path"] or ""),
            sheet=str(case["cause_sheet"] or ""),
            row_number=int(case["cause_number"]) if case["cause_number"] is not None else None,
            heading=_heading(str(cause_kind), str(cause_column)) if cause_kind and cause_column else "",
            rule=str(case["cause_rule"]),
        )
    return explain(
        Case(
            rule=str(case["rule"]),
            kind=kind,
            column=column,
            heading=str(case["heading"] or ""),
            value=str(case["value"] or ""),
            hint=str(case["hint"] or ""),
            cause=cause,
        )
    )


def skipped_findings(connection: duckdb.DuckDBPyConnection, sequences: pl.DataFrame) -> pl.DataFrame:
    """The rows of these deliveries that are skipped for what they are: totals, notes and examples.

    Blank rows are skipped without a word.
    """
    connection.register("told_delivery", sequences.select("delivery_sequence").to_arrow())
    try:
        skipped: pl.DataFrame = connection.sql(
            """
            select
                r.organisation_id,
                r.delivery_sequence,
                d.path,
                r.sheet,
                cast(r.row_number as integer) as row_number,
                r.kind,
                r.skip_reason || '_row' as rule
            from raw.source_row as r
            join told_delivery as t on r.delivery_sequence = t.delivery_sequence
            join raw.delivery as d on r.delivery_sequence = d.sequence
            where r.skip_reason in ('total', 'note', 'example')
            order by r.delivery_sequence, r.sheet, r.row_number
            """
        ).pl()
    finally:
        connection.unregister("told_delivery")
    texts = {rule: explain_reading(rule, {}) for rule in skipped.get_column("rule").unique().to_list()}
    return skipped.with_columns(
        *(pl.lit("").alias(name) for name in ("heading", "cell", "value")),
        pl.lit("info").alias("severity"),
        *(
            pl.col("rule")
            .replace_strict(list(texts), [text[place] for text in texts.values()], return_dtype=pl.String)
            .alias(name)
            for place, name in enumerate(("message_da", "message_en"))
        ),
        pl.lit(None, pl.String).alias("record_key"),
    ).select(list(FINDING))


def reading_findings(
    connection: duckdb.DuckDBPyConnection, sequences: pl.DataFrame, *, pathless: bool = True
) -> pl.DataFrame:
    """What the reader itself found in these deliveries (``delivery_sequence``), as findings.

    Args:
        pathless: What stands in the inbox now without being a delivery too.
    """
    connection.register("told_delivery", sequences.select("delivery_sequence").to_arrow())
    try:
        found: pl.DataFrame = connection.sql(
            f"""
            select
                f.organisation_id,
                f.delivery_sequence,
                f.path,
                f.sheet,
                cast(f.row_number as integer) as row_number,
                s.kind,
                coalesce(
                    case
                        when f.column_letter <> ''
                            then json_extract_string(cast(s.headings as json), '$.' || f.column_letter)
                    end,
                    ''
                ) as heading,
                case
                    when f.column_letter <> ''
                        then json_extract_string(cast(s.columns as json), '$.' || f.column_letter)
                end as column,
                f.column_letter || cast(f.row_number as varchar) as cell,
                coalesce(f.value, '') as value,
                f.rule,
                f.severity,
                cast(f.detail as varchar) as detail
            from raw.reading_fault as f
            left join told_delivery as t on f.delivery_sequence = t.delivery_sequence
            left join raw.sheet as s on f.delivery_sequence = s.delivery_sequence and f.sheet = s.sheet
            where t.delivery_sequence is not null or (f.delivery_sequence is null and {pathless})
            order by f.delivery_sequence, s.sheet_position, f.row_number, f.column_letter, f.rule
            """
        ).pl()
    finally:
        connection.unregister("told_delivery")
    silent = (
        pl.col("kind").is_in(SILENT_KINDS)
        | pl.col("rule").is_in(["cpr", "personal_data"])
        | ((pl.col("kind") == "people") & (pl.col("column") == "name"))  # names stand in people alone
    )
    found = found.with_columns(
        pl.when(silent.fill_null(False)).then(pl.lit("")).otherwise("value").alias("value")
    )
    cases = found.select("rule", "detail", "heading", "value").unique(maintain_order=True)
    texts = [
        explain_reading(rule, json.loads(detail or "{}"), heading=heading, value=value[:_LONGEST_KEPT])
        for rule, detail, heading, value in cases.iter_rows()
    ]
    worded = cases.with_columns(
        pl.Series("message_da", [da for da, _ in texts], dtype=pl.String),
        pl.Series("message_en", [en for _, en in texts], dtype=pl.String),
    )
    return (
        found.join(
            worded,
            on=["rule", "detail", "heading", "value"],
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        .select(
            *(name for name in FINDING if name not in ("value", "record_key")),
            pl.col("value").str.slice(0, _LONGEST_KEPT),
            pl.lit(None, pl.String).alias("record_key"),
        )
        .select(list(FINDING))
    )
