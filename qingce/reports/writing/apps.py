from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class WritingConfig(AppConfig):
    name = "qingce.reports.writing"

    def ready(self) -> None:
        from qingce.foundation import catalogue
        from qingce.foundation.ui import navigation
        from qingce.reports.writing.rules import rules
        from qingce.reports.writing.sentences import sentences

        catalogue.add(rules, sentences)
        navigation.add(
            "documents",
            _("Drafting"),
            order=61,
            permission="document.write",
            count=_waiting,
            shelf=_("Documents"),
            beneath="reports",
        )


def _waiting(request: HttpRequest) -> int:
    """How many drafts wait for this reader's decision."""
    from qingce.reports.writing.route import waiting_for

    return waiting_for(request.reach).count()  # type: ignore[attr-defined]
