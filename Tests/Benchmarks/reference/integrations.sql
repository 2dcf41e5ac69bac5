-- The section Integraciones: what the company has connected of the catalogue.
SELECT i.integration, i.connected_at, i.state, i.connected_by_name AS connected_by
FROM integration_connection i WHERE i.tenant_id = :tenant
