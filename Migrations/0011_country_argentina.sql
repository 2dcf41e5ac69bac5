-- Argentina. Accounting is called Alegra Gestión here, and the regime is the condición frente al
-- IVA.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('AR', 7, 'ARS', 'America/Argentina/Buenos_Aires', '54', 2, 6,
   '{"es": "Argentina", "en": "Argentina", "pt": "Argentina"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('AR', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('AR', 'PERSON_ENTITY', 2, '{"es": "Persona humana", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('AR', 'CUIT', 1, '^(20|23|24|25|26|27|30|33|34)[0-9]{9}$', 'cuit', false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Clave Única de Identificación Tributaria (CUIT)", "en": "Tax identification number (CUIT)", "pt": "Chave Única de Identificação Tributária (CUIT)"}');

insert into tax_regime (country_version, code, position, labels) values
  ('AR', 'RESPONSABLE_INSCRIPTO', 1,
   '{"es": "Responsable inscripto", "en": "Registered for VAT (IVA)", "pt": "Responsável inscrito"}'),
  ('AR', 'MONOTRIBUTO', 2,
   '{"es": "Responsable monotributo", "en": "Single-tax payer (monotributo)", "pt": "Responsável monotributo"}'),
  ('AR', 'EXENTO', 3,
   '{"es": "IVA sujeto exento", "en": "Exempt from VAT (IVA)", "pt": "Isento de IVA"}');

insert into form_field (country_version, path, position, required, labels)
select 'AR', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',              1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',              2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',           3, true,  'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',    4, true,  'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',  5, true,  'Número de identificación',       'Identification number',   'Número de identificação'),
  ('regime',                 6, true,  'Condición frente al IVA',        'VAT status',              'Condição perante o IVA'),
  ('address.region',         7, false, 'Provincia',                      'Province',                'Província'),
  ('address.city',           8, false, 'Ciudad',                         'City',                    'Cidade'),
  ('address.description',    9, false, 'Domicilio',                      'Address',                 'Endereço'),
  ('address.postalCode',    10, false, 'Código postal',                  'Postal code',             'Código postal'),
  ('phone',                 11, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                 12, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',               13, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',              14, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',      15, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

update form_field set pattern = '^([0-9]{4}|[A-Z][0-9]{4}[A-Z]{3})$'
where country_version = 'AR' and path = 'address.postalCode';

insert into country_solution (country_version, solution, names) values
  ('AR', 'accounting', '{"es": "Alegra Gestión", "en": "Alegra Management", "pt": "Alegra Gestão"}'),
  ('AR', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('AR', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('AR', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'AR'
from unnest(array[
  'mercadopago', 'paypal', 'zapier']) as integration;

reset role;
