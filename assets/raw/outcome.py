"""What an intake did, path by path."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Outcome:
    """What became of one path of the inbox.

    Attributes:
        result: ``current``, ``unchanged``, ``duplicate``, ``quarantined``, ``held`` or ``withdrawn``.
        sequence: Of the delivery it is about; none where there is no delivery.
        rule: Why it does not count, where it does not.
    """

    organisation_id: str
    path: str
    result: str
    sequence: int | None = None
    rule: str | None = None


@dataclass
class Intake:
    """What an intake did.

    Attributes:
        outcomes: One a path, in order of path.
        growing: Paths left alone since they are still being written.
        ignored: Path → why it is no delivery (``passing``, ``other_format``).
        organisations: Whose files were found.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    growing: list[str] = field(default_factory=list)
    ignored: dict[str, str] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()

    def having(self, *results: str) -> list[Outcome]:
        """The outcomes with one of these results."""
        return [outcome for outcome in self.outcomes if outcome.result in results]

    @property
    def changed(self) -> bool:
        """Whether what stands is other than before."""
        return bool(self.having("current", "withdrawn"))
