"""The page of dependencies: each has its reason and its cost."""

from benchmarks.dependencies import PAGE, PARTS, WHY, direct


def test_every_dependency_at_run_time_and_by_an_extra_has_its_line_on_the_page():
    lines = {
        line.split("|")[1].strip(): line
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if "|" in line
    }
    for extra in PARTS:
        names = direct(extra)
        assert names
        for name in names:
            assert WHY[name][1] in lines[name], name


def test_the_extras_are_told_apart():
    assert "duckdb" in direct() and "pytest" not in direct()
    assert direct("spark") == ["pyspark-client"]
    assert {"pytest", "types-pyyaml"} <= set(direct("dev"))
