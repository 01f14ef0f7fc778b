"""Addresses of reports."""

from __future__ import annotations

from django.urls import path, re_path

from qingce.reports import views
from qingce.reports.claims import views as reading
from qingce.reports.issued import agreement_views, certifying, figures
from qingce.reports.issued import views as issued
from qingce.reports.renderers import MEDIA_TYPES

ENDINGS = "|".join(ending.lstrip(".") for ending in MEDIA_TYPES)

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/fonts/", views.fonts, name="report-fonts"),
    path("reports/issued/", issued.issued_reports, name="issued-reports"),
    path("reports/snapshots/<int:pk>/", issued.snapshot, name="report-snapshot"),
    path("reports/snapshots/<int:pk>/drift/", issued.drift, name="report-drift"),
    path("reports/snapshots/<int:pk>/erratum/", issued.new_erratum, name="report-new-erratum"),
    path("reports/snapshots/<int:pk>/package/", issued.package, name="report-package"),
    path("reports/snapshots/<int:pk>/replacement/", issued.replacement, name="report-replacement"),
    path("reports/claims/", reading.claims, name="claims"),
    re_path(
        rf"^reports/snapshots/(?P<pk>\d+)/file\.(?P<ending>{ENDINGS})$",
        issued.snapshot_file,
        name="report-snapshot-file",
    ),
    path("reports/snapshots/<int:pk>/figures/<int:place>/", figures.figure, name="report-figure"),
    path(
        "reports/snapshots/<int:pk>/figures/<int:place>/rows/", figures.figure_rows, name="report-figure-rows"
    ),
    path(
        "reports/snapshots/<int:pk>/figures/<int:place>/drift/",
        figures.figure_drift,
        name="report-figure-drift",
    ),
    path(
        "reports/snapshots/<int:pk>/figures/<int:place>/certificate/",
        figures.figure_certificate,
        name="report-figure-certificate",
    ),
    path(
        "reports/snapshots/<int:pk>/figures/<int:place>/certificate.pdf",
        figures.figure_certificate_file,
        name="report-figure-certificate-file",
    ),
    re_path(
        r"^reports/snapshots/(?P<pk>\d+)/annex\.(?P<ending>xlsx|csv)$", figures.annex, name="report-annex"
    ),
    path("reports/agreement/", agreement_views.agreement, name="report-agreement"),
    path("reports/agreement/<slug:code>/", agreement_views.agreement_figure, name="report-agreement-figure"),
    path(
        "reports/certificates/of/<slug:code>/<str:unit>/<str:period>/",
        certifying.certification,
        name="figure-certification",
    ),
    path("reports/uses/<slug:code>/<str:unit>/<str:period>/", certifying.figure_uses, name="figure-uses"),
    path("reports/certificates/", figures.certificate_check, name="certificate-check"),
    path("reports/errata/<int:pk>/", issued.erratum, name="report-erratum"),
    re_path(
        rf"^reports/errata/(?P<pk>\d+)/file\.(?P<ending>{ENDINGS})$",
        issued.erratum_file,
        name="report-erratum-file",
    ),
    path("reports/<slug:document>/", views.report, name="report"),
    path("reports/<slug:document>/checks/", views.checks, name="report-checks"),
    path("reports/<slug:document>/issue/", views.issue, name="report-issue"),
    re_path(rf"^reports/(?P<document>[\w-]+)/file\.(?P<ending>{ENDINGS})$", views.file, name="report-file"),
]
