-- Perú.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('PE', 5, 'PEN', 'America/Lima', '51', 2, 6,
   '{"es": "Perú", "en": "Peru", "pt": "Peru"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('PE', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('PE', 'PERSON_ENTITY', 2, '{"es": "Persona natural", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('PE', 'RUC', 1, '^(10|15|16|17|20)[0-9]{9}$', 'ruc_pe', false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Registro Único de Contribuyentes (RUC)", "en": "Taxpayer number (RUC)", "pt": "Registro Único de Contribuintes (RUC)"}'),
  ('PE', 'DNI', 2, '^[0-9]{8}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Documento nacional de identidad (DNI)", "en": "National identity document (DNI)", "pt": "Documento nacional de identidade (DNI)"}'),
  ('PE', 'CE', 3, '^[0-9A-Z]{8,12}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Carné de extranjería", "en": "Foreigner card", "pt": "Carteira de estrangeiro"}'),
  ('PE', 'PP', 4, '^[0-9A-Z]{3,12}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Pasaporte", "en": "Passport", "pt": "Passaporte"}'),
  ('PE', 'CDI', 5, '^[0-9A-Z]{3,15}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Cédula diplomática de identidad", "en": "Diplomatic identity card", "pt": "Cédula diplomática de identidade"}'),
  ('PE', 'DIP', 6, '^[0-9A-Z]{3,15}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Documento de identidad del país de residencia", "en": "Identity document of the country of residence", "pt": "Documento de identidade do país de residência"}'),
  ('PE', 'TIN', 7, '^[0-9A-Z-]{3,15}$', null, false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Tax Identification Number (TIN)", "en": "Tax identification number (TIN)", "pt": "Número de identificação fiscal (TIN)"}'),
  ('PE', 'PTP', 8, '^[0-9A-Z]{3,15}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Permiso temporal de permanencia", "en": "Temporary stay permit", "pt": "Autorização temporária de permanência"}');

insert into tax_regime (country_version, code, position, labels) values
  ('PE', 'GENERAL_REGIME', 1,
   '{"es": "Régimen general", "en": "General regime", "pt": "Regime geral"}'),
  ('PE', 'SPECIAL_REGIME', 2,
   '{"es": "Régimen especial de renta", "en": "Special income regime", "pt": "Regime especial de renda"}'),
  ('PE', 'MYPE_TRIBUTARY_REGIME', 3,
   '{"es": "Régimen MYPE tributario", "en": "Small business tax regime (MYPE)", "pt": "Regime tributário MYPE"}'),
  ('PE', 'NEW_RUS', 4,
   '{"es": "Nuevo RUS", "en": "New simplified regime (RUS)", "pt": "Novo RUS"}');

insert into form_field (country_version, path, position, required, labels)
select 'PE', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',              1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',              2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',           3, true,  'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',    4, true,  'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',  5, true,  'Número de identificación',       'Identification number',   'Número de identificação'),
  ('regime',                 6, false, 'Régimen',                        'Tax regime',              'Regime tributário'),
  ('address.region',         7, false, 'Departamento',                   'Department',              'Departamento'),
  ('address.municipality',   8, false, 'Provincia',                      'Province',                'Província'),
  ('address.district',       9, false, 'Distrito',                       'District',                'Distrito'),
  ('address.description',   10, false, 'Dirección',                      'Address',                 'Endereço'),
  ('phone',                 11, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                 12, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',               13, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',              14, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',      15, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

insert into country_solution (country_version, solution, names) values
  ('PE', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('PE', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('PE', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('PE', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'PE'
from unnest(array[
  'mercadopago', 'kushki', 'paypal', 'zapier']) as integration;

reset role;
