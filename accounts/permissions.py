"""Who signs in by which door, and who needs more than a password for it."""

from collections.abc import Callable

# Rooms above know roles; each adds its rule when it starts.
_RULES: list[Callable[..., bool]] = []


def require_second_factor_of(rule: Callable[..., bool]) -> None:
    """Let a room above say for whose rights a password alone is too little: `rule(user)`."""
    if rule not in _RULES:
        _RULES.append(rule)


def must_use_second_factor(user) -> bool:
    """Say whether this person's rights reach too far for a password alone."""
    return user.is_active and any(rule(user) for rule in _RULES)


def may_sign_in(user) -> bool:
    """Say whether an account opens the door of staff: not a citizen's, and not switched off."""
    return user.is_active and not user.is_citizen
