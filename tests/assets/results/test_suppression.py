"""Rows as masks over few atoms, in sight."""

from assets.results.exchange import Cells
from assets.results.suppression import Atoms, choose_rows


def atoms_of(statuses: str, leaders: str | None = None) -> Atoms:
    """One network an atom. Statuses and leaders are letters, an atom each: f fulfilled, p partly, n not."""
    names = {"f": "fulfilled", "p": "partly", "n": "not_fulfilled"}
    leaders = leaders or "abcdefghijklmnopqrstuvwxyz"[: len(statuses)]
    return Atoms(
        networks=tuple(1 << position for position in range(len(statuses))),
        leaders=tuple(mask_of(leaders, letter) for letter in sorted(set(leaders) - {" "})),
        statuses={names[letter]: mask_of(statuses, letter) for letter in sorted(set(statuses))},
    )


def mask_of(letters: str, wanted: str) -> int:
    return sum(1 << position for position, letter in enumerate(letters) if letter in wanted)


def test_four_networks_are_too_few():  # F50
    assert choose_rows(atoms_of("fpnf"), [0b1111]) == []


def test_five_networks_of_three_leaders_are_enough():
    assert choose_rows(atoms_of("fpnff", "aabbc"), [0b11111]) == [0]


def test_five_networks_of_two_leaders_are_too_few():  # F50
    assert choose_rows(atoms_of("fpnff", "aabbb"), [0b11111]) == []


def test_a_network_without_a_leader_brings_no_leader():
    assert choose_rows(atoms_of("fpnff", "aabb "), [0b11111]) == []


def test_five_networks_that_all_fell_short_are_not_shown():
    assert choose_rows(atoms_of("nnnnn"), [0b11111]) == []


def test_five_networks_that_all_fulfilled_are_shown():
    assert choose_rows(atoms_of("fffff"), [0b11111]) == [0]


def test_a_part_is_hidden_when_the_whole_less_the_part_is_too_small():
    whole, part = mask_of("aaaaabb", "ab"), mask_of("aaaaabb", "a")
    assert choose_rows(atoms_of("fpnfpnf"), [whole, part]) == [0]


def test_a_part_is_shown_when_what_is_left_could_be_shown_too():
    whole, part = mask_of("aaaaabbbbb", "ab"), mask_of("aaaaabbbbb", "a")
    assert choose_rows(atoms_of("fpnfpnfpnf"), [whole, part]) == [0, 1]


def test_a_part_is_hidden_when_all_that_is_left_fell_short():
    whole, part = mask_of("aaaaabbbbb", "ab"), mask_of("aaaaabbbbb", "a")
    assert choose_rows(atoms_of("fpnfpnnnnn"), [whole, part]) == [0]


def test_two_parts_that_together_leave_a_small_rest_are_not_both_shown():
    parts = "aaaaabbbbbcc"
    rows = [mask_of(parts, "abc"), mask_of(parts, "a"), mask_of(parts, "b")]
    assert choose_rows(atoms_of("fpnfpnfpnfpn"), rows) == [0, 1]


def test_a_small_group_between_three_overlapping_rows_stays_hidden():
    # x + y + z and y + z + w are shown; x + w would give 2y + 2z, whose two networks are y and z
    places = "xxxxxyzwwwww"
    rows = [mask_of(places, "xyz"), mask_of(places, "yzw"), mask_of(places, "xw")]
    assert choose_rows(atoms_of("fpnfpnfpnfpn"), rows) == [0, 1]


def test_what_an_earlier_publication_showed_cannot_be_subtracted():
    before, now = mask_of("aaaaaax ", "ax"), mask_of("aaaaaa y", "ay")
    assert choose_rows(atoms_of("fpnfpnfp"), [now], known=[before]) == []


def test_a_row_shown_before_and_unchanged_is_shown_again():
    row = 0b111111
    assert choose_rows(atoms_of("fpnfpn"), [row], known=[row]) == [0]


def test_a_network_in_two_rows_that_have_only_its_status_in_common_hides_the_second():
    places = "aaaaaxbbbbb"
    rows = [mask_of(places, "ax"), mask_of(places, "xb")]
    assert choose_rows(atoms_of("pppppfnnnnn"), rows) == [0]


def test_a_network_in_two_rows_is_safe_when_it_could_have_another_status():
    places = "aaaaaxbbbbb"
    rows = [mask_of(places, "ax"), mask_of(places, "xb")]
    assert choose_rows(atoms_of("ppppnfffffp"), rows) == [0, 1]


def cells_of(atoms: Atoms, *rows: int, must: bool = False) -> Cells | None:
    cells: Cells | None = Cells(atoms.statuses, lambda mask: mask.bit_count() >= 5)
    for row in rows:
        cells = cells.cut(row, must) if cells else None
    return cells


def test_cells_are_the_atoms_that_are_in_the_same_rows():
    cells = cells_of(atoms_of("fpnf"), 0b0111, 0b1110, must=True)
    assert {cell.mask: cell.rows for cell in cells.cells} == {0b0001: 0b01, 0b0110: 0b11, 0b1000: 0b10}


def test_a_small_cell_is_open_when_another_network_can_have_its_status_instead():
    assert cells_of(atoms_of("fpnfpnf"), 0b0111111, 0b1111110) is not None


def test_a_small_cell_is_fixed_when_the_rows_over_it_have_one_status_in_common():
    assert cells_of(atoms_of("pppppfnnnnn"), 0b00000111111, 0b11111100000) is None


def test_the_exchange_that_proves_a_cell_open_keeps_the_total_of_every_row():
    rows = [0b00000111111, 0b11111100000]
    cells = cells_of(atoms_of("ppppnfffffp"), *rows)
    exchange = next(cell.exchange for cell in cells.cells if cell.mask == 0b00000100000)
    assert all(exchange.keeps(row) for row in rows)
    assert exchange.forth & 0b00000100000


def test_what_earlier_publications_fixed_does_not_hide_other_rows():
    atoms = atoms_of("pppppfnnnnn" + "fpnfp")
    known = [0b00000111111, 0b11111100000]
    assert choose_rows(atoms, [0b11111 << 11], known) == [0]
