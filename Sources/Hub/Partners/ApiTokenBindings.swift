// The company's API tokens, and how the engine knows a partner's program by one.

import Execution

/// The first statement where a partner's program asks. No row: its token is over or revoked, or its
/// company is gone.
let hubPartner = Section(
  "partner",
  columns: [
    Column("language", expression: "$4::text"),
    Column("country_version", expression: "c.country_version"),
    Column("catalogue_revision", expression: "k.revision"),
    // What its scopes open it sees as administrators do.
    Column("role", expression: "'administrator'"),
  ],
  alias: "c",
  from: """
    company c CROSS JOIN catalogue_revision k
    WHERE c.tenant_id = $1 AND is_api_token($1, $2, $3)
    """,
  parameters: [.tenant, .partnerToken, .partnerTokenHash, .partnerLanguage])

/// What never changes of a token.
let partnerIdentification = Section(
  "partner_identification",
  columns: [
    Column("tenant_id", expression: "t.tenant_id", isNeverNull: true),
    Column("token_id", expression: "t.id", isNeverNull: true),
    Column("scopes", expression: "array_to_string(t.scopes, ' ')", isNeverNull: true),
  ],
  alias: "t",
  from: "api_token_of($1) AS t",
  parameters: [.partnerTokenHash])

/// Those that are good come first; a company has few of them, and those that are over go.
private let apiTokens = Section(
  "api_tokens",
  columns: [
    "id", "name", "created_at", "rotated_at", "expires_at", "revoked_at", "last_used_at",
    Column("scopes", expression: "to_jsonb(t.scopes)", isNeverNull: true),
    Column("overlap_until", expression: "nullif(greatest(t.previous_until, now()), now())"),
    Column("created_by", expression: "m.display_name"),
    Column(
      "status", expression: "api_token_status(t.revoked_at, t.expires_at, now())",
      isNeverNull: true),
  ],
  alias: "t",
  from: """
    api_token t
    LEFT JOIN membership m ON m.tenant_id = t.tenant_id AND m.account_id = t.created_by
    WHERE t.tenant_id = $1
    ORDER BY api_token_status(t.revoked_at, t.expires_at, now()), t.created_at DESC, t.id
    LIMIT 200
    """,
  parameters: [.tenant])

func apiTokenBindings() -> AreaBindings {
  AreaBindings(
    query: permitted(["apiTokens": .rows(apiTokens)]),
    mutations: [createApiToken(), rotateApiToken(), revokeApiToken()],
    objects: [
      "ApiToken": [
        "id": .column("id"),
        "name": .column("name"),
        "scopes": .objects(column: "scopes"),
        "createdBy": .column("created_by"),
        "createdAt": .column("created_at"),
        "rotatedAt": .column("rotated_at"),
        "overlapUntil": .column("overlap_until"),
        "expiresAt": .column("expires_at"),
        "revokedAt": .column("revoked_at"),
        "lastUsedAt": .column("last_used_at"),
        "status": .column("status"),
      ],
      "NewApiTokenPayload": [
        "token": .member, "id": .member, "apiTokens": .root(.rows(apiTokens)),
        "userErrors": .member,
      ],
      "ApiTokensPayload": ["apiTokens": .root(.rows(apiTokens)), "userErrors": .member],
    ])
}
