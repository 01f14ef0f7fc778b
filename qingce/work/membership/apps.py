from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "qingce.work.membership"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.foundation.ui import navigation
        from qingce.ledger.records import families
        from qingce.work.membership.admission_sheet import AdmissionSheet
        from qingce.work.membership.models import MemberCase
        from qingce.work.membership.quota_sheet import AllotmentSheet
        from qingce.work.membership.recommending_sheet import RecommendationSheet
        from qingce.work.membership.sheets import SHEETS
        from qingce.work.membership.sources import register_sources

        families.register("membership", letter="M", model=MemberCase)
        register_sources()
        navigation.add("transfers", _("Transfers"), order=33, permission="person.see", in_menu=True)
        navigation.add("reviews", _("Yearly review"), order=34, permission="person.see", in_menu=True)
        navigation.add("leaving", _("Leaving at 28"), order=35, permission="person.see", in_menu=True)
        navigation.add("matters", _("Matters"), order=36, permission="person.see", in_menu=True)
        for sheet in (AllotmentSheet, *SHEETS, AdmissionSheet, RecommendationSheet):
            exchange.register(sheet())
