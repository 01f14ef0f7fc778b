from django.urls import path

from qingce.league.rules import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:rule>/", views.rule, name="rule"),
    path("rules/<slug:rule>/orders/new/", views.order, name="rule-order"),
    path("rules/orders/<int:pk>/ending/", views.ending, name="rule-order-ending"),
]
