"""A small identity provider with real keys on 127.0.0.1: discovery, code flow with PKCE, signed ID tokens.

It keeps to OpenID Connect Core 1.0; a test tells it where not to.
"""

import base64
import hashlib
import json
import secrets
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

CLIENT = {"client_id": "cong-khai", "client_secret": "bi-mat-cua-cong"}


class IdentityProvider:
    """Who it knows, what it says of them, and which rules it breaks."""

    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        # Who is signed in there at the moment.
        self.claims = {"sub": "ma-so-1"}
        # What it does otherwise than it should: {"nonce": "other"} in a token, and whole answers by path.
        self.in_token = {}
        self.answers = {}
        self.algorithm, self.signing_key = "RS256", None
        self.is_cancelling = False
        self.authorizations = {}
        self.asked = []
        self.new_key()

    def new_key(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = secrets.token_hex(4)

    @property
    def description(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    @property
    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": self.key_id, "use": "sig", "alg": "RS256"}]}

    def authorize(self, query):
        """Return where the browser is sent back, as if its owner had agreed."""
        back = {"state": query["state"]}
        if self.is_cancelling:
            back["error"] = "access_denied"
        else:
            assert query["response_type"] == "code"
            assert query["client_id"] == CLIENT["client_id"]
            assert query["code_challenge_method"] == "S256"
            back["code"] = secrets.token_urlsafe(8)
            self.authorizations[back["code"]] = query
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def token(self, form, authorization):
        """Exchange a code, once, for who has begun this sign-in."""
        begun = self.authorizations.pop(form.get("code"), None)
        wanted = base64.b64encode(f"{CLIENT['client_id']}:{CLIENT['client_secret']}".encode()).decode()
        if begun is None or authorization != f"Basic {wanted}" or form["redirect_uri"] != begun["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != begun["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        answer = {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "expires_in": 300}
        return 200, answer | {"id_token": self.id_token(begun["nonce"])}

    def id_token(self, nonce):
        now = int(timezone.now().timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT["client_id"], "iat": now, "exp": now + 300, "nonce": nonce}
        claims |= self.claims | self.in_token
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.key if self.signing_key is None else self.signing_key
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": self.key_id})


@contextmanager
def running():
    """Run a provider as long as it is needed."""
    provider = IdentityProvider()
    thread = threading.Thread(target=provider.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.server.shutdown()
        provider.server.server_close()
        thread.join()


def _handler(provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if parts.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
                return
            known = {"/.well-known/openid-configuration": provider.description, "/keys": provider.keys}
            self.say(*provider.answers.get(parts.path, (200, known.get(parts.path, {}))))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            provider.asked.append(self.path)
            answer = provider.token(form, self.headers.get("Authorization"))
            self.say(*provider.answers.get(self.path, answer))

        def say(self, status, content):
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Tests need no list of requests."""

    return Handler
