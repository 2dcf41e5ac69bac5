// The company's webhooks, and what was sent to them.

import Execution

/// A token sees its own alone: the addresses of others may open something.
private let webhooks = Section(
  "webhooks",
  columns: [
    "id", "url", "name", "tells_changes", "concurrency", "created_at", "failing_since",
    "disabled_at", "disabled_for",
    Column("event_types", expression: "to_jsonb(w.event_types)"),
    Column("overlap_until", expression: "nullif(greatest(w.previous_until, now()), now())"),
    Column("created_by", expression: "m.display_name"),
    Column("token_name", expression: "t.name"),
    Column(
      "status", expression: "CASE WHEN w.disabled_at IS NULL THEN 'ENABLED' ELSE 'DISABLED' END",
      isNeverNull: true),
  ],
  alias: "w",
  from: """
    webhook w
    LEFT JOIN membership m ON m.tenant_id = w.tenant_id AND m.account_id = w.created_by
    LEFT JOIN api_token t ON t.tenant_id = w.tenant_id AND t.id = w.api_token
    WHERE w.tenant_id = $1 AND (reader_token() IS NULL OR w.api_token = reader_token())
    ORDER BY w.created_at, w.id
    """,
  parameters: [.tenant])

/// The latest come first.
private let deliveries = Section(
  "webhook_deliveries",
  columns: [
    "id", "webhook_id", "message_id", "type", "state", "attempts", "created_at", "attempted_at",
    "response_status", "failure", "milliseconds",
    Column(
      "next_attempt_at",
      expression: "CASE WHEN d.state = 'PENDING' AND d.attempts > 0 THEN d.due_at END"),
  ],
  alias: "d",
  from: """
    webhook_delivery d
    JOIN webhook w ON w.tenant_id = d.tenant_id AND w.id = d.webhook_id
      AND (reader_token() IS NULL OR w.api_token = reader_token())
    WHERE d.tenant_id = $1 AND ($2::text IS NULL OR d.webhook_id::text = $2)
      AND ($3::text IS NULL OR d.state = $3) AND ($4::timestamptz IS NULL OR d.created_at < $4)
    ORDER BY d.created_at DESC, d.sequence DESC NULLS FIRST
    LIMIT least(greatest(coalesce($5, 50), 1), 200)
    """,
  parameters: [
    .tenant, .argument("webhookId"), .argument("state"), .argument("before"), .argument("first"),
  ])

func webhookBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted([
      "webhooks": .rows(webhooks),
      "webhookDeliveries": .rows(deliveries),
    ]),
    mutations: [
      createWebhook(hub), updateWebhook(hub), deleteWebhook(), rotateWebhookSecret(hub),
      testWebhook(), replayWebhook(),
    ],
    objects: [
      "Webhook": [
        "id": .column("id"),
        "url": .column("url"),
        "name": .column("name"),
        "eventTypes": .objects(column: "event_types"),
        "tellsChanges": .column("tells_changes"),
        "concurrency": .column("concurrency"),
        "createdAt": .column("created_at"),
        "createdBy": .column("created_by"),
        "tokenName": .column("token_name"),
        "overlapUntil": .column("overlap_until"),
        "failingSince": .column("failing_since"),
        "status": .column("status"),
        "disabledAt": .column("disabled_at"),
        "disabledFor": .column("disabled_for"),
      ],
      "WebhookDelivery": [
        "id": .column("id"),
        "webhookId": .column("webhook_id"),
        "messageId": .column("message_id"),
        "type": .column("type"),
        "state": .column("state"),
        "attempts": .column("attempts"),
        "createdAt": .column("created_at"),
        "attemptedAt": .column("attempted_at"),
        "nextAttemptAt": .column("next_attempt_at"),
        "responseStatus": .column("response_status"),
        "failure": .column("failure"),
        "milliseconds": .column("milliseconds"),
      ],
      "WebhookPayload": [
        "id": .member, "secret": .member, "webhooks": .root(.rows(webhooks)),
        "userErrors": .member,
      ],
      "TestWebhookPayload": ["deliveryId": .member, "userErrors": .member],
      "ReplayWebhookPayload": ["events": .member, "userErrors": .member],
    ])
}
