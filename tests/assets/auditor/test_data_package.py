"""The publication in other formats: what frictionless, DuckDB and a spreadsheet make of it.

Frictionless and jsonschema take seconds to load, and every process that runs tests reads every module: they
are loaded by the tests that need them.
"""

import csv
import io
import json
import os
from pathlib import Path

import duckdb
import fastexcel
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
    import frictionless

    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package = frictionless.Package.from_descriptor(descriptor, basepath=str(folder))
    assert list(package.metadata_validate(descriptor)) == []
    assert len(package.resources) == len(PUBLISHED_TABLES)
    assert package.get_resource("main.applications").schema.primary_key == ["organisation_id", "record_key"]


def test_every_parquet_file_is_valid_by_its_own_schema_as_frictionless_reads_it(folder):
    import frictionless

    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])
    assert len(report.tasks) == len(PUBLISHED_TABLES)


@pytest.mark.parametrize(
    ("change", "error"),
    [({"name": "amount_applied", "type": "boolean"}, "type-error"), ({"key": ["network_id"]}, "primary-key")],
)
def test_rows_that_are_not_as_the_schema_says_are_found(folder, change, error):
    import frictionless

    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    [resource] = [one for one in descriptor["resources"] if one["name"] == "main.applications"]
    resource["schema"]["primaryKey"] = change.get("key", [])
    for field in resource["schema"]["fields"]:
        if field["name"] == change.get("name"):
            field["type"] = change["type"]
    report = frictionless.Resource.from_descriptor(resource, basepath=str(folder)).validate()
    assert {found for (found,) in report.flatten(["type"])} == {error}


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
    assert grants[0]["grantProgramme"] == [{"code": "external-test", "title": "Testfase, ekstern"}]
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


# Every rule the standard's schema 1.1 has for the fields we fill, in our own words.
DAY = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$"}
ORGANISATION = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
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
        "id": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "amountAppliedFor": {"type": "number"},
        "amountAwarded": {"type": "number"},
        "awardDate": DAY,
        "recipientOrganization": ORGANISATION,
        "fundingOrganization": ORGANISATION,
        "grantProgramme": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"code": {"type": "string"}, "title": {"type": ["string", "null"]}},
            },
        },
    },
}
PACKAGE = {
    "type": "object",
    "required": ["grants"],
    "properties": {
        "version": {"type": "string", "pattern": r"^(\d+\.)(\d+)$"},
        "identifier": {"type": "string"},
        "title": {"type": "string"},
        "issued": DAY,
        "grants": {"type": "array", "minItems": 1, "uniqueItems": True, "items": GRANT},
    },
}


def faults(schema, package):
    import jsonschema

    validator = jsonschema.validators.validator_for(schema, jsonschema.Draft7Validator)
    checker = jsonschema.FormatChecker()
    return [error.message for error in validator(schema, format_checker=checker).iter_errors(package)]


def test_every_grant_has_what_the_standard_requires_and_no_field_it_does_not_know(folder):
    package = json.loads((folder / "360giving.json").read_text(encoding="utf-8"))
    assert faults(PACKAGE, package) == []
    assert set(package) == set(PACKAGE["properties"])
    for grant in package["grants"]:
        assert set(grant) == set(GRANT["properties"])
        assert grant["id"].startswith("NV-") and len(grant["title"]) <= 140
    assert faults(PACKAGE, {**package, "grants": []})
    assert faults(PACKAGE, {**package, "grants": [package["grants"][0] | {"awardDate": "1/4-2026"}]})
    assert faults(PACKAGE, {**package, "grants": [package["grants"][0]] * 2})


@pytest.mark.threesixty
def test_the_grants_are_valid_by_the_standards_own_schema_files(folder):
    place = Path(os.environ["NETVAERDI_360GIVING"])
    schema = json.loads((place / "360-giving-package-schema.json").read_text(encoding="utf-8"))
    grant = json.loads((place / "360-giving-schema.json").read_text(encoding="utf-8"))
    # The package names the grant's schema by an address on the net; its definitions are read from the root.
    schema["properties"]["grants"]["items"] = {key: grant[key] for key in grant if key != "definitions"}
    schema["definitions"] = grant["definitions"]
    package = json.loads((folder / "360giving.json").read_text(encoding="utf-8"))
    assert faults(schema, package) == []
    assert faults(schema, {**package, "grants": [{"id": "NV-1"}]})


@pytest.mark.realdata
def test_a_real_list_in_the_standards_form_has_our_headings_and_fits_the_same_rules(folder):
    path = Path(os.environ["NETVAERDI_REALDATA"]) / "360giving_abct_grants.xlsx"
    real = fastexcel.read_excel(path).load_sheet(0).to_polars().head(50)
    written = (folder / "360giving.csv").read_text(encoding="utf-8")
    ours = set(csv.DictReader(io.StringIO(written)).fieldnames)
    assert ours - set(real.columns) == {"Amount Applied For"}  # that trust does not say it
    grants = [
        {
            "id": row["Identifier"],
            "title": row["Title"],
            "description": row["Description"],
            "currency": row["Currency"],
            "amountAwarded": row["Amount Awarded"],
            "awardDate": row["Award Date"].date().isoformat(),
            **{
                field: [{"id": row[f"{name}:Identifier"], "name": row[f"{name}:Name"]}]
                for field, name in (
                    ("recipientOrganization", "Recipient Org"),
                    ("fundingOrganization", "Funding Org"),
                )
            },
            "grantProgramme": [{"code": row["Grant Programme:Code"], "title": row["Grant Programme:Title"]}],
        }
        for row in real.iter_rows(named=True)
    ]
    assert faults(PACKAGE, {"version": "1.1", "grants": grants}) == []


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
