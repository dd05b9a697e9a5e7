"""Acts on accounts: counting attempts, second factors, sessions, identities for single sign-on."""
