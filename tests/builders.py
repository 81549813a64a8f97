"""Small valid rows, so that a test says only what it is about."""

from datetime import date
from itertools import count

import polars as pl

from assets.accepted.tables import table_columns
from assets.contract import KIND_BY_NAME

ORGANISATION = "aalby"
AS_OF = date(2025, 3, 31)
ELSEWHERE = "N-0"

UNIT = {
    "organisation_id": ORGANISATION,
    "network_id": "N-1",
    "period": "2025Q1",
    "basis": "counted",
    "phase": "active",
    "network_type": "innovation",
    "start_date": date(2024, 1, 1),
    "period_start": date(2025, 1, 1),
    "period_end": date(2025, 3, 31),
    "provisional": False,
    "counted_to": date(2025, 3, 31),
    "reference_leader_id": "ANNA",
    "role_since": date(2024, 1, 1),
    "responsible_since": date(2024, 1, 1),
    "tenure_days": 455,
    "young": False,
    "learning_exempt": False,
    "last_month_number": 2025 * 12 + 2,
    "last_half_year_number": 2024 * 2 + 1,
}
DEFAULTS = {
    "people": {"person_id": "ANNA", "name": "Eksempel", "unit": "Børn", "valid_from": date(2020, 1, 1)},
    "networks": {
        "network_id": "N-1",
        "title": "Fællesskaber",
        "network_type": "innovation",
        "start_date": date(2024, 1, 1),
    },
    "roles": {
        "network_id": "N-1",
        "person_id": "ANNA",
        "role": "reference_leader",
        "valid_from": date(2024, 1, 1),
    },
    "phases": {"network_id": "N-1", "planned_date": date(2025, 1, 1)},
    "solutions": {"network_id": "N-1", "title": "Løsning", "idea_date": date(2024, 2, 1)},
    "applications": {
        "network_id": "N-1",
        "funder": "Puljen",
        "source": "external",
        "purpose": "test",
        "amount_applied": 1000,
        "submitted_date": date(2024, 6, 1),
        "status": "submitted",
    },
    "adoption_events": {"solution_id": "L-1", "unit": "Børn", "event": "adopted", "date": date(2024, 9, 1)},
    "central_managers": {"network_id": "N-1", "manager_id": "MIA", "identified_date": date(2024, 2, 1)},
    "ownership": {
        "network_id": "N-1",
        "manager_id": "MIA",
        "date": date(2025, 2, 1),
        "relevance": 3,
        "ownership": 3,
        "commitment": "none",
    },
    "touchpoints": {"network_id": "N-1", "date": date(2025, 2, 1), "kind": "sparring", "by_id": "ANNA"},
    "value_records": {
        "network_id": "N-1",
        "date": date(2025, 2, 1),
        "value_type": "quality",
        "measure": "Ventetid",
    },
    "pulse": {
        "network_id": "N-1",
        "date": date(2024, 11, 1),
        "respondent_role": "participant",
        "responsibility": "R1",
        "score": 4,
    },
    "disputes": {"record_kind": "touchpoints", "raised_date": date(2025, 3, 1)},
}
NUMBERED = {
    "phases": "phase",
    "solutions": "solution_id",
    "applications": "application_id",
    "adoption_events": "event_id",
    "touchpoints": "touchpoint_id",
    "value_records": "value_id",
    "disputes": "dispute_id",
}
PREFIXES = {
    "solutions": "L",
    "applications": "A",
    "adoption_events": "H",
    "touchpoints": "S",
    "value_records": "V",
    "disputes": "I",
}
POLARS_TYPES = {
    "VARCHAR": pl.String,
    "DATE": pl.Date,
    "DECIMAL(18,2)": pl.Decimal(18, 2),
    "INTEGER": pl.Int32,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
}


class Rows:
    """Rows of any accepted kind, and of ``core.units``; keys number themselves."""

    def __init__(self):
        self._numbers = {kind: count(101) for kind in KIND_BY_NAME}

    def __getattr__(self, name):
        if name not in DEFAULTS:
            raise AttributeError(name)
        return lambda *each, **same: self._kind(name, [{**same, **row} for row in each or ({},)])

    def units(self, *each, **same) -> pl.DataFrame:
        """Rows of ``core.units``: N-1 in 2025Q1, led by ANNA."""
        return pl.DataFrame([{**UNIT, **same, **row} for row in each or ({},)], infer_schema_length=None)

    def _kind(self, name, each) -> pl.DataFrame:
        columns = table_columns(KIND_BY_NAME[name])
        frame = pl.DataFrame(
            [self._row(name, given) for given in each],
            schema={column: POLARS_TYPES[kind] for column, kind in columns.items()},
            strict=False,
        )
        assert not {key for row in each for key in row} - columns.keys(), f"{name} has no such column"
        return frame

    def _row(self, name, given) -> dict:
        kind = KIND_BY_NAME[name]
        row = {"organisation_id": ORGANISATION, **DEFAULTS[name], **given}
        numbered = NUMBERED.get(name)
        if numbered and numbered not in row:
            number = next(self._numbers[name])
            row[numbered] = f"{PREFIXES[name]}-{number}" if name in PREFIXES else number
        for column in kind.columns:
            if column.compared and row.get(column.name) is not None:
                row.setdefault(f"{column.name}_key", row[column.name].upper())
        if kind.key and not any(column.name == "record_key" for column in kind.columns):
            row.setdefault("record_key", "/".join(str(row[key]) for key in kind.key))
        return {"delivery_sequence": 1, "sheet": kind.sheet, "row_number": 2, **row}


class Scene:
    """The accepted records of a made-up organisation: one network under the eye, and one far away.

    The far one has a record of every kind, so that every kind is kept; ``without`` leaves kinds out.
    """

    network_id = "N-1"

    def __init__(self):
        self.rows = Rows()
        self.as_of = AS_OF
        self._frames = {kind: [] for kind in DEFAULTS}
        self._targets = []
        self.add("networks")
        self.add("roles")
        self.add("people")

    def add(self, kind, /, *each, **same):
        """Add records of a kind; returns the scene."""
        self._frames[kind].append(getattr(self.rows, kind)(*each, **same))
        return self

    def replace(self, kind, /, *each, **same):
        """Let these be the network's only records of a kind; none where nothing is given."""
        self._frames[kind] = []
        return self.add(kind, *each, **same) if each or same else self

    def target(self, indicator_id, target=None, partly_target=None, **more):
        """An own target, window or minimum of the offices, from 2000 on unless said otherwise."""
        said = {
            "indicator_id": indicator_id,
            "organisation_id": None,
            "network_type": None,
            "valid_from": date(2000, 1, 1),
            "target": None if target is None else float(target),
            "partly_target": partly_target,
            "window_months": None,
            "minimum_count": None,
            "reason": "Aftalt",
            "owner": "Chefforum",
        }
        self._targets.append({**said, **more})
        return self

    def without(self, *kinds):
        """Keep no record at all of these kinds, here or elsewhere."""
        self._left_out = kinds
        return self

    def nowhere_else(self, *kinds):
        """Let the far network have no record of these kinds: what is kept is kept here."""
        self._only_here = kinds
        return self

    _left_out: tuple[str, ...] = ()
    _only_here: tuple[str, ...] = ()

    def accepted(self) -> dict[str, pl.DataFrame]:
        """Every kind's records."""
        far = self._far_away()
        return {
            kind: pl.concat([*([] if kind in self._only_here else [far[kind]]), *frames])
            for kind, frames in self._frames.items()
            if kind not in self._left_out
        }

    def organisations(self) -> list[str]:
        """The organisations with a network."""
        return self.accepted()["networks"].get_column("organisation_id").unique().sort().to_list()

    def own_targets(self) -> pl.DataFrame | None:
        """Rows of ``settings.targets``; none where the offices set none."""
        schema = {
            "indicator_id": pl.String,
            "organisation_id": pl.String,
            "network_type": pl.String,
            "valid_from": pl.Date,
            "target": pl.Float64,
            "partly_target": pl.Float64,
            "window_months": pl.Int32,
            "minimum_count": pl.Int32,
            "reason": pl.String,
            "owner": pl.String,
        }
        return pl.DataFrame(self._targets, schema=schema) if self._targets else None

    @staticmethod
    def _far_away() -> dict[str, pl.DataFrame]:
        far = Rows()
        elsewhere = {"network_id": ELSEWHERE}
        keys = {"phases": {"phase": 0}, "people": {"person_id": "OLE"}, "disputes": {"dispute_id": "I-0"}}
        keys |= {"solutions": {"solution_id": "L-0"}, "applications": {"application_id": "A-0"}}
        keys |= {
            "touchpoints": {"touchpoint_id": "S-0", "by_id": "OLE"},
            "value_records": {"value_id": "V-0"},
        }
        keys |= {"adoption_events": {"event_id": "H-0", "solution_id": "L-0"}, "roles": {"person_id": "OLE"}}
        frames = {}
        for kind in DEFAULTS:
            here = {} if kind in ("people", "adoption_events", "disputes") else elsewhere
            frames[kind] = getattr(far, kind)(**here, **keys.get(kind, {}))
        refused = pl.lit("refused").alias("outcome"), pl.lit("S-0").alias("record_key")
        frames["disputes"] = frames["disputes"].with_columns(*refused)
        return frames
