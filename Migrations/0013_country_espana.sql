-- España. A person has a NIF, a company a CIF.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('ES', 9, 'EUR', 'Europe/Madrid', '34', 2, 6,
   '{"es": "España", "en": "Spain", "pt": "Espanha"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('ES', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('ES', 'PERSON_ENTITY', 2, '{"es": "Persona física", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('ES', 'CIF', 1, '^[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J]$', 'cif', false, '{LEGAL_ENTITY}',
   '{"es": "Código de identificación fiscal (CIF)", "en": "Company tax number (CIF)", "pt": "Código de identificação fiscal (CIF)"}'),
  ('ES', 'NIF', 2, '^([0-9]{8}|[KLMXYZ][0-9]{7})[A-Z]$', 'nif', false, '{PERSON_ENTITY}',
   '{"es": "Número de identificación fiscal (NIF)", "en": "Personal tax number (NIF)", "pt": "Número de identificação fiscal (NIF)"}');

insert into tax_regime (country_version, code, position, labels) values
  ('ES', 'GENERAL_REGIME', 1,
   '{"es": "Régimen general", "en": "General regime", "pt": "Regime geral"}'),
  ('ES', 'SIMPLIFIED_REGIME', 2,
   '{"es": "Régimen simplificado", "en": "Simplified regime", "pt": "Regime simplificado"}');

insert into form_field (country_version, path, position, required, labels)
select 'ES', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',              1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',              2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',           3, true,  'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',    4, true,  'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',  5, true,  'Número de identificación',       'Identification number',   'Número de identificação'),
  ('regime',                 6, false, 'Régimen',                        'Tax regime',              'Regime tributário'),
  ('address.region',         7, false, 'Provincia',                      'Province',                'Província'),
  ('address.city',           8, false, 'Ciudad',                         'City',                    'Cidade'),
  ('address.description',    9, false, 'Dirección',                      'Address',                 'Endereço'),
  ('address.postalCode',    10, false, 'Código postal',                  'Postal code',             'Código postal'),
  ('phone',                 11, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                 12, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',               13, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',              14, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',      15, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

update form_field set pattern = '^[0-9]{5}$'
where country_version = 'ES' and path = 'address.postalCode';

insert into country_solution (country_version, solution, names) values
  ('ES', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('ES', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('ES', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('ES', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'ES'
from unnest(array[
  'stripe', 'paypal', 'zapier']) as integration;

reset role;
