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


def to_spark(query: str, *, shim: bool = True) -> str:
    """Spark's text of a DuckDB query; ``shim=False`` leaves out the rewrites, to check that they matter."""
    tree = parse_one(query, read="duckdb")
    if shim:
        tree = tree.transform(_rewrite)
    return str(tree.sql(dialect="spark"))


def _rewrite(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont):
        ordered = node.expression.expressions[0].this
        # Exact and interpolating, as DuckDB's; PERCENTILE_APPROX is neither.
        return exp.Anonymous(this="PERCENTILE", expressions=[ordered.copy(), node.this.this.copy()])
    if isinstance(node, exp.DateDiff):
        return _date_diff(node)
    return node


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
