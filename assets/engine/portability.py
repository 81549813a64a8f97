"""What a model may not say, because Spark would answer otherwise or not at all.

Some constructs give another number in Spark without an error, others stop it; the list was measured on
DuckDB 2.0, Spark 4.3 and SQLGlot 30. ``lint_model`` refuses them in ``sql/`` with file, line and rule, so
that the same text serves both engines.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp, parse_one
from sqlglot.errors import ParseError

from assets.sql_models import Model

DATE_FORMATS = ("%Y-%m", "%Y-%m-%d")
_DATE_ENDINGS = ("_date", "_day", "_to", "_from", "_since", "period_start", "period_end")
_INTEGERS = ("TINYINT", "SMALLINT", "INT", "BIGINT")


@dataclass(frozen=True)
class Refusal:
    """One construct that cannot be carried: where it stands, which rule, and what to write instead."""

    file: str
    line: int
    rule: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.mend}"


Rule = Callable[[exp.Expression], bool]

# Functions that mean something else or nothing in Spark, by the name written in the model.
FORBIDDEN_FUNCTIONS = {
    "age": "use date_diff('day', …)",
    "to_days": "use an interval with a literal",
    "date_add": "write date + interval and cast it to date",
    "generate_series": "join the seeded calendar",
    "range": "join the seeded calendar",
    "hash": "use md5 or sha256",
    "format": "use lpad or concat",
    "array_agg": "use string_agg with an order",
    "log": "write ln or log10",
    "quantile_cont": "use percentile_cont(…) within group",
    "quantile_disc": "use percentile_cont(…) within group",
}


def lint_model(model: Model) -> list[Refusal]:
    """Every construct that Spark would not carry, in order of line; empty when the model is portable."""
    file = f"sql/{model.schema}/{model.name}.sql"
    try:
        tree = parse_one(model.text, read="duckdb")
    except ParseError as error:
        return [
            Refusal(file, error.errors[0].get("line", 0) if error.errors else 0, "unreadable", str(error))
        ]
    refusals = [
        Refusal(file, _line(node), rule, mend)
        for node in tree.walk()
        for rule, mend, broken in RULES
        if broken(node)
    ]
    refusals += [Refusal(file, line, rule, mend) for line, rule, mend in _forbidden_functions(tree)]
    return sorted(refusals, key=lambda refusal: (refusal.line, refusal.rule))


def _line(node: exp.Expression) -> int:
    """The line of the node's first identifier (SQLGlot keeps lines on those), else of its parents'."""
    current: exp.Expression | None = node
    while current is not None:
        for inner in current.walk():
            line = inner.meta.get("line")
            if line:
                return int(line)
        current = current.parent
    return 0


def _forbidden_functions(tree: exp.Expression) -> Iterator[tuple[int, str, str]]:
    for node in tree.find_all(exp.Func):
        name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()
        if isinstance(node, exp.Log) and node.expression is not None:
            continue
        alias = {"generateseries": "generate_series", "arrayagg": "array_agg", "dateadd": "date_add"}.get(
            name.replace("_", ""), name
        )
        if alias in FORBIDDEN_FUNCTIONS:
            yield _line(node), f"function_{alias}", FORBIDDEN_FUNCTIONS[alias]


def _inside_date_cast(node: exp.Expression) -> bool:
    parent = node.parent
    while isinstance(parent, exp.Paren | exp.Add | exp.Sub):
        parent = parent.parent
    return isinstance(parent, exp.Cast) and parent.to.this == exp.DataType.Type.DATE


def _is_date_column(node: exp.Expression | None) -> bool:
    return isinstance(node, exp.Column) and node.name.lower().endswith(_DATE_ENDINGS)


def _bare_interval(node: exp.Expression) -> bool:
    has_interval = isinstance(node, exp.Add | exp.Sub) and isinstance(node.expression, exp.Interval)
    return has_interval and not _inside_date_cast(node)


def _column_interval(node: exp.Expression) -> bool:
    return isinstance(node, exp.Interval) and not isinstance(node.this, exp.Literal | exp.Neg)


def _date_minus_date(node: exp.Expression) -> bool:
    return isinstance(node, exp.Sub) and _is_date_column(node.this) and _is_date_column(node.expression)


def _fine_date_diff(node: exp.Expression) -> bool:
    unit = node.args.get("unit") if isinstance(node, exp.DateDiff | exp.TimestampDiff) else None
    return unit is not None and unit.name.lower() not in ("day", "month", "quarter", "year")


def _bare_trunc(node: exp.Expression) -> bool:
    return isinstance(node, exp.TimestampTrunc | exp.DateTrunc) and not _inside_date_cast(node)


def _cuts_to_integer(node: exp.Expression) -> bool:
    if not isinstance(node, exp.Cast) or str(node.to.this.value).upper() not in _INTEGERS:
        return False
    whole = isinstance(node.this, exp.Floor | exp.Round | exp.Count)
    return not whole and node.this.find(exp.Div, exp.Avg, exp.Sqrt, exp.Exp) is not None


def _unguarded_division(node: exp.Expression) -> bool:
    if not isinstance(node, exp.Div):
        return False
    divisor = node.expression.unnest()
    literal = isinstance(divisor, exp.Literal) and divisor.is_number and float(divisor.this) != 0
    return not literal and divisor.find(exp.Nullif) is None


def _replaces_once(node: exp.Expression) -> bool:
    modifiers = node.args.get("modifiers") if isinstance(node, exp.RegexpReplace) else None
    return isinstance(node, exp.RegexpReplace) and (modifiers is None or "g" not in modifiers.name)


def _odd_format(node: exp.Expression) -> bool:
    pattern = node.args.get("format") if isinstance(node, exp.TimeToStr) else None
    return pattern is not None and pattern.name not in DATE_FORMATS


def _plain_average(node: exp.Expression) -> bool:
    return isinstance(node, exp.Avg) and not isinstance(node.this, exp.Cast)


def _unfiltered_extreme(node: exp.Expression) -> bool:
    return isinstance(node, exp.ArgMax | exp.ArgMin) and not isinstance(node.parent, exp.Filter)


def _starred_qualify(node: exp.Expression) -> bool:
    return isinstance(node, exp.Select) and bool(node.args.get("qualify")) and node.is_star


def _distinct_window(node: exp.Expression) -> bool:
    return isinstance(node, exp.Window) and node.this.find(exp.Distinct) is not None


def _odd_star(node: exp.Expression) -> bool:
    return isinstance(node, exp.Star) and bool(
        node.args.get("replace")
        or node.args.get("replace_")
        or node.args.get("except")
        or node.args.get("except_")
    )


def _group_by_all(node: exp.Expression) -> bool:
    return isinstance(node, exp.Group) and bool(node.args.get("all"))


def _union_by_name(node: exp.Expression) -> bool:
    return isinstance(node, exp.SetOperation) and bool(node.args.get("by_name"))


def _recursive(node: exp.Expression) -> bool:
    return isinstance(node, exp.With) and bool(node.args.get("recursive"))


def _range_frame(node: exp.Expression) -> bool:
    return isinstance(node, exp.WindowSpec) and str(node.args.get("kind", "")).upper() == "RANGE"


def _day_of_week(node: exp.Expression) -> bool:
    return isinstance(node, exp.Extract) and str(node.this.name).lower() in (
        "dow",
        "isodow",
        "week",
        "isoyear",
    )


def _is(*kinds: type[exp.Expression]) -> Rule:
    return lambda node: isinstance(node, kinds)


RULES: tuple[tuple[str, str, Rule], ...] = (
    ("interval_not_cast", "write cast(… + interval … as date)", _bare_interval),
    ("interval_of_column", "an interval takes a literal; join the calendar", _column_interval),
    ("date_minus_date", "use date_diff('day', …)", _date_minus_date),
    ("fine_date_diff", "count days, months, quarters or years", _fine_date_diff),
    ("trunc_not_cast", "write cast(date_trunc(…) as date)", _bare_trunc),
    ("cast_to_integer", "cast floor(…) or round(…) to integer", _cuts_to_integer),
    ("rounding", "do not round in a model; round when displaying", _is(exp.Round)),
    ("unguarded_division", "divide by nullif(…, 0)", _unguarded_division),
    ("regexp_replace_once", "clean text at intake, or pass 'g'", _replaces_once),
    ("strftime_format", "only '%Y-%m' and '%Y-%m-%d'; else a calendar column", _odd_format),
    ("average_not_cast", "write avg(cast(… as double))", _plain_average),
    ("arg_max_of_null", "add filter (where … is not null), or use row_number", _unfiltered_extreme),
    ("qualify_with_star", "name the columns beside qualify", _starred_qualify),
    ("distinct_window", "count distinct in a query of its own", _distinct_window),
    ("star_with_exceptions", "name the columns", _odd_star),
    ("group_by_all", "name the grouping columns", _group_by_all),
    ("union_by_name", "list the columns in one order", _union_by_name),
    ("recursive", "avoid recursion", _recursive),
    ("range_frame", "use a rows frame over the calendar", _range_frame),
    ("day_of_week", "take it from the calendar", _day_of_week),
    ("lambda", "avoid lambdas", _is(exp.Lambda)),
    ("pivot", "use case or filter", _is(exp.Pivot)),
    ("sample", "avoid sampling", _is(exp.TableSample)),
    ("json", "read JSON before the models", _is(exp.JSONExtract, exp.JSONExtractScalar)),
)
