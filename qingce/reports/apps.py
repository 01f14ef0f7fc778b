from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "qingce.reports"

    def ready(self) -> None:
        from qingce.foundation.ui import navigation

        navigation.add("reports", _("Reports"), order=60, permission="report.see")
