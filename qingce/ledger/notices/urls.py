"""Addresses of public notices."""

from django.urls import path

from qingce.ledger.notices import views

urlpatterns = [
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/objection/", views.objection, name="notice-objection"),
    path("notices/<int:pk>/settlement/", views.settlement, name="notice-settlement"),
    path("notices/<int:pk>/taking-down/", views.taking_down, name="notice-taking-down"),
]
