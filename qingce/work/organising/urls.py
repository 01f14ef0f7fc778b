"""Addresses of the papers on units."""

from django.urls import path

from qingce.work.organising import views
from qingce.work.organising.acts import ACTS

urlpatterns = [
    *(path(f"units/<str:code>/{act.noun}/", views.door(act), name=act.route) for act in ACTS),
    path("units/<str:code>/papers/", views.papers, name="unit-papers"),
    path("records/<str:number>/approval/", views.approval, name="unit-change-approval"),
    path("records/<str:number>/decision/", views.decision, name="unit-change-decision"),
]
