-- The section Empresa.
SELECT c.tenant_id, c.legal_name, c.trade_name, c.identification_type, c.identification_number,
  c.identification_check_digit, c.kind_of_person, c.regime, c.address_description,
  c.address_street, c.address_exterior_number, c.address_interior_number, c.address_neighborhood,
  c.address_city, c.address_municipality, c.address_district, c.address_region,
  c.address_postal_code, c.phone, c.email, c.website, c.currency_code, c.timezone,
  c.decimal_precision, c.country_version, c.logo_url, c.revision, c.updated_at,
  y.symbol AS currency_symbol,
  nullif(concat(c.address_description, c.address_street, c.address_exterior_number,
    c.address_interior_number, c.address_neighborhood, c.address_city, c.address_municipality,
    c.address_district, c.address_region, c.address_postal_code), '') AS address_presence
FROM company c JOIN currency y ON y.code = c.currency_code WHERE c.tenant_id = :tenant
