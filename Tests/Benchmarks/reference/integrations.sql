-- The section Integraciones: what the company has connected of the catalogue.
SELECT i.integration, i.connected_at, i.connected_by_name AS connected_by,
  CASE WHEN EXISTS (SELECT FROM company c JOIN integration_country o
    ON o.country_version = c.country_version AND o.integration = i.integration
    WHERE c.tenant_id = i.tenant_id) THEN i.state ELSE 'RETIRED' END AS status
FROM integration_connection i WHERE i.tenant_id = :tenant
