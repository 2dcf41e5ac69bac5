SELECT set_config('app.tenant_id', $1, true), set_config('app.account_id', $2, true), set_config('app.session_id', $3, true);
-- $1 = '00000000-0000-4000-8000-0000000000c2'
-- $2 = '00000000-0000-4000-8000-0000000000a2'
-- $3 = '00000000-0000-4000-8000-0000000000e2'

SELECT s.id AS session_id, m.role AS role, a.language AS language, m.country_version AS country_version, k.revision AS catalogue_revision, a.id AS account_id, a.first_name AS first_name, a.last_name AS last_name, coalesce(nullif(a.display_name, ''), a.first_name) AS display_name, a.phone AS phone, a.country AS country, a.photo_url AS photo_url, a.revision AS revision, a.updated_at AS updated_at, a.email AS email, a.pending_email AS pending_email, a.has_password AS has_password, a.password_changed_at AS password_changed_at, g.email AS google_email, g.linked_at AS google_linked_at, s.authenticated_at AS authenticated_at, f.confirmed_at AS second_factor_confirmed_at, f.recovery_codes_left AS recovery_codes_left, is_fresh(s.authenticated_at) AS is_fresh FROM session s
JOIN account a ON a.id = s.account_id
LEFT JOIN membership m ON m.tenant_id = $1 AND m.account_id = s.account_id
LEFT JOIN account_google g ON g.account_id = s.account_id
LEFT JOIN second_factor f ON f.account_id = s.account_id
CROSS JOIN catalogue_revision k
WHERE s.id = $3 AND s.account_id = $2 AND s.revoked_at IS NULL
  AND s.expires_at > now() AND s.idle_expires_at > now()
  AND (m.role IS NOT NULL OR $1 = '00000000-0000-0000-0000-000000000000');
-- $1 = '00000000-0000-4000-8000-0000000000c2'
-- $2 = '00000000-0000-4000-8000-0000000000a2'
-- $3 = '00000000-0000-4000-8000-0000000000e2'

SELECT i.integration, i.state, i.connected_at, i.checked_at, i.failure, i.connected_by_name AS connected_by, CASE WHEN i.failure IS NOT NULL THEN integration_failure_message(i.failure, i.integration) END AS failure_message, CASE WHEN i.settings = '{}' THEN '[]' ELSE integration_settings(i.settings) END AS settings FROM integration_connection i WHERE i.tenant_id = $1 UNION ALL SELECT p.integration, null, null, null, null, null, null, null FROM integration_plan p WHERE is_withheld_by_plan($1, p.integration);
-- $1 = '00000000-0000-4000-8000-0000000000c2'

SELECT i.integration, i.state, i.connected_at, i.checked_at, i.failure, i.connected_by_name AS connected_by, CASE WHEN i.failure IS NOT NULL THEN integration_failure_message(i.failure, i.integration) END AS failure_message, CASE WHEN i.settings = '{}' THEN '[]' ELSE integration_settings(i.settings) END AS settings FROM integration_connection i WHERE i.tenant_id = $1 UNION ALL SELECT p.integration, null, null, null, null, null, null, null FROM integration_plan p WHERE is_withheld_by_plan($1, p.integration);
-- $1 = '00000000-0000-4000-8000-0000000000c2'

SELECT i.integration, i.state, i.connected_at, i.checked_at, i.failure, i.connected_by_name AS connected_by, CASE WHEN i.failure IS NOT NULL THEN integration_failure_message(i.failure, i.integration) END AS failure_message, CASE WHEN i.settings = '{}' THEN '[]' ELSE integration_settings(i.settings) END AS settings FROM integration_connection i WHERE i.tenant_id = $1 UNION ALL SELECT p.integration, null, null, null, null, null, null, null FROM integration_plan p WHERE is_withheld_by_plan($1, p.integration);
-- $1 = '00000000-0000-4000-8000-0000000000c2'

SELECT i.integration, i.state, i.connected_at, i.checked_at, i.failure, i.connected_by_name AS connected_by, CASE WHEN i.failure IS NOT NULL THEN integration_failure_message(i.failure, i.integration) END AS failure_message, CASE WHEN i.settings = '{}' THEN '[]' ELSE integration_settings(i.settings) END AS settings FROM integration_connection i WHERE i.tenant_id = $1 UNION ALL SELECT p.integration, null, null, null, null, null, null, null FROM integration_plan p WHERE is_withheld_by_plan($1, p.integration);
-- $1 = '00000000-0000-4000-8000-0000000000c2'

SELECT i.integration, i.state, i.connected_at, i.checked_at, i.failure, i.connected_by_name AS connected_by, CASE WHEN i.failure IS NOT NULL THEN integration_failure_message(i.failure, i.integration) END AS failure_message, CASE WHEN i.settings = '{}' THEN '[]' ELSE integration_settings(i.settings) END AS settings FROM integration_connection i WHERE i.tenant_id = $1 UNION ALL SELECT p.integration, null, null, null, null, null, null, null FROM integration_plan p WHERE is_withheld_by_plan($1, p.integration);
-- $1 = '00000000-0000-4000-8000-0000000000c2'

SELECT i.integration, i.state, i.connected_at, i.checked_at, i.failure, i.connected_by_name AS connected_by, CASE WHEN i.failure IS NOT NULL THEN integration_failure_message(i.failure, i.integration) END AS failure_message, CASE WHEN i.settings = '{}' THEN '[]' ELSE integration_settings(i.settings) END AS settings FROM integration_connection i WHERE i.tenant_id = $1 UNION ALL SELECT p.integration, null, null, null, null, null, null, null FROM integration_plan p WHERE is_withheld_by_plan($1, p.integration);
-- $1 = '00000000-0000-4000-8000-0000000000c2'
