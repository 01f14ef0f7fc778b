from django.urls import path

from qingce.league.access import account_views, invitation_views, post_views, views

urlpatterns = [
    path("account/", account_views.account, name="account"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revocation/", views.revocation, name="token-revocation"),
    path("roles/", account_views.roles_matrix, name="roles"),
    path("units/<str:code>/posts/", post_views.posts, name="unit-posts"),
    path("units/<str:code>/posts/new/", post_views.appointment, name="post-new"),
    path("posts/<int:pk>/ending/", post_views.ending, name="post-ending"),
    path("posts/<int:pk>/stand-ins/new/", post_views.standing_in, name="stand-in-new"),
    path("posts/<int:pk>/one-time-password/", post_views.one_time_password, name="one-time-password"),
    path("stand-ins/<int:pk>/ending/", post_views.stand_in_end, name="stand-in-ending"),
    path("invitations/", invitation_views.invitations, name="invitations"),
    path("invitations/new/", invitation_views.invitation_new, name="invitation-new"),
    path("invitations/slips/", invitation_views.invitation_slips, name="invitation-slips"),
    path("invitations/<int:pk>/slip/", invitation_views.invitation_slip, name="invitation-slip"),
    path(
        "invitations/<int:pk>/withdrawal/",
        invitation_views.invitation_withdrawal,
        name="invitation-withdrawal",
    ),
    path("invitation/", invitation_views.invitation, name="invitation"),
]
