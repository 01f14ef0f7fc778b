"""The first page."""

from django.urls import path

from qingce.desk import views

urlpatterns = [path("", views.home, name="home")]
