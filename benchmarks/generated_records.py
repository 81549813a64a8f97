"""Records of made-up municipalities in any number, from a seed: whole columns at a time, millions in seconds.

The unit is a part: 24 networks and what belongs to them, some 12,000 rows, one municipality's ten years. A
part has its own people and keys, so that parts can be put together into organisations of any size.
"""

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl

from benchmarks.generated_networks import (
    AS_OF,
    LAST,
    LEADERS,
    UNITS,
    Frame,
    Networks,
    day,
    manager,
    numbered,
    numbered_column,
    person,
)

TOUCHPOINTS = {
    "expectation_agreement": 0.05,
    "sparring": 0.3,
    "strategic_link": 0.08,
    "platform_access": 0.12,
    "coordination": 0.15,
    "engagement": 0.12,
    "showcase": 0.08,
    "political_assessment": 0.05,
    "political_dialogue": 0.05,
}
STATUSES = {
    "granted": 0.35,
    "partly_granted": 0.1,
    "rejected": 0.25,
    "submitted": 0.2,
    "withdrawn": 0.05,
    "draft": 0.05,
}


class Records(Networks):
    """All records of a number of parts."""

    def kinds(self) -> Iterator[tuple[str, Frame]]:
        """Each record kind with its rows: ``part`` and the canonical columns that are filled."""
        solutions = self._solutions()
        managers = self._central_managers()
        touchpoints = self._touchpoints()
        made: dict[str, Callable[[], Frame]] = {
            "people": self._people,
            "networks": self._network_rows,
            "roles": self._roles,
            "phases": self._phases,
            "solutions": lambda: solutions.drop("place"),
            "applications": lambda: self._applications(solutions),
            "adoption_events": lambda: self._adoption_events(solutions),
            "central_managers": lambda: managers.drop("place"),
            "ownership": lambda: self._ownership(managers),
            "touchpoints": lambda: touchpoints,
            "value_records": self._value_records,
            "pulse": self._pulse,
            "disputes": lambda: self._disputes(touchpoints),
        }
        for kind, make in made.items():
            yield kind, make()

    def _solutions(self) -> Frame:
        draw = self._draw("solutions")
        rows = self._each(12)
        idea = rows["start"].to_numpy() + draw.integers(10, 1000, rows.height)
        need = np.where(draw.random(rows.height) < 0.7, draw.integers(1, 1000, rows.height) * 500, -1)
        wait = np.where(draw.random(rows.height) < 0.5, draw.integers(0, 90, rows.height), -LAST)
        found = rows.with_columns(pl.Series("idea", idea), pl.Series("need", need), pl.Series("wait", wait))
        return found.filter(pl.col("idea") <= LAST).select(
            "part",
            "place",
            numbered_column("L", "part", pl.col("place") * 12 + pl.col("at"), "solution_id"),
            "network_id",
            pl.concat_str(pl.lit("Løsning "), pl.col("at")).alias("title"),
            day("idea").alias("idea_date"),
            pl.when(pl.col("need") >= 0).then("need").alias("capital_need"),
            day(
                pl.when(pl.col("wait") >= 0).then(pl.min_horizontal(pl.col("idea") + pl.col("wait"), LAST))
            ).alias("need_date"),
        )

    def _applications(self, solutions: Frame) -> Frame:
        draw = self._draw("applications")
        rows = self._each(15)
        size = rows.height
        names, weights = list(STATUSES), list(STATUSES.values())
        rows = rows.with_columns(
            pl.Series("submitted", rows["start"].to_numpy() + draw.integers(30, 1200, size)),
            pl.Series("status", draw.choice(names, size, p=weights)),
            pl.Series("applied", draw.integers(10, 800, size) * 1000),
            pl.Series("waited", draw.integers(20, 150, size)),
            pl.Series(
                "named", numbered("L", rows["part"], rows["place"] * 12 + draw.integers(0, 12, size), 3)
            ),
            pl.Series("source", draw.choice(["internal", "external"], size)),
            pl.Series("purpose", draw.choice(["test", "scaling", "operation"], size, p=[0.5, 0.3, 0.2])),
            pl.Series("leader", (rows["place"].to_numpy() + draw.integers(0, 2, size) * 5) % len(LEADERS)),
        ).filter(pl.col("submitted") <= LAST)
        decided = pl.col("submitted") + pl.col("waited")
        is_decided = pl.col("status").is_in(["granted", "partly_granted", "rejected"]) & (decided <= LAST)
        undecided = ~pl.col("status").is_in(["draft", "withdrawn"]) & ~is_decided
        return rows.with_columns(
            pl.when(undecided).then(pl.lit("submitted")).otherwise("status").alias("status"),
            is_decided.alias("is_decided"),
        ).select(
            "part",
            numbered_column("A", "part", pl.col("place") * 15 + pl.col("at"), "application_id"),
            "network_id",
            pl.when(pl.col("named").is_in(solutions["solution_id"].implode()) & (pl.col("at") % 5 > 0))
            .then("named")
            .alias("solution_id"),
            pl.lit("Puljen").alias("funder"),
            "source",
            "purpose",
            pl.col("applied").alias("amount_applied"),
            pl.when(pl.col("status") == "granted")
            .then("applied")
            .when(pl.col("status") == "partly_granted")
            .then(pl.col("applied") // 2)
            .alias("amount_granted"),
            pl.lit("DKK").alias("currency"),
            day("submitted").alias("submitted_date"),
            pl.when("is_decided").then(day(decided)).alias("decided_date"),
            "status",
            person("part", pl.col("leader"), "responsible_id"),
        )

    def _adoption_events(self, solutions: Frame) -> Frame:
        draw = self._draw("adoption_events")
        size = solutions.height
        idea = solutions["idea_date"].cast(pl.Int32).to_numpy()
        tested = idea + draw.integers(60, 400, size)
        decided = tested + draw.integers(100, 300, size)
        fate = draw.random(size)
        course = [
            ("test_started", tested, fate < 0.85, 0),
            ("test_ended", decided - 10, fate < 0.75, 0),
            ("rejected", decided, (fate >= 0.55) & (fate < 0.7), 0),
            ("adopted", decided, fate < 0.5, 0),
            ("scaled", decided + 120, fate < 0.3, 1),
            ("adopted", decided + 200, fate < 0.2, 2),
            ("discontinued", decided + 500, fate < 0.1, 0),
        ]
        unit = draw.integers(0, len(UNITS), size)
        steps = []
        for number, (event, days, happens, further) in enumerate(course):
            steps.append(
                solutions.select("part", "place", "solution_id").with_columns(
                    pl.Series("days", np.where(happens, days, LAST + 1)),
                    pl.lit(event).alias("event"),
                    pl.Series("unit", np.array(UNITS)[(unit + further) % len(UNITS)]),
                    pl.Series("reach", draw.integers(0, 400, size)),
                    pl.Series("manager", draw.integers(0, 20, size)),
                    pl.concat_str(
                        pl.lit("H"), pl.col("solution_id").str.slice(1), pl.lit(f"-{number}")
                    ).alias("event_id"),
                )
            )
        happened = pl.concat(steps).filter(pl.col("days") <= LAST).sort("event_id")
        return happened.select(
            "part",
            "event_id",
            "solution_id",
            "unit",
            "event",
            day("days").alias("date"),
            manager(pl.col("manager"), "manager_id"),
            pl.when(pl.col("event").is_in(["adopted", "scaled"]) & (pl.col("reach") % 4 > 0))
            .then("reach")
            .alias("reach"),
        )

    def _central_managers(self) -> Frame:
        draw = self._draw("central_managers")
        rows = self._each(20)
        identified = np.minimum(rows["start"].to_numpy() + draw.integers(0, 200, rows.height), LAST)
        removed = identified + draw.integers(100, 900, rows.height)
        removed = np.where((removed <= LAST) & (draw.random(rows.height) < 0.15), removed, -1)
        return rows.select(
            "part",
            "place",
            "network_id",
            manager(pl.col("at"), "manager_id"),
            day(pl.Series(identified)).alias("identified_date"),
            day(pl.Series(removed)).alias("removed_date"),
        )

    def _ownership(self, managers: Frame) -> Frame:
        draw = self._draw("ownership")
        rows = managers.select(pl.all().repeat_by(6).explode())
        size = rows.height
        said = rows["identified_date"].cast(pl.Int32).to_numpy() + 150 * np.tile(
            np.arange(6), managers.height
        )
        said = said + draw.integers(0, 100, size)
        return (
            rows.with_columns(
                pl.Series("days", said),
                pl.Series("relevance", draw.integers(1, 6, size)),
                pl.Series("ownership", draw.integers(1, 6, size)),
                pl.Series(
                    "commitment",
                    draw.choice(["none", "time", "staff", "test_site", "budget"], size, p=[0.6, *[0.1] * 4]),
                ),
                pl.Series("source", draw.choice(["survey", "interview", "agreement"], size)),
            )
            .filter(pl.col("days") <= LAST)
            .select(
                "part",
                "network_id",
                "manager_id",
                day("days").alias("date"),
                "relevance",
                "ownership",
                "commitment",
                "source",
            )
        )

    def _touchpoints(self) -> Frame:
        draw = self._draw("touchpoints")
        rows = self._each(125)
        size = rows.height
        kind = draw.choice(list(TOUCHPOINTS), size, p=list(TOUCHPOINTS.values()))
        rows = rows.with_columns(
            pl.Series("days", rows["start"].to_numpy() + draw.integers(0, 1500, size)),
            pl.Series("kind", kind),
            pl.Series("leader", (rows["place"].to_numpy() + (draw.random(size) < 0.3) * 5) % len(LEADERS)),
            pl.Series("audience", draw.choice(["organisation", "politicians", "city"], size)),
            pl.Series("outcome", draw.choice(["relevant", "not_relevant"], size, p=[0.7, 0.3])),
            pl.Series("agenda", draw.choice(["existing", "new"], size)),
            pl.Series("counterpart", np.array(UNITS)[draw.integers(0, len(UNITS), size)]),
        ).filter(pl.col("days") <= LAST)
        return rows.select(
            "part",
            numbered_column("S", "part", pl.col("place") * 125 + pl.col("at"), "touchpoint_id", 4),
            "network_id",
            day("days").alias("date"),
            "kind",
            person("part", pl.col("leader"), "by_id"),
            pl.when(pl.col("kind") == "platform_access").then("counterpart").alias("counterpart"),
            pl.when(pl.col("kind") == "showcase").then("audience").alias("audience"),
            pl.when(pl.col("kind") == "political_assessment").then("outcome").alias("outcome"),
            pl.when(pl.col("kind") == "strategic_link").then("agenda").alias("agenda"),
        )

    def _value_records(self) -> Frame:
        draw = self._draw("value_records")
        rows = self._each(20)
        size = rows.height
        rows = rows.with_columns(
            pl.Series("days", rows["start"].to_numpy() + draw.integers(30, 1500, size)),
            pl.Series(
                "value_type", draw.choice(["quality", "efficiency", "employee", "citizen", "democracy"], size)
            ),
            pl.Series("measure", draw.choice(["Ventetid", "Fravær", "Trivsel", "Åbningstid"], size)),
            pl.Series("baseline", draw.integers(1, 200, size) / 4),
            pl.Series("target", draw.integers(1, 200, size) / 4),
            pl.Series("measured", draw.integers(1, 200, size) / 4),
            pl.Series("told", draw.random(size)),
        ).filter(pl.col("days") <= LAST)
        return rows.select(
            "part",
            numbered_column("V", "part", pl.col("place") * 20 + pl.col("at"), "value_id"),
            "network_id",
            day("days").alias("date"),
            "value_type",
            "measure",
            pl.lit("dage").alias("unit"),
            pl.when(pl.col("told") < 0.8).then("baseline").alias("baseline"),
            pl.when(pl.col("told") < 0.7).then("target").alias("target"),
            pl.when(pl.col("told") < 0.75).then("measured").alias("measured"),
        )

    def _pulse(self) -> Frame:
        draw = self._draw("pulse")
        rows = self._each(150)
        size = rows.height
        said = rows["start"].to_numpy() + draw.integers(30, 1200, size)
        return (
            rows.with_columns(
                pl.Series("days", said),
                pl.Series("respondent_role", draw.choice(["network_leader", "participant", "manager"], size)),
                pl.concat_str(pl.lit("R"), pl.Series(draw.integers(1, 10, size))).alias("responsibility"),
                pl.Series("score", draw.integers(1, 6, size)),
            )
            .filter(pl.col("days") <= LAST)
            .select(
                "part", "network_id", day("days").alias("date"), "respondent_role", "responsibility", "score"
            )
        )

    def _disputes(self, touchpoints: Frame) -> Frame:
        chosen = touchpoints.with_row_index("row").filter(pl.col("row") % 100 == 7)
        fate = pl.col("row") // 100 % 3
        raised = pl.min_horizontal(pl.col("date") + pl.duration(days=20), pl.lit(AS_OF))
        return chosen.select(
            "part",
            pl.concat_str(pl.lit("I"), pl.col("touchpoint_id").str.slice(1)).alias("dispute_id"),
            pl.lit("touchpoints").alias("record_kind"),
            pl.col("touchpoint_id").alias("record_key"),
            raised.alias("raised_date"),
            pl.when(fate > 0).then(pl.lit(AS_OF)).alias("resolved_date"),
            pl.when(fate == 1)
            .then(pl.lit("upheld"))
            .when(fate == 2)
            .then(pl.lit("refused"))
            .alias("outcome"),
        )
