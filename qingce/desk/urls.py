"""The first page, and the page of all affairs."""

from django.urls import path

from qingce.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("affairs/", views.affairs, name="affairs"),
]
