"""Warnings about accepted records: what may be right and is counted, but ought to be looked at."""

from collections.abc import Iterator, Mapping

import polars as pl

from assets.accepted.ledger import faults

_FITTING_LEVELS = {"innovation": (1, 2), "welfare": (1, 3)}
_FOREVER = pl.date(9999, 12, 31)
_DATED = {
    "touchpoints": "date",
    "adoption_events": "date",
    "ownership": "date",
    "value_records": "date",
    "pulse": "date",
}
Records = Mapping[str, pl.DataFrame]


def notices(accepted: Records, absent: frozenset[str] = frozenset()) -> Iterator[pl.DataFrame]:
    """Every warning about accepted records, in the shape of the ledger.

    Args:
        accepted: Kind to its accepted rows, typed, with ``w:<name>`` and ``row_id``.
        absent: Kinds that were not given: no warning rests on their having no rows.
    """
    yield _granted_over_applied(accepted["applications"])
    yield _adopted_before_test(accepted["adoption_events"])
    yield _level_order(accepted["people"])
    if "roles" not in absent:
        yield _no_reference_leader(accepted["networks"], accepted["roles"])
    yield _leader_level(accepted)
    if "people" not in absent:
        yield _not_level_4_5(accepted["central_managers"], accepted["people"])
    for kind, column in _DATED.items():
        yield _outside_network_life(accepted, kind, column)


def _warning(rows: pl.DataFrame, rule: str, column: str | None, hint: str | pl.Expr = "") -> pl.DataFrame:
    return faults(rows, rule, column, severity="warning", hint=hint)


def _granted_over_applied(applications: pl.DataFrame) -> pl.DataFrame:
    over = applications.filter(pl.col("amount_granted") > pl.col("amount_applied"))
    return _warning(over, "granted_over_applied", "amount_granted")


def _adopted_before_test(events: pl.DataFrame) -> pl.DataFrame:
    """Adoptions before the first test of the same solution."""
    same = ["organisation_id", "solution_id"]
    tests = (
        events.filter(pl.col("event") == "test_started")
        .group_by(same)
        .agg(pl.col("date").min().alias("first_test"))
    )
    adopted = events.filter(pl.col("event") == "adopted").join(
        tests, on=same, how="inner", maintain_order="left"
    )
    early = adopted.filter(pl.col("date") < pl.col("first_test"))
    return _warning(early, "adopted_before_test", "date", _danish_day("first_test"))


def _level_order(people: pl.DataFrame) -> pl.DataFrame:
    """Managers whose superior, on a day both rows hold, has not a smaller level."""
    superiors = people.select(
        "organisation_id",
        pl.col("person_id").alias("superior_id"),
        pl.col("level").alias("superior_level"),
        pl.col("valid_from").alias("superior_from"),
        pl.col("valid_to").fill_null(_FOREVER).alias("superior_to"),
    )
    pairs = people.filter(pl.col("level").is_not_null()).join(
        superiors, on=["organisation_id", "superior_id"], how="inner", maintain_order="left"
    )
    wrong = pairs.filter(
        (pl.col("superior_from") <= pl.col("valid_to").fill_null(_FOREVER))
        & (pl.col("valid_from") <= pl.col("superior_to"))
        & (pl.col("superior_level").is_null() | (pl.col("superior_level") >= pl.col("level")))
    )
    return _warning(wrong.unique("row_id", maintain_order=True), "level_order", "superior_id")


def _no_reference_leader(networks: pl.DataFrame, roles: pl.DataFrame) -> pl.DataFrame:
    """Innovation and welfare networks that run on the day of receipt without a reference leader."""
    today = pl.col("received_date")
    running = networks.filter(
        pl.col("network_type").is_in(list(_FITTING_LEVELS))
        & (pl.col("start_date") <= today)
        & (pl.col("end_date").is_null() | (pl.col("end_date") >= today))
    )
    same = ["organisation_id", "network_id"]
    leaders = roles.filter(pl.col("role") == "reference_leader").select(*same, "valid_from", "valid_to")
    led = running.join(leaders, on=same, how="inner").filter(
        (pl.col("valid_from") <= today) & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= today))
    )
    return _warning(
        running.join(led, on="row_id", how="anti", maintain_order="left"), "no_reference_leader", "network_id"
    )


def _leader_level(accepted: Records) -> pl.DataFrame:
    """Reference leaders who, on a day of their role, are not at a level that fits the network's type."""
    types = accepted["networks"].select("organisation_id", "network_id", "network_type")
    people = accepted["people"].select(
        "organisation_id",
        "person_id",
        "level",
        pl.col("valid_from").alias("person_from"),
        pl.col("valid_to").fill_null(_FOREVER).alias("person_to"),
    )
    leaders = (
        accepted["roles"]
        .filter(pl.col("role") == "reference_leader")
        .join(types, on=["organisation_id", "network_id"], how="inner", maintain_order="left")
        .join(people, on=["organisation_id", "person_id"], how="inner", maintain_order="left")
        .filter(
            (pl.col("person_from") <= pl.col("valid_to").fill_null(_FOREVER))
            & (pl.col("valid_from") <= pl.col("person_to"))
        )
    )
    misfit = pl.lit(False)
    for network_type, (low, high) in _FITTING_LEVELS.items():
        fits = pl.col("level").is_between(low, high).fill_null(False)
        misfit |= (pl.col("network_type") == network_type) & ~fits
    return _warning(leaders.filter(misfit).unique("row_id", maintain_order=True), "leader_level", "person_id")


def _not_level_4_5(managers: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Central managers who on the day they were identified were not at level 4 or 5."""
    fitting = people.filter(pl.col("level").is_between(4, 5)).select(
        "organisation_id", pl.col("person_id").alias("manager_id"), "valid_from", "valid_to"
    )
    on_level = managers.join(fitting, on=["organisation_id", "manager_id"], how="inner").filter(
        (pl.col("valid_from") <= pl.col("identified_date"))
        & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("identified_date")))
    )
    others = managers.join(on_level, on="row_id", how="anti", maintain_order="left")
    return _warning(others, "not_level_4_5", "manager_id")


def _outside_network_life(accepted: Records, kind: str, column: str) -> pl.DataFrame:
    lives = accepted["networks"].select("organisation_id", "network_id", "start_date", "end_date")
    events = accepted[kind]
    if "network_id" not in events.columns:
        networks = accepted["solutions"].select("organisation_id", "solution_id", "network_id")
        events = events.join(
            networks, on=["organisation_id", "solution_id"], how="inner", maintain_order="left"
        )
    dated = events.join(lives, on=["organisation_id", "network_id"], how="inner", maintain_order="left")
    outside = dated.filter((pl.col(column) < pl.col("start_date")) | (pl.col(column) > pl.col("end_date")))
    life = pl.concat_str(_danish_day("start_date"), pl.lit(" – "), _danish_day("end_date").fill_null(""))
    return _warning(outside, "outside_network_life", column, life)


def _danish_day(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%d-%m-%Y")
