from django.urls import path

from qingce.league.people import exports, own_views, register_views, views

urlpatterns = [
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/consents/new/", views.consent, name="consent-new"),
    path("consents/<int:pk>/withdrawal/", views.withdrawal, name="consent-withdrawal"),
    path("units/<str:code>/members-sealed.xlsx", exports.members_sealed, name="members-sealed"),
    path("sealed/<str:table>/<int:pk>/<str:field>/", views.sealed_fact, name="sealed-fact"),
    path("account/data/", own_views.own, name="own-data"),
    path("account/data/correction/", own_views.own_correction, name="own-correction"),
    path("account/data/request/", own_views.own_request, name="own-request"),
    path("account/data/copy/", own_views.own_copy, name="own-copy"),
    path("privacy/", register_views.register, name="privacy-register"),
    path("privacy/register.xlsx", register_views.register_file, name="privacy-register-file"),
    path("privacy/consents.xlsx", register_views.consents_file, name="privacy-consents-file"),
    path("privacy/requests/", register_views.requests, name="privacy-requests"),
    path("privacy/requests/<int:pk>/answer/", register_views.answer, name="privacy-answer"),
    path("privacy/retention/", register_views.retention, name="privacy-retention"),
]
