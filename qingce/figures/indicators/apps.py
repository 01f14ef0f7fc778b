from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "qingce.figures.indicators"

    def ready(self) -> None:
        from qingce.figures.indicators.definitions import indicators
        from qingce.foundation import catalogue
        from qingce.foundation.ui import navigation, panels

        catalogue.add(indicators)
        navigation.add("figures", _("Figures"), order=50, permission="figure.see")
        panels.add("record", route="record-figures", title=_("Counts in these figures"))
