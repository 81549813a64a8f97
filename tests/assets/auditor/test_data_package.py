"""The publication in other formats: what frictionless, DuckDB and a spreadsheet make of it."""

import csv
import io
import json
from decimal import Decimal

import duckdb
import frictionless
import jsonschema
import pytest

from assets.auditor.data_package import ExportError, export_publication
from assets.auditor.safe_csv import read_text
from assets.publication.catalogue import PUBLISHED_TABLES
from tests.assets.auditor.small_publication import AMOUNTS


@pytest.fixture(scope="module")
def folder(published_file, tmp_path_factory):
    out = tmp_path_factory.mktemp("export") / "ud"
    export_publication(published_file, out)
    return out


def test_the_package_is_a_valid_data_package_of_every_table(folder):
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package = frictionless.Package.from_descriptor(descriptor, basepath=str(folder))
    assert list(package.metadata_validate(descriptor)) == []
    assert len(package.resources) == len(PUBLISHED_TABLES)
    assert package.get_resource("main.applications").schema.primary_key == ["organisation_id", "record_key"]


@pytest.mark.parametrize("name", ["main.applications", "main.indicator_result", "audit.source_row"])
def test_the_rows_are_valid_by_their_own_schema(folder, name):
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    [resource] = [one for one in descriptor["resources"] if one["name"] == name]
    rows = duckdb.sql(f"select * from '{folder / resource['path']}'")
    records = [dict(zip(rows.columns, map(plain, row), strict=True)) for row in rows.fetchall()]
    report = frictionless.Resource(data=records, schema=frictionless.Schema(resource["schema"])).validate()
    assert report.valid, report.flatten(["message"])


def plain(value):
    return float(value) if isinstance(value, Decimal) else value


def test_parquet_holds_the_rows_of_the_file(folder, file):
    for table in PUBLISHED_TABLES:
        path = folder / "data" / f"{table.full_name}.parquet"
        assert (
            duckdb.sql(f"select * from '{path}'").fetchall()
            == file.execute(f"select * from {table.full_name}").fetchall()
        )


def test_grants_name_no_person_and_hold_what_was_granted(folder):
    text = (folder / "360giving.json").read_text(encoding="utf-8")
    grants = json.loads(text)["grants"]
    assert {grant["id"]: grant["amountAwarded"] for grant in grants} == {
        f"NV-by-{key.lower()}": amount for key, amount in AMOUNTS.items()
    }
    assert grants[0]["title"] == "Fællesskaber: testfase"
    assert "P-1" not in text and "Asta" not in text


def test_a_formula_in_a_funders_name_is_text_in_the_csv_and_comes_back(folder):
    text = (folder / "360giving.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["Funding Org:Name"] == "'=HYPERLINK(1)"
    assert read_text(rows[0]["Funding Org:Name"]) == "=HYPERLINK(1)"
    assert rows[0]["Amount Awarded"] == "100000.00"


def test_a_folder_that_holds_something_is_left_alone(published_file, tmp_path):
    (tmp_path / "mit.txt").write_text("mit", encoding="utf-8")
    with pytest.raises(ExportError):
        export_publication(published_file, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mit.txt"]


# What the standard asks of a grant and of a package, said of the fields we fill.
ORGANISATION = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": {"type": "string", "pattern": "^NV-"},
            "name": {"type": "string", "minLength": 1},
        },
        "additionalProperties": False,
    },
}
GRANT = {
    "type": "object",
    "required": [
        "id",
        "title",
        "description",
        "currency",
        "amountAwarded",
        "awardDate",
        "recipientOrganization",
        "fundingOrganization",
    ],
    "properties": {
        "id": {"type": "string", "pattern": "^NV-"},
        "title": {"type": "string", "minLength": 1, "maxLength": 140},
        "description": {"type": "string", "minLength": 1},
        "currency": {"const": "DKK"},
        "amountAppliedFor": {"type": "number"},
        "amountAwarded": {"type": "number"},
        "awardDate": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "recipientOrganization": ORGANISATION,
        "fundingOrganization": ORGANISATION,
        "grantProgramme": {"type": "array", "items": {"required": ["code", "title"]}},
    },
    "additionalProperties": False,
}


def test_every_grant_has_what_the_standard_requires(folder):
    package = json.loads((folder / "360giving.json").read_text(encoding="utf-8"))
    schema = {
        "required": ["grants"],
        "properties": {
            "version": {"pattern": r"^\d+\.\d+$"},
            "issued": {"pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "grants": {"type": "array", "minItems": 1, "uniqueItems": True, "items": GRANT},
        },
    }
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(package)] == []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**package, "grants": []}, schema)


def test_the_csv_says_what_the_json_says(folder):
    grants = json.loads((folder / "360giving.json").read_text(encoding="utf-8"))["grants"]
    rows = list(csv.DictReader(io.StringIO((folder / "360giving.csv").read_text(encoding="utf-8"))))
    assert [
        (
            row["Identifier"],
            float(row["Amount Awarded"]),
            row["Award Date"],
            read_text(row["Funding Org:Name"]),
        )
        for row in rows
    ] == [
        (one["id"], one["amountAwarded"], one["awardDate"], one["fundingOrganization"][0]["name"])
        for one in grants
    ]
