"""A restated figure says how much of the change each cause explains."""

import pytest

from assets.reports.section_restated import parts_text, restatement_section
from assets.reports.words import Words


def test_the_parts_of_a_change_are_named_in_the_order_of_the_causes(publication, read):
    publication.add(
        "audit.restatement",
        publication_sequence=1,
        table_name="indicator_result",
        network_id="N-1",
        period="2024Q4",
        indicator_id="V2",
        dimension="",
        measure="value",
        old="3",
        new="4",
        late_part=2.0,
        dispute_part=-1.0,
    )
    section = restatement_section(read(publication), Words("da"))
    assert section.blocks[0].rows[0][-1] == "sene registreringer +2; indsigelser -1"


def test_a_change_without_parts_has_a_dash(words):
    causes = ("code", "definition", "target", "late", "corrected", "withdrawn", "dispute")
    assert parts_text(words, {f"{cause}_part": None for cause in causes}) == "—"


def test_a_share_of_the_organisation_is_restated_by_its_counts_and_a_summary_without_parts(publication, read):
    row = {"publication_sequence": 1, "network_id": "", "period": "2024Q4"}
    share = row | {
        "table_name": "organisation_result",
        "indicator_id": "cells_filled",
        "dimension": "touchpoints",
    }
    for measure, old, new in (("numerator", "2.0", "1.0"), ("value", "0.66", "0.33")):
        publication.add("audit.restatement", **share, measure=measure, old=old, new=new, late_part=-1.0)
    summary = row | {"table_name": "responsibility_summary", "indicator_id": "R8", "dimension": "/quarter"}
    publication.add("audit.restatement", **summary, measure="fulfilled", old="5.0", new="6.0", late_part=1.0)
    judged = row | {"table_name": "responsibility_result", "indicator_id": "R8", "dimension": ""}
    publication.add("audit.restatement", **judged, measure="status", old="partly", new="fulfilled")
    rows = restatement_section(read(publication), Words("da")).blocks[0].rows
    assert [row[2:] for row in rows] == [
        ("Udfyldte celler (samspil): tæller", "2", "1", "sene registreringer -1"),
        ("R8, kvartalet: Opfyldt", "5", "6", "sene registreringer"),
    ]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "da",
            [
                ("V5 Ekstern andel", "84 %", "83 %", "rettelser -1 procentpoint"),
                ("Bevilget (eksternt)", "170.000 kr.", "150.000 kr.", "rettelser -20.000 kr."),
                ("Idéernes vej (forår 2024, optaget i basis)", "2", "3", "rettelser +1"),
            ],
        ),
        (
            "en",
            [
                ("V5 External share", "84%", "83%", "corrections -1 percentage point"),
                ("Granted (external)", "DKK 170,000", "DKK 150,000", "corrections -DKK 20,000"),
                ("The way of the ideas (spring 2024, taken into base)", "2", "3", "corrections +1"),
            ],
        ),
    ],
)
def test_a_change_is_named_in_the_pages_language_and_told_in_the_figures_unit(publication, read, lang, told):
    publication.add(
        "main.indicator", indicator_id="V5", name_da="Ekstern andel", name_en="External share", unit="share"
    )
    row = {"publication_sequence": 1, "period": "2024Q4", "measure": "value"}
    own = row | {"table_name": "organisation_result", "network_id": ""}
    publication.add(
        "audit.restatement",
        **row,
        table_name="indicator_result",
        network_id="N-1",
        indicator_id="V5",
        dimension="",
        old="0.84",
        new="0.83",
        corrected_part=-0.0104,
    )
    for measure, dimension, old, new in (
        ("kroner_granted", "external", 170000, 150000),
        ("funnel", "2024H1/in_base", 2, 3),
    ):
        given = {"indicator_id": measure, "dimension": dimension, "old": str(old), "new": str(new)}
        publication.add("audit.restatement", **own, **given, corrected_part=float(new - old))
    rows = restatement_section(read(publication), Words(lang)).blocks[0].rows
    shown = sorted(tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in row[2:]) for row in rows)
    assert shown == sorted(told)
