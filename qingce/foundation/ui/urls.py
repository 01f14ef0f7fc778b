"""Addresses that belong to no work: the page of components."""

from django.urls import path

from qingce.foundation.ui import views

urlpatterns = [path("patterns/", views.patterns, name="patterns")]
