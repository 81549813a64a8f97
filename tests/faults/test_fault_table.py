"""The table of faults has no gap, and the page in the docs is what the tests say."""

from tests.faults.fault_table import FAULTS, PAGE, ROOT, named_by_fault, named_in_file, page, situations


def test_every_fault_has_a_situation_in_both_languages():
    assert [one.id for one in situations()] == FAULTS
    assert all(one.da and one.en and one.happens_da and one.happens_en for one in situations())


def test_no_fault_is_without_a_test_that_names_it():
    assert [fault for fault, tests in named_by_fault().items() if not tests] == []


def test_every_test_named_as_showing_a_fault_is_there():
    named = [test for one in situations() for test in one.also]
    assert [
        test for test in named if test.split("::")[1] not in named_in_file(ROOT / test.split("::")[0])
    ] == []


def test_the_page_in_the_docs_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page()
