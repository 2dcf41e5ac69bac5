"""What the tests ask of the log of a company."""

EVENT = """
  cursor type subject at origin isErased hash
  actor { kind id name } changes { field before after }
"""
EVENTS = (
    "query($after: EventCursor, $types: [EventType!], $without: String, $first: Int) {"
    " events(after: $after, types: $types, excludeOrigin: $without, first: $first) {"
    " events {" + EVENT + "} cursor hasMore } }"
)
AUDIT_LOG = (
    "query($before: EventCursor, $types: [EventType!], $actor: ID, $subject: ID, $first: Int) {"
    " auditLog(before: $before, types: $types, actor: $actor, subject: $subject, first: $first) {"
    " events {" + EVENT + "} cursor hasMore } }"
)
UPDATE = """
  mutation($input: UpdateCompanyInput!) {
    updateCompany(input: $input) { company { revision } userErrors { code } }
  }
"""
UPDATE_PROFILE = """
  mutation($input: UpdateProfileInput!) {
    updateProfile(input: $input) { profile { revision } userErrors { code } }
  }
"""


def events(hub, person, **variables):
    """A page of the log, as the person sees it."""
    return hub.ask(EVENTS, variables, token=person.token).data["events"]


def audit_log(hub, person, **variables):
    return hub.ask(AUDIT_LOG, variables, token=person.token).data["auditLog"]


def update_company(hub, person, revision=1000, **fields):
    """Changes the company, whatever others have changed; the answer's user errors are none."""
    origin = fields.pop("origin", None)
    headers = {} if origin is None else {"X_Origin": origin}
    answer = hub.ask(
        UPDATE, {"input": {"revision": revision} | fields}, token=person.token, **headers
    )
    assert answer.data["updateCompany"]["userErrors"] == [], answer.json


def told(page):
    """The types of a page's events with what they happened to."""
    return [" ".join(filter(None, [e["type"], e["subject"]])) for e in page["events"]]
