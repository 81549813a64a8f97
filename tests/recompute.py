"""Every figure worked out anew in Python, from nothing but the records its evidence names.

An auditor's calculation: it shares no line with the SQL, so that the two can only agree by both being right.
"""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

IN_USE_UNITS = {"R8.3": 2, "R8.4": 1}
SHARES = ("R4.2", "R4.3", "R5.3", "R7.3")
COUNTS = ("R1.1", "R2.2", "R7.1", "V6")
SUMS = {"V4": "reach", "V7": "amount_granted"}
DISTINCT = {
    "R2.1": ("touchpoints", ("counterpart_key",)),
    "V1": ("people", ("area_key",)),
    "V2": ("adoption_events", ("solution_id",)),
    "V3": ("adoption_events", ("solution_id", "unit_key")),
}
TOLD = (
    "select * from results.indicator_result "
    "where (value is not null or n is not null) and indicator_id not like '%.P'"
)


class Evidence:
    """The records behind one figure, as dictionaries, by kind and part."""

    def __init__(self, named, records):
        self._named = named
        self._records = records

    def of(self, kind=None, part=None):
        """The records of a kind in a part; of all kinds or parts where none is named."""
        return [
            self._records[found_kind, key]
            for found_kind, key, found_part in self._named
            if kind in (None, found_kind) and part in (None, found_part)
        ]


def disagreements(connection):
    """Figures that their evidence does not give, with what is said and worked out; and how many figures."""
    networks = {
        (row["organisation_id"], row["network_id"]): row for row in rows_of(connection, "accepted.networks")
    }
    records = all_records(connection)
    named = defaultdict(list)
    for row in rows_of(connection, "results.evidence"):
        key = tuple(
            row[name] for name in ("organisation_id", "network_id", "period", "indicator_id", "dimension")
        )
        named[key].append((row["record_kind"], row["record_key"], row["part"]))
    found = connection.sql(TOLD).pl()
    wrong = []
    for row in found.iter_rows(named=True):
        key = tuple(
            row[name] for name in ("organisation_id", "network_id", "period", "indicator_id", "dimension")
        )
        evidence = Evidence(named[key], records[row["organisation_id"]])
        network = networks[key[:2]]
        end = network["end_date"]
        counted_to = min(row["period_end"], end) if end else row["period_end"]
        said = (row["numerator"], row["denominator"], row["value"])
        worked = figure(row["indicator_id"], evidence, network, counted_to)
        if not all(same(one, other) for one, other in zip(said, worked, strict=True)):
            wrong.append((*key[1:], said, worked))
    return wrong, found.height


def figure(indicator_id, evidence, network, counted_to):
    """Numerator, denominator and value of an indicator, from its evidence."""
    numerators, denominators = evidence.of(part="numerator"), evidence.of(part="denominator")
    if indicator_id in COUNTS:
        return None, None, len(numerators)
    if indicator_id in DISTINCT:
        kind, names = DISTINCT[indicator_id]
        return None, None, len({tuple(record[name] for name in names) for record in evidence.of(kind)})
    if indicator_id in SUMS:
        return None, None, float(sum(record[SUMS[indicator_id]] for record in numerators))
    if indicator_id in SHARES:
        return ratio(len(numerators), len(denominators))
    if indicator_id in ("R3.1", "R5.1"):
        met = {(record["date"].year, record["date"].month) for record in numerators}
        return ratio(len(met), len(whole_months(answerable_since(evidence, network), counted_to)))
    if indicator_id == "R4.1":
        granted = float(sum(record["amount_granted"] for record in numerators))
        needed = float(sum(record["capital_need"] for record in denominators))
        return granted, needed, min(1.0, granted / needed)
    if indicator_id == "V5":
        external = sum(record["amount_granted"] for record in numerators)
        return ratio(float(external), float(sum(record["amount_granted"] for record in denominators)))
    if indicator_id == "R5.2":
        limit = answerable_since(evidence, network) + timedelta(days=60)
        early = any(record["date"] <= limit for record in numerators)
        return None, None, 1.0 if early else 0.5 if numerators else 0.0
    if indicator_id.startswith("R6"):
        managers = {record["manager_id"] for record in evidence.of("central_managers")}
        return ratio(len({record["manager_id"] for record in numerators} & managers), len(managers))
    if indicator_id == "R7.2":
        return ratio(len({record["audience"] for record in numerators}), 3)
    if indicator_id in ("R8.1", "R8.2"):
        return ratio(
            *(len({record["solution_id"] for record in part}) for part in (numerators, denominators))
        )
    if indicator_id in IN_USE_UNITS:
        return in_use(numerators, denominators, IN_USE_UNITS[indicator_id])
    if indicator_id in ("R9.1", "R9.2"):
        return None, None, 1.0 if numerators else 0.0
    return None, None, {"R4.4": days_to_act, "R8.5": base_in_a_year}[indicator_id](evidence, counted_to)


def days_to_act(evidence, counted_to):
    waits = []
    for solution in evidence.of("solutions"):
        need = solution["need_date"] or solution["idea_date"]
        sent = [
            record["submitted_date"]
            for record in evidence.of("applications")
            if record["solution_id"] == solution["solution_id"]
            or (record["solution_id"] is None and record["submitted_date"] >= need - timedelta(days=180))
        ]
        stopped = [
            record["date"]
            for record in evidence.of("adoption_events")
            if record["solution_id"] == solution["solution_id"]
        ]
        over = min(sent) if sent else min([*stopped, counted_to])
        waits.append((max(0, (over - need).days), bool(sent)))
    return next((day for day, share in curve(waits) if share <= Fraction(1, 2)), None)


def base_in_a_year(evidence, counted_to):
    adopted = {record["solution_id"]: record["date"] for record in evidence.of(part="numerator")}
    waits = [
        (max(0, (adopted.get(key, counted_to) - record["date"]).days), key in adopted)
        for record in evidence.of(part="denominator")
        for key in [record["solution_id"]]
    ]
    return 1 - float(min((share for day, share in curve(waits) if day <= 365), default=1))


def curve(waits):
    """Kaplan-Meier in exact fractions: after each length of wait, the share that still waits."""
    share = Fraction(1)
    for day in sorted({days for days, _ in waits}):
        at_risk = sum(days >= day for days, _ in waits)
        share *= 1 - Fraction(sum(reached and days == day for days, reached in waits), at_risk)
        yield day, share


def in_use(numerators, denominators, places):
    units = defaultdict(set)
    for record in numerators:
        units[record["solution_id"]].add(record["unit_key"])
    adopted = {record["solution_id"] for record in denominators}
    return ratio(sum(len(units[key]) >= places for key in adopted), len(adopted))


def answerable_since(evidence, network):
    return max(min(record["valid_from"] for record in evidence.of("roles")), network["start_date"])


def whole_months(since, until):
    """First days of the six latest months that had ended on ``until``, of them those from ``since`` on."""
    after = until + timedelta(days=1)
    number = after.year * 12 + after.month - 1
    months = [date((number - back) // 12, (number - back) % 12 + 1, 1) for back in range(1, 7)]
    return [first for first in months if first >= since]


def ratio(numerator, denominator):
    return float(numerator), float(denominator), numerator / denominator if denominator else 0.0


def same(said, worked):
    if said is None or worked is None:
        return said is None and worked is None
    return abs(float(said) - float(worked)) <= 1e-9 * max(1.0, abs(float(said)))


def rows_of(connection, table):
    return connection.sql(f"select * from {table}").pl().iter_rows(named=True)


def all_records(connection):
    kinds = ("people", "networks", "roles", "phases", "solutions", "applications", "adoption_events")
    kinds += ("central_managers", "ownership", "touchpoints", "value_records")
    records = defaultdict(dict)
    for kind in kinds:
        for row in rows_of(connection, f"accepted.{kind}"):
            records[row["organisation_id"]][kind, row["record_key"]] = row
    return records
