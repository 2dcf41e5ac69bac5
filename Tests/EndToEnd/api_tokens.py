"""The API tokens of companies, as their administrators make them and partners' programs show them."""

import json
import re

TOKEN = re.compile(r"map_[0-9A-Za-z]{36}")
SCOPES = [
    "company:read", "company:write", "company.identification:read", "solutions:read",
    "integrations:read", "integrations:write", "events:read", "events.changes:read",
    "webhooks:read", "webhooks:write", "people:read",
]
LIST = """
apiTokens { id name scopes createdBy createdAt rotatedAt overlapUntil expiresAt revokedAt lastUsedAt
  status }
"""
CREATE = f"""
mutation Create($input: CreateApiTokenInput!) {{
  createApiToken(input: $input) {{ token id {LIST} userErrors {{ code field }} }}
}}
"""
ROTATE = f"""
mutation Rotate($input: RotateApiTokenInput!) {{
  rotateApiToken(input: $input) {{ token id {LIST} userErrors {{ code field }} }}
}}
"""
REVOKE = f"""
mutation Revoke($input: RevokeApiTokenInput!) {{
  revokeApiToken(input: $input) {{ {LIST} userErrors {{ code field }} }}
}}
"""


def create(hub, person, *scopes, name="Socio", **members):
    """What came of asking for a token."""
    given = {"name": name, "scopes": list(scopes)} | members
    return hub.ask(CREATE, {"input": given}, token=person.token).data["createApiToken"]


def api_token(hub, person, *scopes, **members):
    """A new token, and its id."""
    made = create(hub, person, *(scopes or SCOPES), **members)
    assert made["userErrors"] == [], made
    assert TOKEN.fullmatch(made["token"])
    return made["token"], made["id"]


def rotate(hub, person, identifier, **members):
    given = {"id": identifier} | members
    return hub.ask(ROTATE, {"input": given}, token=person.token).data["rotateApiToken"]


def revoke(hub, person, identifier):
    answer = hub.ask(REVOKE, {"input": {"id": identifier}}, token=person.token)
    return answer.data["revokeApiToken"]


def tokens(hub, person):
    """The company's tokens by their ids."""
    found = hub.ask(f"{{ {LIST} }}", token=person.token).data["apiTokens"]
    return {token["id"]: token for token in found}


def required(answer):
    """The scopes that an answer's errors name, by the paths of their fields."""
    errors = answer.json.get("errors", [])
    assert {error["extensions"]["code"] for error in errors} <= {"SCOPE_REQUIRED"}, errors
    return {".".join(map(str, error["path"])): error["extensions"]["scope"] for error in errors}


def quota(answer):
    """What an answer says of its token's limit: per window, its seconds, left, seconds left."""
    policy = re.fullmatch(r'"token";q=(\d+);w=(\d+)', answer.headers["RateLimit-Policy"])
    left = re.fullmatch(r'"token";r=(\d+);t=(\d+)', answer.headers["RateLimit"])
    return tuple(map(int, policy.groups() + left.groups()))


def body(answer):
    return json.loads(answer.body)
