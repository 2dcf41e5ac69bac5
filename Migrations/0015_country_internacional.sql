-- The international version, for every other country: the tax identification is free text.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('INTL', 11, 'USD', 'UTC', null, 2, 6,
   '{"es": "Internacional", "en": "International", "pt": "Internacional"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('INTL', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('INTL', 'PERSON_ENTITY', 2, '{"es": "Persona natural", "en": "Individual", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('INTL', 'TAX_ID', 1, '^.{1,32}$', null, false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Identificación tributaria", "en": "Tax identification", "pt": "Identificação fiscal"}');

insert into form_field (country_version, path, position, required, labels)
select 'INTL', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',              1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',              2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',           3, false, 'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',    4, false, 'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',  5, false, 'Número de identificación',       'Identification number',   'Número de identificação'),
  ('address.description',    6, false, 'Dirección',                      'Address',                 'Endereço'),
  ('address.city',           7, false, 'Ciudad',                         'City',                    'Cidade'),
  ('phone',                  8, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                  9, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',               10, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',              11, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',      12, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

insert into country_solution (country_version, solution, names) values
  ('INTL', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('INTL', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('INTL', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('INTL', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'INTL'
from unnest(array[
  'paypal', 'zapier']) as integration;

reset role;
