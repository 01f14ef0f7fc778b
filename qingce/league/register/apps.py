from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "qingce.league.register"

    def ready(self) -> None:
        from qingce.foundation.ui import navigation

        members = _("Members")
        navigation.add("people", _("Find a person"), order=28, permission="person.see", shelf=members)
        navigation.add(
            "reconciliations", _("Compare exports"), order=42, permission="register.reconcile", shelf=members
        )
        navigation.add("duplicates", _("Duplicates"), order=44, permission="person.merge", shelf=members)
