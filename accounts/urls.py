"""Signing in and the account of who is signed in. The names are allauth's where it looks them up."""

from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .views import passwords, second_factor, security, sign_in, single_sign_on

urlpatterns = [
    path("dang-nhap/", sign_in.SignInView.as_view(), name="account_login"),
    path("dang-nhap/ma/", sign_in.CodeView.as_view(), name="mfa_authenticate"),
    path("dang-xuat/", sign_in.SignOutView.as_view(), name="account_logout"),
    path("xac-nhan/", sign_in.AskPasswordView.as_view(), name="account_reauthenticate"),
    path("xac-nhan/ma/", sign_in.AskCodeView.as_view(), name="mfa_reauthenticate"),
    path("quen-mat-khau/", passwords.ForgottenPasswordView.as_view(), name="account_reset_password"),
    path("quen-mat-khau/da-gui/", passwords.ForgottenPasswordDoneView.as_view(), name="account_reset_password_done"),
    re_path(
        r"^dat-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        passwords.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("bao-mat/", security.SecurityView.as_view(), name="account_security"),
    path("bao-mat/doi-mat-khau/", passwords.ChangePasswordView.as_view(), name="account_change_password"),
    path("bao-mat/xac-thuc-hai-lop/", second_factor.EnrolView.as_view(), name="mfa_activate_totp"),
    path("bao-mat/xac-thuc-hai-lop/bo/", second_factor.RemoveSecondFactorView.as_view(), name="mfa_deactivate_totp"),
    path("bao-mat/ma-du-phong/", second_factor.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("bao-mat/ma-du-phong/tao-moi/", second_factor.RenewCodesView.as_view(), name="mfa_generate_recovery_codes"),
    path("bao-mat/phien/<int:pk>/ket-thuc/", security.EndSessionView.as_view(), name="account_end_session"),
    path("bao-mat/phien/ket-thuc/", security.EndOtherSessionsView.as_view(), name="account_end_other_sessions"),
    path("lien-thong/<slug:provider_id>/", single_sign_on.leave, name="openid_connect_login"),
    path("lien-thong/<slug:provider_id>/tro-lai/", single_sign_on.come_back, name="openid_connect_callback"),
]
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
