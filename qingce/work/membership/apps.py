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
        navigation.add("admissions", _("Admissions"), order=35, permission="record.see")
        for sheet in (AllotmentSheet, *SHEETS, AdmissionSheet, RecommendationSheet):
            exchange.register(sheet())
