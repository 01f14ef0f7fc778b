"""Addresses of units."""

from django.urls import path

from qingce.league.organisations import views

urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/drawing/", views.drawing, name="units-drawing"),
    path("units/terms/", views.terms, name="units-terms"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("units/<str:code>/below/", views.below, name="units-below"),
    path("units/<str:code>/members/", views.members, name="members"),
    path("units/<str:code>/members.xlsx", views.members_file, name="members-file"),
]
