from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach


class PeopleConfig(AppConfig):
    name = "qingce.league.people"

    def ready(self) -> None:
        from qingce.foundation import catalogue
        from qingce.foundation.ui import navigation
        from qingce.league.people import retention, reveals
        from qingce.league.people.models import Guardian, Person
        from qingce.league.people.purposes import purposes

        catalogue.add(purposes, retention.rules)
        for model in (Person, Guardian):
            reveals.add(reveals.Revealable(model, _finder(model), about=_name, reference=_reference))
        navigation.add("own-data", _("My data"), order=70, in_menu=True)
        navigation.add(
            "privacy-register", _("Personal data"), order=75, permission="privacy.keep", in_menu=True
        )


def _finder(model: Any) -> Any:
    """A row about a person, and the unit at which the reader may ask for it."""
    from qingce.league.people.traces import known_to

    def find(reach: "Reach", pk: int) -> tuple[Any, int] | None:
        row = model.objects.filter(pk=pk).first()
        known = known_to(reach, _whose(row), "sealed.reveal") if row else None
        return (row, known.unit_id) if known else None

    return find


def _whose(row: Any) -> Any:
    return getattr(row, "person", row)


def _name(row: Any) -> str:
    return str(row)


def _reference(row: Any) -> str:
    return str(_whose(row).reference)
