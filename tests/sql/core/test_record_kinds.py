"""The kinds of records as the models list them."""

from assets.contract import KINDS


def test_the_kinds_are_the_contract_s_and_all_but_people_and_disputes_belong_to_a_network(run_model):
    listed = {
        row["kind"]: row["of_networks"] for row in run_model("core/record_kinds", {}).iter_rows(named=True)
    }
    assert listed == {kind.name: int(kind.name not in {"people", "disputes"}) for kind in KINDS}
