"""One line for every construct that ``sql/`` uses, with DuckDB's answer: what both engines have to say.

Rows come from ``accounts``, a table of a few lines with every awkward value in it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlglot import exp, parse_one

ACCOUNTS = """
accounts as (
    select 1 as id, 'Ærø' as place, date '2024-02-29' as day, cast(10.5 as decimal(18, 2)) as kroner,
        1.5 as share
    union all
    select 2 as id, 'Ærø' as place, date '2024-02-29' as day, cast(0 as decimal(18, 2)) as kroner,
        null as share
    union all
    select 3 as id, 'Åbenrå' as place, date '2023-12-31' as day, cast(3.25 as decimal(18, 2)) as kroner,
        4.0 as share
    union all
    select 4 as id, null as place, null as day, null as kroner, 2.0 as share
)
"""


@dataclass(frozen=True)
class Probe:
    """A query, what DuckDB answers, and whether Spark needs the shim for it."""

    name: str
    query: str
    answer: Any
    shim: bool = False

    @property
    def text(self) -> str:
        """The whole query."""
        return f"with {ACCOUNTS} {self.query}" if "accounts" in self.query else self.query


def one(name: str, expression: str, answer: Any, *, shim: bool = False) -> Probe:
    """A probe of one expression without rows."""
    return Probe(name, f"select {expression} as x", [(answer,)], shim)


JAN, FEB, DEC = date(2024, 1, 1), date(2024, 2, 29), date(2023, 12, 31)
NEEDS_SHIM = (
    one("months crossed", "date_diff('month', date '2025-01-31', date '2025-03-01')", 2, shim=True),
    one("quarters crossed", "date_diff('quarter', date '2024-12-31', date '2025-01-01')", 1, shim=True),
    one("years crossed", "date_diff('year', date '2024-12-31', date '2025-01-01')", 1, shim=True),
    Probe(
        "percentile between two values",
        "select percentile_cont(0.5) within group (order by id) as x from accounts",
        [(2.5,)],
        True,
    ),
    Probe(
        "sums of kroner divided",
        "select sum(kroner) / nullif(sum(cast(3 as decimal(18, 2))), 0) as x from accounts where id = 1",
        [(3.5,)],
        True,
    ),
    one("literals divided", "2.0 / 3.0", 2 / 3, shim=True),
)
EXPRESSIONS = (
    one("whole numbers divided", "7 / 2", 3.5),
    one("divided by nothing", "7 / nullif(0, 0)", None),
    one("whole division", "(11 + 2) // 3", 4),
    one("remainder", "17 % 5", 2),
    one("negative", "-3 * 2 - 1", -7),
    one("power", "power(0.25, exp(-0.5))", 0.25**0.6065306597126334),
    one("logarithm and back", "exp(ln(1 - 1 / nullif(4, 0)))", 0.75),
    one("square root", "sqrt(2)", 2**0.5),
    one("absolute", "abs(-2.5e0)", 2.5),
    one("least skips nothing", "least(3, null, 1)", 1),
    one("greatest skips nothing", "greatest(date '2024-01-01', null, date '2024-02-29')", FEB),
    one("first that is something", "coalesce(null, 'æ', 'b')", "æ"),
    one(
        "case falls through", "case when 1 > 2 then 'a' when cast(null as boolean) then 'b' else 'ø' end", "ø"
    ),
    one("case without else", "case when 1 = 2 then 1 end", None),
    one(
        "between includes both ends",
        "date '2024-02-29' between date '2024-01-01' and date '2024-02-29'",
        True,
    ),
    one("three-valued and", "null and false", False),
    one("three-valued or", "null or true", True),
    one("not of nothing", "not cast(null as boolean)", None),
    one("different from nothing", "1 is distinct from null", True),
    one("nothing is no different", "cast(null as integer) is distinct from null", False),
    one("is nothing", "null is null and 1 is not null", True),
    one("unequal", "'a' <> 'A'", True),
    one("at most, at least", "1 <= 1 and 2 >= 1 and 1 < 2 and 2 > 1", True),
    one("in a list", "'b' in ('a', 'b') and 'c' not in ('a', 'b')", True),
    one("like at the end", "'R1.P' like '%.P' and 'R1.1' not like '%.P'", True),
    one("texts joined", "'Ær' || 'ø'", "Ærø"),
    one("nothing joined to text", "'Ær' || null", None),
    one("concat", "concat('æ', ' / ', 'å')", "æ / å"),
    one("text order is by code point", "'Z' < 'a' and 'a' < 'Æ' and 'Å' < 'Æ' and 'Æ' < 'Ø'", True),
    one("a month before the 31st", "cast(date '2024-03-31' - interval 1 month as date)", FEB),
    one(
        "a year after 29 February", "cast(date '2024-02-29' + interval 12 months as date)", date(2025, 2, 28)
    ),
    one("days after", "cast(date '2023-12-31' + interval 1 day as date)", JAN),
    one("days before", "cast(date '2024-06-29' - interval 180 days as date)", JAN),
    one("days between", "date_diff('day', date '2023-12-31', date '2024-02-29')", 60),
    one("days back", "date_diff('day', date '2024-02-29', date '2023-12-31')", -60),
    one("a date made", "make_date(2024, 2, least(31, 29))", FEB),
    one(
        "parts of a date",
        "year(date '2024-02-29') * 12 + month(date '2024-02-29') + day(date '2024-02-29')",
        24319,
    ),
    one("year taken out", "extract(year from date '2024-02-29')", 2024),
    one("month taken out", "extract(month from date '2024-02-29')", 2),
    one("a year as text", "cast(extract(year from date '2024-02-29') as varchar)", "2024"),
    one("a date as text", "cast(date '2024-02-29' as varchar)", "2024-02-29"),
    one("a text as date", "cast('2024-02-29' as date)", FEB),
    one("a number as text", "cast(cast(7 as bigint) as varchar)", "7"),
    one("a whole number as double", "cast(3 as double) * 0.1", 0.30000000000000004),
    one("kroner as double", "cast(cast(1234567.89 as decimal(18, 2)) as double)", 1234567.89),
    one("a comparison as boolean", "cast(1 = 1 and 2 = 2 as boolean)", True),
    one("a case as bigint", "cast(case when true then 1 else 0 end as bigint)", 1),
    one(
        "a difference as integer",
        "cast(date_diff('day', date '2024-01-01', date '2024-01-31') as integer)",
        30,
    ),
)
ROWS = (
    Probe("rows counted", "select count(*) as x, count(day) as y from accounts", [(4, 3)]),
    Probe("different ones counted", "select count(distinct place) as x from accounts", [(2,)]),
    Probe("kroner summed", "select sum(kroner) as x from accounts", [(Decimal("13.75"),)]),
    Probe("a sum of nothing", "select sum(id) as x from accounts where id > 9", [(None,)]),
    Probe("a count of nothing", "select count(*) as x from accounts where id > 9", [(0,)]),
    Probe("groups of no rows", "select place as x from accounts where id > 9 group by place", []),
    Probe(
        "nothing is a group of its own",
        "select place as x, count(*) as y, min(day) as d, max(day) as e from accounts "
        "group by place order by y desc, x",
        [("Ærø", 2, FEB, FEB), ("Åbenrå", 1, DEC, DEC), (None, 1, None, None)],
    ),
    Probe(
        "filtered aggregates",
        "select count(*) filter (where id > 2) as a, count(distinct place) filter (where id < 3) as b, "
        "max(day) filter (where id = 9) as c, sum(id) filter (where id <> 1) as d, "
        "min(id) filter (where id > 1) as e "
        "from accounts",
        [(2, 1, None, 9, 2)],
    ),
    Probe(
        "grouped and then chosen",
        "select place as x from accounts group by place having count(*) > 1",
        [("Ærø",)],
    ),
    Probe("nothing sorts last", "select id as x from accounts order by day, id", [(3,), (1,), (2,), (4,)]),
    Probe(
        "nothing sorts last downwards",
        "select id as x from accounts order by share desc",
        [(3,), (4,), (1,), (2,)],
    ),
    Probe(
        "row numbers",
        "select id as x, row_number() over (partition by place order by day desc, id) as y "
        "from accounts order by id",
        [(1, 1), (2, 2), (3, 1), (4, 1)],
    ),
    Probe(
        "the next row",
        "select id as x, lead(id) over (order by id) as y from accounts order by id",
        [(1, 2), (2, 3), (3, 4), (4, None)],
    ),
    Probe(
        "running sums",
        "select id as x, sum(id) over (order by id rows between unbounded preceding and current row) as y, "
        "max(id) over (order by id rows between unbounded preceding and 1 preceding) as z "
        "from accounts order by id",
        [(1, 1, None), (2, 3, 1), (3, 6, 2), (4, 10, 3)],
    ),
    Probe(
        "a named window",
        "select id as x, sum(id) over w as y from accounts window w as (partition by place order by id "
        "rows between unbounded preceding and current row) order by id",
        [(1, 1), (2, 3), (3, 3), (4, 4)],
    ),
    Probe(
        "sums of a partition",
        "select id as x, sum(id) over (partition by place) as y, min(id) over (partition by place) as z "
        "from accounts order by id",
        [(1, 3, 1), (2, 3, 1), (3, 3, 3), (4, 4, 4)],
    ),
    Probe(
        "different rows",
        "select distinct place as x from accounts where id < 4 order by x",
        [("Åbenrå",), ("Ærø",)],
    ),
    Probe(
        "inner join leaves nothing out but nothing",
        "select a.id as x, b.id as y from accounts as a inner join accounts as b "
        "on a.place = b.place and a.id < b.id",
        [(1, 2)],
    ),
    Probe(
        "left join keeps what has no match",
        "select a.id as x, b.id as y from accounts as a left join accounts as b "
        "on a.place = b.place and b.id = 2 order by x",
        [(1, 2), (2, 2), (3, None), (4, None)],
    ),
    Probe(
        "cross join",
        "select count(*) as x from accounts as a cross join accounts as b",
        [(16,)],
    ),
    Probe(
        "joined rows of one table, all columns",
        "select t.* from (select id, place from accounts) as t where t.id = 1",
        [(1, "Ærø")],
    ),
    Probe(
        "all rows of both",
        "select 1 as x union all select 1 as x union all select cast(null as integer) as x order by x",
        [(1,), (1,), (None,)],
    ),
    Probe("every row once", "select 1 as x union select 1 as x", [(1,)]),
    Probe("yes and no", "select true as x, false as y", [(True, False)]),
)
PROBES = (*NEEDS_SHIM, *EXPRESSIONS, *ROWS)


def same(answered: list[tuple], expected: list[tuple]) -> bool:
    """Whether rows are the same, of the same kinds: a double is no decimal; doubles to 1e-9."""
    return len(answered) == len(expected) and all(
        len(one_row) == len(other) and all(_same(a, b) for a, b in zip(one_row, other, strict=True))
        for one_row, other in zip(answered, expected, strict=True)
    )


def _same(answered: Any, expected: Any) -> bool:
    if isinstance(expected, float):
        return isinstance(answered, float) and abs(answered - expected) <= 1e-9 * max(1.0, abs(expected))
    if isinstance(expected, bool) or expected is None:
        return answered is expected
    return not isinstance(answered, float | bool) and answered == expected


def constructs(query: str) -> set[str]:
    """Every kind of node in a query, and of casts, joins, intervals and frames which."""
    found = set()
    for node in parse_one(query, read="duckdb").walk():
        found.add(type(node).__name__)
        if isinstance(node, exp.Cast):
            found.add(f"cast as {node.to.this.value}")
        elif isinstance(node, exp.Join):
            found.add(f"join {node.side} {node.kind}".strip())
        elif isinstance(node, exp.Interval):
            found.add(f"interval {node.unit.name.rstrip('S')}")
        elif isinstance(node, exp.DateDiff):
            found.add(f"date_diff {node.args['unit'].name}")
        elif isinstance(node, exp.Extract):
            found.add(f"extract {node.this.name}")
        elif isinstance(node, exp.Window) and node.args.get("spec"):
            found.add(f"frame {node.args['spec'].sql()}")
        elif isinstance(node, exp.Filter):
            found.add(
                f"filter {type(node.this).__name__}{' distinct' if node.this.find(exp.Distinct) else ''}"
            )
        elif isinstance(node, exp.Union):
            found.add("union" if node.args.get("distinct") else "union all")
    return found
