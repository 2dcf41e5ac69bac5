-- The section Integraciones: what the company has connected of the catalogue.
SELECT i.integration, i.state, i.connected_at, i.checked_at, i.failure,
i.connected_by_name AS connected_by, CASE WHEN i.failure IS NOT NULL
THEN integration_failure_message(i.failure, i.integration, :account) END AS failure_message,
CASE WHEN i.settings = '{}' THEN '[]' ELSE integration_settings(i.settings) END AS settings
FROM integration_connection i WHERE i.tenant_id = :tenant
UNION ALL SELECT p.integration, null, null, null, null, null, null, null
FROM integration_plan p WHERE is_withheld_by_plan(:tenant, p.integration)
