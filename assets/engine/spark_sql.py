"""A model's text for Spark: SQLGlot, and what SQLGlot silently gets wrong put right first.

Bare SQLGlot turns exact percentiles into approximate ones and boundary-counting date differences into
elapsed units; both give other numbers without an error. The rewrites here are made on the tree before
Spark's text is written.
"""

from sqlglot import exp, parse_one

SESSION_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
}


def to_spark(query: str, *, shim: bool = True, views: bool = False) -> str:
    """Spark's text of a DuckDB query.

    Args:
        shim: Without it the rewrites are left out, to check that they matter.
        views: Read the session's views of the tables (``core__units``), not tables of a catalogue.
    """
    tree = parse_one(query, read="duckdb")
    if shim:
        tree = tree.transform(_rewrite)
    if views:
        tree = tree.transform(_read_view)
    return str(tree.sql(dialect="spark"))


def view_name(table: str) -> str:
    """The session's view of ``schema.name``; such views have no schema of their own."""
    return table.replace(".", "__")


def _read_view(node: exp.Expression) -> exp.Expression:
    if not isinstance(node, exp.Table) or not node.db:
        return node
    alias = node.args.get("alias") or exp.TableAlias(this=exp.to_identifier(node.name))
    view = exp.to_identifier(view_name(f"{node.db}.{node.name}"))
    return exp.Table(this=view, alias=alias.copy())


def _rewrite(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont):
        ordered = node.expression.expressions[0].this
        # Exact and interpolating, as DuckDB's; PERCENTILE_APPROX is neither.
        return exp.Anonymous(this="PERCENTILE", expressions=[ordered.copy(), node.this.this.copy()])
    if isinstance(node, exp.DateDiff):
        return _date_diff(node)
    if isinstance(node, exp.Div):
        # DuckDB divides doubles whatever stands on either side; Spark divides decimals as decimals.
        return exp.Div(this=_as_double(node.this), expression=_as_double(node.expression), **_division(node))
    return node


def _as_double(node: exp.Expression) -> exp.Expression:
    return exp.cast(node.copy(), "double")


def _division(node: exp.Div) -> dict[str, bool]:
    return {name: bool(node.args.get(name)) for name in ("typed", "safe")}


def _date_diff(node: exp.DateDiff) -> exp.Expression:
    """DuckDB counts the boundaries crossed, Spark whole elapsed units: count in months and years instead."""
    unit = node.args["unit"].name.lower() if node.args.get("unit") else "day"
    later, earlier = _as_date(node.this), _as_date(node.expression)
    if unit == "day":
        return exp.Anonymous(this="DATEDIFF", expressions=[later, earlier])
    if unit == "year":
        return exp.paren(exp.Sub(this=_year(later), expression=_year(earlier)))
    counter = {"month": _months, "quarter": _quarters}[unit]
    return exp.paren(exp.Sub(this=counter(later), expression=counter(earlier)))


def _as_date(node: exp.Expression) -> exp.Expression:
    return exp.cast(node.copy(), "date")


def _year(day: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this="YEAR", expressions=[day.copy()])


def _months(day: exp.Expression) -> exp.Expression:
    month = exp.Anonymous(this="MONTH", expressions=[day.copy()])
    return exp.paren(
        exp.Add(this=exp.Mul(this=_year(day), expression=exp.Literal.number(12)), expression=month)
    )


def _quarters(day: exp.Expression) -> exp.Expression:
    quarter = exp.Anonymous(this="QUARTER", expressions=[day.copy()])
    return exp.paren(
        exp.Add(this=exp.Mul(this=_year(day), expression=exp.Literal.number(4)), expression=quarter)
    )
