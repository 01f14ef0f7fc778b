"""Addresses of the ledger and of records. An address names a thing."""

from django.urls import path, re_path

from qingce.ledger.records import views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    re_path(r"^ledger/records\.(?P<ending>xlsx|csv)$", views.export, name="ledger-export"),
    path("units/<str:code>/rhythm/", views.rhythm, name="unit-rhythm"),
    path("records/<str:number>/", views.record, name="record"),
    path("records/<str:number>/amendment/", views.amendment, name="record-amendment"),
    path("records/<str:number>/submission/", views.submission, name="record-submission"),
    path("records/<str:number>/confirmation/", views.confirmation, name="record-confirmation"),
    path("records/<str:number>/return/", views.sending_back, name="record-return"),
    path("records/<str:number>/voiding/", views.voiding, name="record-voiding"),
    path("records/<str:number>/correction/", views.correction, name="record-correction"),
    path("records/<str:number>/evidence/", views.evidence, name="record-evidence"),
    path("records/<str:number>/papers/", views.papers, name="record-papers"),
]
