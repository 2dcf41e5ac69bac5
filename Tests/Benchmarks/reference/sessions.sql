-- The section Seguridad: the sessions that are open. Its other fields stand in the context row.
SELECT s.id, s.device, s.created_at, s.last_seen_at, s.id = :session AS is_current
FROM session s WHERE s.account_id = :account AND s.revoked_at IS NULL
  AND s.expires_at > now() AND s.idle_expires_at > now()
ORDER BY s.last_seen_at DESC, s.id
LIMIT 100
