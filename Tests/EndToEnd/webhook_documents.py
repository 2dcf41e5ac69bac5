"""What tests of webhooks share: their mutations, and an address on this machine that is told."""

import json

from gateway import Gateway

LIST = """
webhooks { id url name eventTypes tellsChanges concurrency createdAt createdBy tokenName overlapUntil
  failingSince status disabledAt disabledFor }
"""
MUTATION = """
mutation ($input: {name}Input!) {{
  {field}(input: $input) {{ id secret {LIST} userErrors {{ code message field }} }}
}}
"""
TEST = """
mutation ($input: TestWebhookInput!) {
  testWebhook(input: $input) { deliveryId userErrors { code field } }
}
"""
REPLAY = """
mutation ($input: ReplayWebhookInput!) {
  replayWebhook(input: $input) { events userErrors { code field } }
}
"""
DELIVERIES = """
query ($id: ID, $state: WebhookDeliveryState, $before: DateTime, $first: Int) {
  webhookDeliveries(webhookId: $id, state: $state, before: $before, first: $first) {
    id messageId type state attempts createdAt attemptedAt nextAttemptAt responseStatus failure
    milliseconds
  }
}
"""
RENAME = """
mutation ($name: String) {
  updateCompany(input: {revision: 1000000, tradeName: $name}) { userErrors { code } }
}
"""


def change(hub, token, field, **given):
    """What came of one of the mutations."""
    name = field[0].upper() + field[1:]
    document = MUTATION.format(name=name, field=field, LIST=LIST)
    return hub.ask(document, {"input": given}, token=token).data[field]


def codes(made):
    return [(error["code"], error["field"]) for error in made["userErrors"]]


def deliveries(hub, token, webhook, **given):
    """What was sent to a webhook, the earliest first."""
    answer = hub.ask(DELIVERIES, {"id": webhook} | given, token=token)
    return answer.data["webhookDeliveries"][::-1]


def rename(hub, token, name):
    """Something that happens."""
    assert hub.ask(RENAME, {"name": name}, token=token).data["updateCompany"]["userErrors"] == []


class Endpoint(Gateway):
    """A program of a company's: what it is told, in the order in which it came."""

    def reset(self):
        super().reset()
        self.answer = (204, b"")

    @property
    def messages(self):
        """The messages: header fields in lower case, and the body."""
        return [
            ({name.lower(): value for name, value in fields.items()}, body)
            for _, _, fields, body in self.requests]

    @property
    def told(self):
        return [json.loads(body) for _, body in self.messages]

    @property
    def names(self):
        """What the company was renamed to, by what was told."""
        return [
            change["after"] for message in self.told
            for change in message["data"].get("changes", []) if change["field"] == "tradeName"]
