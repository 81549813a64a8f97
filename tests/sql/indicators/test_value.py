"""V1 to V7, the value of the network; N-1, counted to 31 March 2025."""

from datetime import date

import pytest

GRANTED = {"status": "granted", "decided_date": date(2024, 9, 1)}


def own(row):
    return row["own_status"], row["own_reason"]


def test_areas_are_counted_once_however_written_for_those_in_a_role_that_day(measure, scene):
    scene.replace("people", {"person_id": "ANNA", "area": "Børn og Unge"})
    scene.add(
        "people",
        {"person_id": "BO", "area": "BØRN OG UNGE"},
        {"person_id": "CAM", "area": "Kultur", "valid_to": date(2025, 3, 30)},
        {"person_id": "CAM", "area": "Miljø", "valid_from": date(2025, 3, 31)},
        {"person_id": "DAN", "area": "Ældre"},
        {"person_id": "EVA", "area": None},
        {"person_id": "FIE", "area": "Vej"},
    )
    scene.add(
        "roles",
        {"person_id": "BO"},
        {"person_id": "CAM"},
        {"person_id": "DAN", "valid_to": date(2025, 3, 30)},
        {"person_id": "EVA"},
        role="participant",
    )
    assert measure(scene, "V1")["value"] == 2.0


def test_solutions_and_places_in_use_are_counted_unit_by_unit(measure, scene):
    scene.add("solutions", {"solution_id": "L-1"}, {"solution_id": "L-2"})
    scene.add(
        "adoption_events",
        {"unit": "Nord"},
        {"unit": "NORD", "event": "scaled"},
        {"unit": "Syd", "event": "scaled"},
        {"unit": "Nord", "solution_id": "L-2", "date": date(2025, 3, 31)},
        {"unit": "Vest", "solution_id": "L-2", "date": date(2025, 4, 1)},
    )
    assert (measure(scene, "V2")["value"], measure(scene, "V3")["value"]) == (2.0, 3.0)


def test_people_reached_take_the_latest_reach_told_of_each_place_in_use(measure, scene):
    scene.add("solutions", solution_id="L-1")
    scene.add(
        "adoption_events",
        {"unit": "Nord", "reach": 10, "date": date(2024, 9, 1)},
        {"unit": "Nord", "reach": 30, "date": date(2024, 10, 1), "event": "scaled"},
        {"unit": "Nord", "reach": 20, "date": date(2024, 10, 1), "event": "scaled"},  # the larger on one day
        {"unit": "Nord", "reach": None, "date": date(2024, 11, 1), "event": "scaled"},
        {"unit": "Syd", "reach": 5},
        {"unit": "Syd", "event": "discontinued", "date": date(2025, 1, 1)},
        {"unit": "Vest", "reach": None},
        {"unit": "Øst", "reach": 7},
        {"unit": "Øst", "reach": 99, "date": date(2025, 4, 1), "event": "scaled"},
        {"unit": "Øst", "reach": 99, "event": "test_started", "date": date(2025, 1, 1)},
    )
    row = measure(scene, "V4")
    assert (row["value"], row["n"]) == (37.0, 2)


def test_no_reach_told_is_no_data(measure, scene):
    scene.add("solutions", solution_id="L-1").add("adoption_events", reach=None)
    row = measure(scene, "V4")
    assert (row["value"], own(row)) == (None, (None, "no_data"))


def test_the_external_share_is_of_all_kroner_granted(measure, scene):
    scene.add(
        "applications",
        {**GRANTED, "amount_granted": 30_000},
        {**GRANTED, "amount_granted": 10_000, "source": "internal", "purpose": "operation"},
        {**GRANTED, "amount_granted": 60_000, "decided_date": date(2025, 4, 1)},
        {"status": "rejected", "decided_date": date(2024, 9, 1)},
    )
    row = measure(scene, "V5")
    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (30_000.0, 40_000.0, 0.75, None)
    assert measure(scene, "V7")["value"] == 40_000.0


def test_nothing_granted_has_no_external_share_and_is_zero_kroner(measure, scene):
    row = measure(scene, "V5")
    assert (row["value"], own(row)) == (None, (None, "no_data"))
    assert measure(scene, "V7")["value"] == 0.0


@pytest.mark.parametrize(("value_type", "count"), [("quality", 2.0), ("citizen", 1.0)])
def test_value_is_counted_by_type_with_a_row_for_each_that_occurs(measure, scene, value_type, count):
    told = {"baseline": 1.0, "measured": 1.0}
    scene.add("value_records", told, told, {**told, "value_type": "citizen"}, {"value_type": "democracy"})
    assert measure(scene, "V6", dimension=value_type)["value"] == count


def test_a_type_without_a_follow_up_has_no_row(compute, scene):
    scene.add("value_records", baseline=1.0, measured=1.0)
    found = compute(scene, "indicators.v6_value_by_type").filter(network_id="N-1", period="2025Q1")
    assert found.get_column("dimension").to_list() == ["quality"]


def test_value_not_kept_is_one_row_without_a_type(compute, scene):
    scene.without("value_records")
    found = compute(scene, "indicators.v6_value_by_type").filter(network_id="N-1", period="2025Q1")
    assert found.select("dimension", "value").rows() == [("", None)]
