SELECT set_config('app.tenant_id', $1, true), set_config('app.account_id', $2, true), set_config('app.session_id', $3, true);
-- $1 = '00000000-0000-4000-8000-0000000000c1'
-- $2 = '00000000-0000-4000-8000-0000000000a1'
-- $3 = '00000000-0000-4000-8000-0000000000e1'

SELECT s.id AS session_id, m.role AS role, a.language AS language, m.country_version AS country_version, k.revision AS catalogue_revision, a.id AS account_id, a.first_name AS first_name, a.last_name AS last_name, coalesce(nullif(a.display_name, ''), a.first_name) AS display_name, a.phone AS phone, a.country AS country, a.photo_url AS photo_url, a.revision AS revision, a.updated_at AS updated_at, a.email AS email, a.pending_email AS pending_email, a.has_password AS has_password, a.password_changed_at AS password_changed_at, g.email AS google_email, g.linked_at AS google_linked_at, s.authenticated_at AS authenticated_at, f.confirmed_at AS second_factor_confirmed_at, f.recovery_codes_left AS recovery_codes_left, is_fresh(s.authenticated_at) AS is_fresh FROM session s
JOIN account a ON a.id = s.account_id
LEFT JOIN membership m ON m.tenant_id = $1 AND m.account_id = s.account_id
LEFT JOIN account_google g ON g.account_id = s.account_id
LEFT JOIN second_factor f ON f.account_id = s.account_id
CROSS JOIN catalogue_revision k
WHERE s.id = $3 AND s.account_id = $2 AND s.revoked_at IS NULL
  AND s.expires_at > now() AND s.idle_expires_at > now()
  AND (m.role IS NOT NULL OR $1 = '00000000-0000-0000-0000-000000000000');
-- $1 = '00000000-0000-4000-8000-0000000000c1'
-- $2 = '00000000-0000-4000-8000-0000000000a1'
-- $3 = '00000000-0000-4000-8000-0000000000e1'

SELECT c.tenant_id, c.legal_name, c.trade_name, c.identification_type, c.identification_number, c.identification_check_digit, c.kind_of_person, c.regime, c.address_description, c.address_street, c.address_exterior_number, c.address_interior_number, c.address_neighborhood, c.address_city, c.address_municipality, c.address_district, c.address_region, c.address_postal_code, c.phone, c.email, c.website, c.currency_code, c.timezone, c.decimal_precision, c.country_version, c.logo_url, c.revision, c.updated_at, y.symbol AS currency_symbol, nullif(concat(c.address_description, c.address_street, c.address_exterior_number, c.address_interior_number, c.address_neighborhood, c.address_city, c.address_municipality, c.address_district, c.address_region, c.address_postal_code), '') AS address_presence FROM company c JOIN currency y ON y.code = c.currency_code WHERE c.tenant_id = $1;
-- $1 = '00000000-0000-4000-8000-0000000000c1'

SELECT f.path AS path, f.value::text AS value, f.source_kind::text AS source_kind, f.solution::text AS solution, f.solution_name::text AS solution_name, f.since::timestamptz AS since, f.confirmed_by::text AS confirmed_by, f.claims AS claims FROM company_fields($1, (SELECT reader_language())) AS f;
-- $1 = '00000000-0000-4000-8000-0000000000c1'
