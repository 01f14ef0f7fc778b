"""Rules with numbers: each dated, with its legal basis, and with what higher bodies ordered beneath them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qingce.league.rules.rulings import (
        Ruling,
        Rulings,
        demand,
        ruling,
        rulings_held_still,
        rulings_on,
    )

__all__ = ["Ruling", "Rulings", "demand", "ruling", "rulings_held_still", "rulings_on"]


def __getattr__(name: str) -> Any:
    """Fetched when first asked for: this package is an app, which Django imports before any table."""
    if name not in __all__:
        raise AttributeError(name)
    from qingce.league.rules import rulings

    return getattr(rulings, name)
