from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "qingce.reports"

    def ready(self) -> None:
        from qingce.foundation import catalogue
        from qingce.foundation.ui import navigation, panels
        from qingce.foundation.upkeep import checks
        from qingce.reports.claims.vocabulary import vocabulary
        from qingce.reports.examination import fonts_look, frozen_look, package_look
        from qingce.reports.outline import outlines

        catalogue.add(outlines, vocabulary)
        checks.add("reports", _("Issued reports"), frozen_look)
        checks.add("fonts", _("Fonts of official papers"), fonts_look)
        checks.add_for_parcels(package_look)
        panels.add("figure", route="figure-uses", title=_("In issued documents"), permission="report.see")
        navigation.add("reports", _("Reports"), order=60, permission="report.see")
        shelf = _("Documents")
        for route, label, order in (
            ("issued-reports", _("Issued reports"), 62),
            ("report-agreement", _("Do the figures agree?"), 64),
            ("claims", _("Check a text"), 66),
        ):
            navigation.add(route, label, order=order, permission="report.see", shelf=shelf, beneath="reports")
