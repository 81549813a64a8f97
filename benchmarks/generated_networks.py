"""Made-up networks, their people, roles and phases: what every other made-up record belongs to."""

from datetime import date

import numpy as np
import polars as pl

AS_OF = date(2026, 9, 30)
NETWORKS = 24
PEOPLE = 240
LEADERS, MANAGERS, MEMBERS = range(0, 30), range(30, 130), range(130, PEOPLE)
LAST = (AS_OF - date(1970, 1, 1)).days
FIRST = (date(2016, 10, 1) - date(1970, 1, 1)).days
UNITS = [
    f"{kind} {place}"
    for kind in ("Børnehus", "Ældrecenter", "Skole")
    for place in ("Åen", "Øst", "Sø", "Nær")
]
AREAS = ["Børn og unge", "Ældre", "Teknik og miljø", "Kultur", "Økonomi", "Beskæftigelse"]
Frame = pl.DataFrame


class Networks:
    """Networks in a number of parts.

    Args:
        parts: How many parts, numbered from 1; each key carries its part's number.
        seed: The same seed gives the same records.
    """

    def __init__(self, parts: int, seed: int) -> None:
        self._seed = seed
        part = np.repeat(np.arange(1, parts + 1), NETWORKS)
        place = np.tile(np.arange(NETWORKS), parts)
        draw = self._draw("networks")
        start = draw.integers(FIRST, LAST - 60, part.size)
        end = start + draw.integers(400, 1500, part.size)
        ended = (end <= LAST) & (draw.random(part.size) < 0.5)
        self._networks = pl.DataFrame(
            {
                "part": part,
                "place": place,
                "network_id": numbered("N", part, place, 2),
                "network_type": np.array(["innovation", "learning", "welfare"])[place % 3],
                "start": start,
                "end": np.where(ended, end, -1),
            }
        ).with_columns(pl.when(pl.col("end") >= 0).then("end").alias("end"))

    def _draw(self, kind: str) -> np.random.Generator:
        return np.random.default_rng([self._seed, *kind.encode()])

    def _each(self, count: int, columns: tuple[str, ...] = ("part", "place", "network_id", "start")) -> Frame:
        """Every network ``count`` times, with a running number ``at``."""
        rows = self._networks.select(columns)
        repeated = rows.select(pl.all().repeat_by(count).explode())
        return repeated.with_columns(pl.Series("at", np.tile(np.arange(count), rows.height)))

    def _people(self) -> Frame:
        parts = self._networks.get_column("part").unique().sort().to_numpy()
        draw = self._draw("people")
        part, place = np.repeat(parts, PEOPLE), np.tile(np.arange(PEOPLE), parts.size)
        level = np.select([place < 2, place < 10, place < 30, place < 90, place < 130], [1, 2, 3, 4, 5], 0)
        moved = np.where(draw.random(part.size) < 0.25, draw.integers(FIRST, LAST, part.size), -1)
        person = pl.DataFrame(
            {
                "part": part,
                "person_id": numbered("P", part, place, 3),
                "superior_id": numbered("P", part, np.maximum(place - 1, 0) // 6, 3),
                "level": level,
                "unit": np.array(UNITS)[draw.integers(0, len(UNITS), part.size)],
                "moved_unit": np.array(UNITS)[draw.integers(0, len(UNITS), part.size)],
                "area": np.array(AREAS)[place % len(AREAS)],
                "moved": moved,
            }
        ).with_columns(
            pl.when(pl.col("level") > 0).then("level").alias("level"),
            pl.when(pl.col("superior_id") != pl.col("person_id")).then("superior_id").alias("superior_id"),
            pl.concat_str(pl.lit("Opdigtet "), pl.col("person_id")).alias("name"),
        )
        stays = person.with_columns(
            pl.lit(date(2010, 1, 1)).alias("valid_from"),
            pl.when(pl.col("moved") > 0).then(day(pl.col("moved") - 1)).alias("valid_to"),
        )
        moves = person.filter(pl.col("moved") > 0).with_columns(
            day("moved").alias("valid_from"),
            pl.lit(None, pl.Date).alias("valid_to"),
            pl.col("moved_unit").alias("unit"),
        )
        return pl.concat([stays, moves]).drop("moved", "moved_unit").sort("part", "person_id", "valid_from")

    def _network_rows(self) -> Frame:
        return self._networks.select(
            "part",
            "network_id",
            "network_type",
            pl.concat_str(pl.lit("Netværk "), pl.col("network_id")).alias("title"),
            day("start").alias("start_date"),
            day(pl.col("start") + 1095).alias("planned_end"),
            day("end").alias("end_date"),
        )

    def _roles(self) -> Frame:
        draw = self._draw("roles")
        networks = self._networks.with_columns(
            pl.Series(
                "change", self._networks["start"].to_numpy() + draw.integers(100, 1200, self._networks.height)
            ),
            pl.Series("changes", draw.random(self._networks.height) < 0.4),
        ).with_columns((pl.col("changes") & (pl.col("change") <= LAST)).alias("changes"))
        first = networks.select(
            "part",
            "network_id",
            person("part", pl.col("place") % len(LEADERS)),
            pl.lit("reference_leader").alias("role"),
            day("start").alias("valid_from"),
            pl.when("changes").then(day(pl.col("change") - 1)).alias("valid_to"),
        )
        second = networks.filter("changes").select(
            "part",
            "network_id",
            person("part", (pl.col("place") + 5) % len(LEADERS)),
            pl.lit("reference_leader").alias("role"),
            day("change").alias("valid_from"),
            pl.lit(None, pl.Date).alias("valid_to"),
        )
        members = self._each(20).select(
            "part",
            "network_id",
            person("part", MEMBERS.start + (pl.col("place") * 20 + pl.col("at")) % len(MEMBERS)),
            pl.when(pl.col("at") == 0)
            .then(pl.lit("network_leader"))
            .otherwise(pl.lit("participant"))
            .alias("role"),
            day("start").alias("valid_from"),
            pl.lit(None, pl.Date).alias("valid_to"),
        )
        return pl.concat([first, second, members])

    def _phases(self) -> Frame:
        draw = self._draw("phases")
        rows = self._each(10)
        planned = rows["start"].to_numpy() + 60 * rows["at"].to_numpy()
        actual = planned + draw.integers(-20, 80, rows.height)
        actual = np.where((actual <= LAST) & (draw.random(rows.height) < 0.8), actual, -1)
        return rows.select(
            "part",
            "network_id",
            pl.col("at").alias("phase"),
            day(pl.Series(planned)).alias("planned_date"),
            day(pl.Series(actual)).alias("actual_date"),
        )


def day(days: str | pl.Expr | pl.Series) -> pl.Expr:
    """A count of days since 1970 as a date; a negative one as no date."""
    told = pl.lit(days) if isinstance(days, pl.Series) else pl.col(days) if isinstance(days, str) else days
    return pl.when(told >= 0).then(told.cast(pl.Int32).cast(pl.Date))


def numbered_column(letter: str, part: str, place: pl.Expr, name: str, digits: int = 3) -> pl.Expr:
    """Keys like ``L-0001-017``: a letter, the part and a place in it."""
    return pl.concat_str(
        pl.lit(f"{letter}-"),
        pl.col(part).cast(pl.String).str.zfill(4),
        pl.lit("-"),
        place.cast(pl.String).str.zfill(digits),
    ).alias(name)


def numbered(
    letter: str, part: np.ndarray | pl.Series, place: np.ndarray | pl.Series, digits: int
) -> pl.Series:
    """The same for whole columns."""
    frame = pl.DataFrame({"part": part, "place": place})
    return frame.select(numbered_column(letter, "part", pl.col("place"), "key", digits)).to_series()


def person(part: str, place: pl.Expr, name: str = "person_id") -> pl.Expr:
    """The key of a part's person."""
    return numbered_column("P", part, place, name)


def manager(place: pl.Expr, name: str) -> pl.Expr:
    """One of a network's twenty central managers."""
    return person("part", MANAGERS.start + (pl.col("place") * 7 + place * 3) % len(MANAGERS), name)
