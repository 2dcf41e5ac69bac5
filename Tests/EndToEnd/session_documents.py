"""The documents of the mutations that open, prolong and end sessions."""

SIGN_IN = """
mutation ($input: SignInInput!) {
  signIn(input: $input) {
    session { accessToken refreshToken deviceToken expiresAt }
    challenge { token methods }
    companies { id name }
    userErrors { code message field }
  }
}
"""
REFRESH = """
mutation ($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    session { accessToken refreshToken expiresAt }
    userErrors { code message field }
  }
}
"""
SWITCH = """
mutation ($input: SwitchCompanyInput!) {
  switchCompany(input: $input) {
    session { accessToken refreshToken expiresAt }
    userErrors { code message field }
  }
}
"""
SIGN_OUT = "mutation { signOut(input: {}) { userErrors { code } } }"
WHO = "{ company { id } profile { id } security { sessions { id isCurrent } } }"


def sign_in(hub, email, password="demo-ejemplar", *, headers=None, **members):
    """The answer of a sign-in."""
    given = {"email": email, "password": password} | members
    return hub.ask(SIGN_IN, {"input": given}, **(headers or {}))


def refresh(hub, token=None, **headers):
    """The answer of a refresh with a token in the body, or by the cookie among the headers."""
    given = {} if token is None else {"refreshToken": token}
    return hub.ask(REFRESH, {"input": given}, **headers)


def company_of(hub, token):
    """The id of the company that an access token reaches."""
    return hub.ask(WHO, token=token).data["company"]["id"]
