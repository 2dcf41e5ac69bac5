-- República Dominicana. The RNC is written without hyphens; a person's is the cédula's 11 digits.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('DO', 4, 'DOP', 'America/Santo_Domingo', '1', 2, 6,
   '{"es": "República Dominicana", "en": "Dominican Republic", "pt": "República Dominicana"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('DO', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('DO', 'PERSON_ENTITY', 2, '{"es": "Persona física", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('DO', 'RNC', 1, '^([0-9]{9}|[0-9]{11})$', 'rnc', false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Registro Nacional de Contribuyentes (RNC)", "en": "National taxpayer number (RNC)", "pt": "Registro Nacional de Contribuintes (RNC)"}');

insert into tax_regime (country_version, code, position, labels) values
  ('DO', 'ORDINARIO', 1,
   '{"es": "Régimen ordinario", "en": "Ordinary regime", "pt": "Regime ordinário"}'),
  ('DO', 'RST', 2,
   '{"es": "Régimen simplificado de tributación (RST)", "en": "Simplified tax regime (RST)", "pt": "Regime simplificado de tributação (RST)"}');

insert into form_field (country_version, path, position, required, labels)
select 'DO', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',              1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',              2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',           3, true,  'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',    4, true,  'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',  5, true,  'RNC, sin guiones',               'RNC, without hyphens',    'RNC, sem hifens'),
  ('regime',                 6, false, 'Régimen',                        'Tax regime',              'Regime tributário'),
  ('address.region',         7, false, 'Provincia',                      'Province',                'Província'),
  ('address.municipality',   8, false, 'Municipio',                      'Municipality',            'Município'),
  ('address.description',    9, false, 'Dirección',                      'Address',                 'Endereço'),
  ('phone',                 10, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                 11, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',               12, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',              13, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',      14, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

insert into country_solution (country_version, solution, names) values
  ('DO', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('DO', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('DO', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('DO', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'DO'
from unnest(array[
  'paypal', 'zapier']) as integration;

reset role;
