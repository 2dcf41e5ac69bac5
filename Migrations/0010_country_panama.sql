-- Panamá. The RUC comes with a check digit (DV) of one or two figures. No tax regimes are known.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('PA', 6, 'PAB', 'America/Panama', '507', 2, 6,
   '{"es": "Panamá", "en": "Panama", "pt": "Panamá"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('PA', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('PA', 'PERSON_ENTITY', 2, '{"es": "Persona natural", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('PA', 'RUC', 1, '^[0-9A-Z]([0-9A-Z-]{1,20})[0-9A-Z]$', null, true, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Registro Único de Contribuyente (RUC)", "en": "Taxpayer number (RUC)", "pt": "Registro Único de Contribuinte (RUC)"}');

insert into form_field (country_version, path, position, required, labels)
select 'PA', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',                  1, true,  'Razón social o nombre completo', 'Registered or full name',  'Razão social ou nome completo'),
  ('tradeName',                  2, false, 'Nombre comercial',               'Trade name',               'Nome fantasia'),
  ('kindOfPerson',               3, true,  'Tipo de persona',                'Kind of person',           'Tipo de pessoa'),
  ('identification.type',        4, true,  'Tipo de identificación',         'Identification type',      'Tipo de identificação'),
  ('identification.number',      5, true,  'Número de identificación',       'Identification number',    'Número de identificação'),
  ('identification.checkDigit',  6, false, 'Dígito verificador (DV)',        'Check digit (DV)',         'Dígito verificador (DV)'),
  ('address.region',             7, false, 'Provincia',                      'Province',                 'Província'),
  ('address.municipality',       8, false, 'Distrito',                       'District',                 'Distrito'),
  ('address.district',           9, false, 'Corregimiento',                  'Township (corregimiento)', 'Subdistrito (corregimiento)'),
  ('address.description',       10, false, 'Dirección',                      'Address',                  'Endereço'),
  ('phone',                     11, false, 'Teléfono',                       'Telephone',                'Telefone'),
  ('email',                     12, false, 'Correo electrónico',             'Email',                    'E-mail'),
  ('website',                   13, false, 'Sitio web',                      'Website',                  'Site'),
  ('timezone',                  14, true,  'Zona horaria',                   'Time zone',                'Fuso horário'),
  ('decimalPrecision',          15, true,  'Precisión decimal',              'Decimal precision',        'Precisão decimal')
) as field (path, position, required, es, en, pt);

insert into country_solution (country_version, solution, names) values
  ('PA', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('PA', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('PA', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('PA', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'PA'
from unnest(array[
  'paypal', 'zapier']) as integration;

reset role;
