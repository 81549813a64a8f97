"""Which groups of networks may be spoken of row by row, so that what is left out does not follow either."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from assets.results.suppression import FEWEST_LEADERS, FEWEST_NETWORKS


@dataclass(frozen=True)
class Group:
    """Networks of one kind in one organisation, and the reference leaders they have had."""

    networks: frozenset[str]
    leaders: frozenset[str]

    @property
    def large(self) -> bool:
        """Enough networks and leaders stand behind it."""
        return len(self.networks) >= FEWEST_NETWORKS and len(self.leaders) >= FEWEST_LEADERS

    def __or__(self, other: "Group") -> "Group":
        return Group(self.networks | other.networks, self.leaders | other.leaders)


NOBODY = Group(frozenset(), frozenset())


def shown_groups(groups: Mapping[Hashable, Group]) -> set[Hashable]:
    """The groups of one organisation that may be shown beside its totals.

    A total less the groups shown speaks of the hidden ones together; so while these are few, the smallest
    group shown is hidden too.
    """
    shown = {key for key, group in groups.items() if group.large}
    while shown and len(shown) < len(groups):
        hidden = NOBODY
        for key in groups.keys() - shown:
            hidden |= groups[key]
        if not hidden.networks or hidden.large:
            break
        shown.remove(min(shown, key=lambda key: (len(groups[key].networks), str(key))))
    return shown
