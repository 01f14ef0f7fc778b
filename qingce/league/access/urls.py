from django.urls import path

from qingce.league.access import views

urlpatterns = [
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revocation/", views.revocation, name="token-revocation"),
]
