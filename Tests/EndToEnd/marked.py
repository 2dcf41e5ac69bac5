"""Marked secrets, and the search for them in whatever was written: as they are, and in the forms
that programs write them in."""

import base64
import json
import urllib.parse


class Secrets(dict):
    """Secrets by their names."""

    def mark(self, name, form="marked {} ñandú"):
        """A new secret that no other text holds."""
        self[name] = form.format(name)
        return self[name]

    def keep(self, name, value):
        """One that the hub has made, or a provider."""
        assert len(value) > 15, (name, value)
        self[f"{name} {len(self)}"] = value
        return value

    def without(self, *beginnings):
        """Those whose names begin otherwise."""
        return Secrets({k: v for k, v in self.items() if not k.startswith(beginnings)})

    def holding(self, text):
        """The names of those that a text holds. Bytes are searched as they are."""
        if isinstance(text, str):
            text = text.encode()
        return [name for name, secret in self.items() if any(it in text for it in forms(secret))]


def forms(secret):
    """What a secret looks like in JSON, a URL, hexadecimal and base64."""
    data = secret.encode()
    texts = {
        secret, json.dumps(secret)[1:-1], urllib.parse.quote(secret, safe=""),
        urllib.parse.quote_plus(secret), data.hex(), base64.b64encode(data).decode().rstrip("="),
        base64.urlsafe_b64encode(data).decode().rstrip("="),
    }
    return [text.encode() for text in texts]
