"""Coming in by the door for staff, as people do: password, and the second factor that is set up on the way."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from accounts.services.second_factor import step_at
from conftest import PASSWORD


def type_name_and_password(page, user) -> None:
    page.locator("input[name=username]").fill(user.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def shown_by_the_app(secret: str, later: int = 0) -> str:
    """Return what an app on a phone shows for a secret, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), step_at(timezone.now()) + later))


def set_device_up(page) -> str:
    """Type the code for the secret on the page, and return the secret; the page then shows recovery codes."""
    secret = page.locator(".steps__secret code").inner_text()
    page.locator("input[name=code]").fill(shown_by_the_app(secret))
    page.get_by_role("button", name="Thiết lập").click()
    page.locator(".codes").wait_for()
    return secret


def come_in(page, user) -> None:
    """Sign in on a page that asks for it; who needs a second factor sets it up."""
    type_name_and_password(page, user)
    if page.locator(".steps__secret").count():
        set_device_up(page)
        page.get_by_role("link", name="Tôi đã lưu mã, tiếp tục").click()
    page.wait_for_url("**/admin/**")
