"""A browser without a screen, for proofs that must see each answer alone."""

import http.client
import json
import re
import urllib.parse
from collections.abc import Mapping
from typing import Any

from buendnisnetz.web.proof.site import Site

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TICKED = re.compile(r'type="checkbox" name="([^"]+)" value="([^"]+)"[^>]* checked')
_CHOSEN = re.compile(
    r'<select[^>]* name="([^"]+)"[^>]*>.*?<option value="([^"]+)" selected', re.DOTALL
)


class Visitor:
    """A browser without a screen: cookies, forms, no repetition of what failed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    def request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        kind: str = "application/x-www-form-urlencoded",
        token: str = "",
        said: Mapping[str, str] | None = None,
    ) -> tuple[int, str, str]:
        """Status, Location and text; raises OSError or HTTPException when the server dies meanwhile."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        headers = {
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
            "Host": f"localhost:{self.site.port}",
            **(said or {}),
        }
        if method in {"POST", "PATCH"}:
            headers["Content-Type"] = kind
        if token:
            headers["X-CSRFToken"] = token
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            key, _equals, rest = cookie.partition("=")
            self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.headers.get("Location") or "", text

    def twin(self) -> "Visitor":
        """Another window of the same browser."""
        found = Visitor(self.site)
        found.cookies = dict(self.cookies)
        return found

    def token(self, path: str) -> str:
        found = _TOKEN.search(self.request("GET", path)[2])
        if found is None:
            raise http.client.HTTPException(path)
        return found.group(1)

    def post(self, path: str, values: dict[str, str], form_at: str = "") -> tuple[int, str, str]:
        token = self.token(form_at or path)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **values}).encode()
        return self.request("POST", path, body)

    def post_json(self, path: str, values: Any, form_at: str) -> tuple[int, str, str]:
        """What a page's script would send."""
        token = self.token(form_at)
        return self.request("POST", path, json.dumps(values).encode(), "application/json", token)

    def form_values(self, path: str) -> dict[str, str]:
        """The values of the boxes that are ticked and of the choices that are chosen on a page."""
        html = self.request("GET", path)[2]
        return {**dict(_CHOSEN.findall(html)), **dict(_TICKED.findall(html))}

    def sign_in(self) -> None:
        """Raises HTTPException where the server answers but signs nobody in: its database is away."""
        values = {"login": "koordination@demo.example", "password": "demo"}
        status = self.post("/konto/anmelden/", values)[0]
        if status != 302:
            raise http.client.HTTPException(f"/konto/anmelden/: {status}")

    def upload(self, path: str, name: str, content: bytes) -> tuple[int, str, str]:
        boundary = "grenze"
        fields = f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token(path)}\r\n'
        fields += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
        body = fields.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self.request("POST", path, body, f"multipart/form-data; boundary={boundary}")
