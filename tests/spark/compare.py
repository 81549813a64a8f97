"""Whether two databases hold the same table: names, types, rows; doubles to 1e-9, all else exactly."""

from dataclasses import dataclass

import duckdb

SLACK = 1e-9


@dataclass(frozen=True)
class Pair:
    """Two attached databases, by the names they are attached under."""

    connection: duckdb.DuckDBPyConnection
    here: str
    there: str

    def columns(self, database: str, table: str) -> list[tuple[str, str]]:
        schema, name = table.split(".")
        return self.connection.execute(
            "select column_name, data_type from duckdb_columns() where database_name = ? "
            "and schema_name = ? and table_name = ? order by column_index",
            [database, schema, name],
        ).fetchall()

    def differences(self, table: str) -> list[str]:
        """What differs, a line each; empty where the table is the same in both."""
        columns = self.columns(self.here, table)
        others = self.columns(self.there, table)
        if not columns or columns != others:
            return [f"{table}: columns {columns} here, {others} there"]
        if self._print(self.here, table) == self._print(self.there, table):
            return []  # the same to the last bit, which spares the comparison row by row
        keys = [name for name, type_ in columns if type_ not in ("DOUBLE", "FLOAT")]
        numbers = [name for name, type_ in columns if type_ in ("DOUBLE", "FLOAT")]
        left, right = (f"{database}.{table}" for database in (self.here, self.there))
        said = []
        alone = self._alone(left, right, keys), self._alone(right, left, keys)
        for place, rows in zip(("here", "there"), alone, strict=True):
            if rows:
                said.append(
                    f"{table}: {len(rows)} rows only {place}, as {dict(zip(keys, rows[0], strict=True))}"
                )
        if said or not numbers:
            return said
        paired = _paired(left, right, keys, numbers)
        return [line for name in numbers for line in self._number(table, name, paired)]

    def _print(self, database: str, table: str) -> list[tuple]:
        """Of all rows and their number, in any order."""
        return self.connection.execute(
            f"select count(*), sum(hash(rows)) from {database}.{table} as rows"
        ).fetchall()

    def _alone(self, left: str, right: str, keys: list[str]) -> list[tuple]:
        named = ", ".join(f'"{key}"' for key in keys)
        return self.connection.execute(
            f"select {named} from {left} except all select {named} from {right}"
        ).fetchall()

    def _number(self, table: str, name: str, paired: str) -> list[str]:
        far = f'abs(a."{name}" - b."{name}") > {SLACK} * greatest(1.0, abs(a."{name}"))'
        rows = self.connection.execute(
            f'select a."{name}", b."{name}" from {paired} where {far} '
            f'or (a."{name}" is null) <> (b."{name}" is null) or isfinite(a."{name}") <> isfinite(b."{name}")'
        ).fetchall()
        return [f"{table}.{name}: {len(rows)} rows differ, as {rows[0][0]} and {rows[0][1]}"] if rows else []


def _paired(left: str, right: str, keys: list[str], numbers: list[str]) -> str:
    """Both tables, row beside row: those whose other columns are the same in order of their numbers."""
    of = ", ".join(f'"{key}"' for key in keys)
    by = ", ".join(f'"{number}" nulls first' for number in numbers)
    numbered = f"(select *, row_number() over (partition by {of} order by {by}) as place from {{}})"
    on = " and ".join(f'a."{key}" is not distinct from b."{key}"' for key in [*keys, "place"])
    return f"{numbered.format(left)} as a inner join {numbered.format(right)} as b on {on}"
