"""Whether an ID token is what it says: signed by the provider, for us, now, and for this very sign-in."""

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.utils.crypto import constant_time_compare

# Public-key signatures alone: "none" signs nothing, and with HS256 whoever knows our secret could sign.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
# Clocks of two offices differ.
_LEEWAY_SECONDS = 60
_LONGEST_SUBJECT = 191
# Values of "amr" (RFC 8176) by what kind of proof they are; two kinds make two factors.
_PROOFS = (
    {"pwd", "pin", "kba"},
    {"otp", "hwk", "swk", "sc", "sms", "tel"},
    {"fpt", "face", "iris", "retina", "vbm"},
)


class TokenRefused(OAuth2Error):
    """An ID token is not in order; the text is for the operator's log."""


def verify_id_token(token: str, *, keys: list[dict], issuer: str, client_id: str, nonce: str) -> dict:
    """Return what the token says of a person; raise TokenRefused if anything about it is not in order."""
    try:
        claims = jwt.decode(
            token,
            key=_key_for(token, keys),
            algorithms=_ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=_LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise TokenRefused(f"the ID token is not in order: {error}") from error
    _check_party(claims, client_id)
    if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise TokenRefused("the ID token is for another sign-in (nonce)")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
        raise TokenRefused("the ID token names nobody")
    return claims


def states_second_factor(claims: dict) -> bool:
    """Say whether the provider has asked for two kinds of proof, or says so in one word (RFC 8176)."""
    amr = claims.get("amr")
    if not isinstance(amr, list):
        return False
    stated = {value for value in amr if isinstance(value, str)}
    return "mfa" in stated or sum(bool(stated & kind) for kind in _PROOFS) >= 2


def verified_mail(claims: dict) -> str:
    """Return the mail address for which the provider vouches, or ""."""
    mail = claims.get("email")
    # Only the word true: "false" in quotation marks is a text, and no empty one.
    return mail if isinstance(mail, str) and claims.get("email_verified") is True else ""


def _check_party(claims, client_id):
    azp = claims.get("azp")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (azp is not None or several) and azp != client_id:
        raise TokenRefused("the ID token was made for another program (azp)")


def _key_for(token, keys):
    header = jwt.get_unverified_header(token)
    algorithm = header.get("alg")
    if algorithm not in _ALGORITHMS:
        raise TokenRefused(f"the ID token is signed by {algorithm!r}")
    fitting = [key for key in keys if key.get("use", "sig") == "sig" and key.get("kid") == header.get("kid")]
    if len(fitting) != 1:
        raise UnknownKey(f"the ID token is signed with an unknown key {header.get('kid')!r}")
    return jwt.PyJWK(fitting[0], algorithm=algorithm)


class UnknownKey(TokenRefused):
    """The provider may have changed its keys since they were read."""
