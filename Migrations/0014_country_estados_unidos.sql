-- Estados Unidos.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('US', 10, 'USD', 'America/New_York', '1', 2, 6,
   '{"es": "Estados Unidos", "en": "United States", "pt": "Estados Unidos"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('US', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('US', 'PERSON_ENTITY', 2, '{"es": "Persona natural", "en": "Individual", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('US', 'EIN', 1, '^[0-9]{9}$', null, false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Employer Identification Number (EIN)", "en": "Employer Identification Number (EIN)", "pt": "Employer Identification Number (EIN)"}');

insert into form_field (country_version, path, position, required, labels)
select 'US', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',              1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',              2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',           3, false, 'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',    4, false, 'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',  5, false, 'Número de identificación',       'Identification number',   'Número de identificação'),
  ('address.street',         6, false, 'Calle y número',                 'Street address',          'Rua e número'),
  ('address.city',           7, false, 'Ciudad',                         'City',                    'Cidade'),
  ('address.region',         8, false, 'Estado',                         'State',                   'Estado'),
  ('address.postalCode',     9, false, 'Código ZIP',                     'ZIP code',                'Código ZIP'),
  ('phone',                 10, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                 11, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',               12, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',              13, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',      14, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

update form_field set pattern = '^[0-9]{5}(-[0-9]{4})?$'
where country_version = 'US' and path = 'address.postalCode';

insert into country_solution (country_version, solution, names) values
  ('US', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('US', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('US', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('US', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'US'
from unnest(array[
  'stripe', 'paypal', 'zapier']) as integration;

reset role;
