"""Addresses of the papers on units."""

from django.urls import path

from qingce.work.organising import congress_views, views
from qingce.work.organising.acts import ACTS

urlpatterns = [
    *(path(f"units/<str:code>/{act.noun}/", views.door(act), name=act.route) for act in ACTS),
    path("units/<str:code>/papers/", views.papers, name="unit-papers"),
    path("records/<str:number>/approval/", views.approval, name="unit-change-approval"),
    path("records/<str:number>/decision/", views.decision, name="unit-change-decision"),
    path("records/<str:number>/congress/", congress_views.congress, name="congress"),
    path("records/<str:number>/congress/seats/", congress_views.seats, name="congress-seats"),
    path("delegations/<int:pk>/", congress_views.delegation, name="delegation"),
    path("delegates/<int:pk>/", congress_views.delegate, name="delegate"),
    path("delegates/<int:pk>/ending/", congress_views.mandate_end, name="mandate-ending"),
]
