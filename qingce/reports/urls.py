"""Addresses of reports."""

from __future__ import annotations

from django.urls import path, re_path

from qingce.reports import views

ENDINGS = "docx|pdf|md|html"

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/fonts/", views.fonts, name="report-fonts"),
    path("reports/snapshots/<int:pk>/", views.snapshot, name="report-snapshot"),
    re_path(
        rf"^reports/snapshots/(?P<pk>\d+)/file\.(?P<ending>{ENDINGS})$",
        views.snapshot_file,
        name="report-snapshot-file",
    ),
    path("reports/<slug:document>/", views.report, name="report"),
    path("reports/<slug:document>/checks/", views.checks, name="report-checks"),
    path("reports/<slug:document>/issue/", views.issue, name="report-issue"),
    re_path(rf"^reports/(?P<document>[\w-]+)/file\.(?P<ending>{ENDINGS})$", views.file, name="report-file"),
]
