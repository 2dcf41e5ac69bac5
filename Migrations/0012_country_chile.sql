-- Chile. Its check digit is 0 to 9 or K; peso amounts carry no decimals. What a company does (giro)
-- is no regime.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('CL', 8, 'CLP', 'America/Santiago', '56', 0, 6,
   '{"es": "Chile", "en": "Chile", "pt": "Chile"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('CL', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('CL', 'PERSON_ENTITY', 2, '{"es": "Persona natural", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('CL', 'RUT', 1, '^[1-9][0-9]{5,7}$', 'rut', true, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Rol Único Tributario (RUT)", "en": "Tax number (RUT)", "pt": "Rol Único Tributário (RUT)"}');

insert into form_field (country_version, path, position, required, labels)
select 'CL', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',                  1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',                  2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',               3, true,  'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',        4, true,  'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',      5, true,  'Número de identificación',       'Identification number',   'Número de identificação'),
  ('identification.checkDigit',  6, false, 'Dígito verificador',             'Check digit',             'Dígito verificador'),
  ('address.region',             7, false, 'Región',                         'Region',                  'Região'),
  ('address.municipality',       8, false, 'Comuna',                         'Commune',                 'Comuna'),
  ('address.description',        9, false, 'Dirección',                      'Address',                 'Endereço'),
  ('phone',                     10, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                     11, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',                   12, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',                  13, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',          14, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

insert into country_solution (country_version, solution, names) values
  ('CL', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('CL', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('CL', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('CL', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'CL'
from unnest(array[
  'mercadopago', 'kushki', 'paypal', 'zapier']) as integration;

reset role;
