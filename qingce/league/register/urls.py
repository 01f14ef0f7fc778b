from django.urls import path

from qingce.league.register import views

urlpatterns = [
    path("register/exports/", views.reconciliations, name="reconciliations"),
    path("register/exports/new/", views.new_reconciliation, name="reconciliation-new"),
    path("register/exports/<int:pk>/", views.reconciliation, name="reconciliation"),
    path("register/exports/<int:pk>/acceptance/", views.acceptance, name="reconciliation-acceptance"),
    path("register/differences/<int:pk>/acceptance/", views.decision, name="difference-acceptance"),
    path("register/differences/<int:pk>/keeping/", views.keeping, name="difference-keeping"),
]
