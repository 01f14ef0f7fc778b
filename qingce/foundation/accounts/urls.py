"""Signing in and out by django-allauth; nothing else of it is opened yet."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("accounts/login/", views.login, name="account_login"),
    path("accounts/logout/", views.logout, name="account_logout"),
]
