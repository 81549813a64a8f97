"""A restated figure says how much of the change each cause explains."""

from assets.reports.section_trust import parts_text, restatement_section
from assets.reports.words import Words


def test_the_parts_of_a_change_are_named_in_the_order_of_the_causes(publication, read):
    publication.add(
        "audit.restatement",
        publication_sequence=1,
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
