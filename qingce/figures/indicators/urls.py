"""Addresses of figures. A figure's address is its question."""

from __future__ import annotations

from django.urls import path, re_path

from qingce.figures.indicators import stating, views

urlpatterns = [
    path("figures/", views.board, name="figures"),
    path("figures/choose/unit/", views.unit_choices, name="figure-units"),
    path("figures/<slug:code>/", views.figure, name="figure"),
    path("figures/<slug:code>/rows/", views.rows, name="figure-rows"),
    path("figures/<slug:code>/statement/", stating.statement, name="figure-statement"),
    path("statements/<int:pk>/voiding/", stating.voiding, name="statement-voiding"),
    path("figures/<slug:code>/by-unit/", views.by_unit, name="figure-by-unit"),
    re_path(r"^figures/(?P<code>[\w-]+)/rows\.(?P<ending>xlsx|csv)$", views.export, name="figure-export"),
    path("records/<str:number>/figures/", views.of_record, name="record-figures"),
]
