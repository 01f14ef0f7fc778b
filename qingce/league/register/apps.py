from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "qingce.league.register"

    def ready(self) -> None:
        from qingce.foundation.ui import navigation

        navigation.add("people", _("Find a person"), order=32, permission="person.see", in_menu=True)
        navigation.add(
            "reconciliations", _("Compare exports"), order=42, permission="register.reconcile", in_menu=True
        )
        navigation.add("duplicates", _("Duplicates"), order=44, permission="person.merge", in_menu=True)
