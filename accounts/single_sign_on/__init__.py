"""Signing in with an account of the province or of VNeID (OpenID Connect Core 1.0).

The way there and back is django-allauth's. It trusts the token that it has fetched itself, sends no nonce, and lets a
visitor add to what is asked; here every token is checked, and a visitor chooses nothing but the provider.
"""
