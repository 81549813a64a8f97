import pytest

from assets.engine.portability import lint_model
from assets.sql_models import Model, load_models

REFUSED = [
    ("interval_not_cast", "select a.d + interval 1 month as x from core.t as a"),
    ("interval_of_column", "select cast(a.d + interval (a.n) day as date) as x from core.t as a"),
    ("date_minus_date", "select a.end_date - a.start_date as x from core.t as a"),
    ("fine_date_diff", "select date_diff('hour', a.d, a.e) as x from core.t as a"),
    ("trunc_not_cast", "select date_trunc('month', a.d) as x from core.t as a"),
    ("cast_to_integer", "select cast(a.x / nullif(a.y, 0) as integer) as x from core.t as a"),
    ("rounding", "select round(a.x, 2) as x from core.t as a"),
    ("unguarded_division", "select a.x / a.y as x from core.t as a"),
    ("regexp_replace_once", "select regexp_replace(a.x, 'a', 'b') as x from core.t as a"),
    ("strftime_format", "select strftime(a.d, '%Y-Q') as x from core.t as a"),
    ("average_not_cast", "select avg(a.x) as x from core.t as a"),
    ("arg_max_of_null", "select arg_max(a.y, a.x) as x from core.t as a"),
    ("qualify_with_star", "select * from core.t qualify row_number() over (order by b) = 1"),
    ("distinct_window", "select count(distinct a.x) over (partition by a.b) as x from core.t as a"),
    ("star_with_exceptions", "select * exclude (b) from core.t"),
    ("group_by_all", "select a.b, count(*) as c from core.t as a group by all"),
    ("union_by_name", "select b from core.t union all by name select b from core.u"),
    (
        "recursive",
        "with recursive r as (select 1 as b union all select b + 1 from r where b < 3) select b from r",
    ),
    (
        "range_frame",
        "select sum(b) over (order by b range between 1 preceding and current row) as x from core.t",
    ),
    ("day_of_week", "select extract(dow from a.d) as x from core.t as a"),
    ("pivot", "select * from core.t pivot (sum(x) for b in ('a', 'c'))"),
    ("json", "select a.x ->> 'b' as x from core.t as a"),
    ("function_log", "select log(a.x) as x from core.t as a"),
    ("function_array_agg", "select list(a.x) as x from core.t as a"),
    ("function_generate_series", "select x from generate_series(1, 3) as t (x)"),
    ("function_hash", "select hash(a.x) as x from core.t as a"),
]


@pytest.mark.parametrize(("rule", "query"), REFUSED)
def test_what_spark_would_not_carry_is_refused_by_rule(rule: str, query: str) -> None:
    assert rule in {refusal.rule for refusal in lint_model(Model("core", "probe", query))}


def test_a_refusal_names_file_line_and_mend() -> None:
    model = Model("core", "probe", "select\n    a.b,\n    round(a.x, 2) as x\nfrom core.t as a")
    (refusal,) = lint_model(model)
    assert str(refusal) == "sql/core/probe.sql:3: rounding: do not round in a model; round when displaying"


def test_portable_forms_pass() -> None:
    query = """
    select
        a.b,
        cast(a.d - interval 6 months as date) as since,
        date_diff('day', a.d, a.e) as days,
        a.x / nullif(a.y, 0) as share,
        avg(cast(a.x as double)) over (partition by a.b) as mean
    from core.t as a
    """
    assert lint_model(Model("core", "probe", query)) == []


def test_every_model_can_be_carried_to_spark() -> None:
    assert [str(refusal) for model in load_models() for refusal in lint_model(model)] == []
