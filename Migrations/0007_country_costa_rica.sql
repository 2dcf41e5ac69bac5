-- Costa Rica. Its tax authority takes a barrio of 5 to 50 characters.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('CR', 3, 'CRC', 'America/Costa_Rica', '506', 2, 6,
   '{"es": "Costa Rica", "en": "Costa Rica", "pt": "Costa Rica"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('CR', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('CR', 'PERSON_ENTITY', 2, '{"es": "Persona física", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('CR', 'CJ', 1, '^[0-9]{10}$', null, false, '{LEGAL_ENTITY}',
   '{"es": "Cédula jurídica", "en": "Legal entity number", "pt": "Cédula jurídica"}'),
  ('CR', 'CF', 2, '^[1-9][0-9]{8}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Cédula física", "en": "Citizen''s number", "pt": "Cédula física"}'),
  ('CR', 'DIMEX', 3, '^[0-9]{11,12}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Documento de identidad migratorio (DIMEX)", "en": "Migrant identity document (DIMEX)", "pt": "Documento de identidade migratório (DIMEX)"}'),
  ('CR', 'NITE', 4, '^[0-9]{10}$', null, false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Número de identificación tributario especial (NITE)", "en": "Special tax identification number (NITE)", "pt": "Número de identificação tributária especial (NITE)"}'),
  ('CR', 'PE', 5, '^[0-9A-Z]{3,20}$', null, false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Persona extranjera", "en": "Foreign person", "pt": "Pessoa estrangeira"}');

insert into tax_regime (country_version, code, position, labels) values
  ('CR', 'TRADITIONAL_REGIME', 1,
   '{"es": "Régimen tradicional", "en": "Traditional regime", "pt": "Regime tradicional"}'),
  ('CR', 'SIMPLIFIED_REGIME', 2,
   '{"es": "Régimen simplificado", "en": "Simplified regime", "pt": "Regime simplificado"}'),
  ('CR', 'PHYSICAL_PERSON', 3,
   '{"es": "Persona física", "en": "Natural person", "pt": "Pessoa física"}');

insert into form_field (country_version, path, position, required, labels)
select 'CR', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',              1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',              2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',           3, true,  'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',    4, true,  'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',  5, true,  'Número de identificación',       'Identification number',   'Número de identificação'),
  ('regime',                 6, true,  'Régimen',                        'Tax regime',              'Regime tributário'),
  ('address.region',         7, true,  'Provincia',                      'Province',                'Província'),
  ('address.municipality',   8, true,  'Cantón',                         'Canton',                  'Cantão'),
  ('address.district',       9, true,  'Distrito',                       'District',                'Distrito'),
  ('address.neighborhood',  10, false, 'Barrio',                         'Neighbourhood',           'Bairro'),
  ('address.description',   11, true,  'Otras señas',                    'Directions',              'Outras indicações'),
  ('address.postalCode',    12, false, 'Código postal',                  'Postal code',             'Código postal'),
  ('phone',                 13, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                 14, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',               15, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',              16, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',      17, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

update form_field set characters_min = 5, characters_max = 50
where country_version = 'CR' and path = 'address.neighborhood';

update form_field set pattern = '^[0-9]{5}$'
where country_version = 'CR' and path = 'address.postalCode';

insert into country_solution (country_version, solution, names) values
  ('CR', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('CR', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('CR', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('CR', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'CR'
from unnest(array[
  'payu', 'paypal', 'zapier']) as integration;

reset role;
