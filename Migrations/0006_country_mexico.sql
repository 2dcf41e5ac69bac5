-- México. Its tax authority (SAT) allows two decimals at most, and an address on an invoice needs
-- colonia and código postal. An RFC has 12 characters for a persona moral, 13 for a persona física.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('MX', 2, 'MXN', 'America/Mexico_City', '52', 2, 2,
   '{"es": "México", "en": "Mexico", "pt": "México"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('MX', 'LEGAL_ENTITY',  1, '{"es": "Persona moral", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('MX', 'PERSON_ENTITY', 2, '{"es": "Persona física", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('MX', 'RFC', 1, '^[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}$', 'rfc', false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Registro Federal de Contribuyentes (RFC)", "en": "Federal taxpayer number (RFC)", "pt": "Registro Federal de Contribuintes (RFC)"}');

insert into tax_regime (country_version, code, position, labels) values
  ('MX', 'GENERAL_REGIME_OF_MORAL_PEOPLE_LAW', 1,
   '{"es": "General de Ley Personas Morales", "en": "General law, legal entities", "pt": "Geral de lei, pessoas jurídicas"}'),
  ('MX', 'REGIME_OF_MORAL_PEOPLE_NOT_PROFIT', 2,
   '{"es": "Personas Morales con Fines no Lucrativos", "en": "Legal entities not for profit", "pt": "Pessoas jurídicas sem fins lucrativos"}'),
  ('MX', 'SALARIED_REGIME', 3,
   '{"es": "Sueldos y Salarios e Ingresos Asimilados a Salarios", "en": "Wages and similar income", "pt": "Salários e rendimentos equiparados"}'),
  ('MX', 'LEASEHOLD_REGIME', 4,
   '{"es": "Arrendamiento", "en": "Leasing", "pt": "Arrendamento"}'),
  ('MX', 'DIVIDEND_INCOME', 5,
   '{"es": "Ingresos por Dividendos (socios y accionistas)", "en": "Dividend income (partners and shareholders)", "pt": "Rendimentos de dividendos (sócios e acionistas)"}'),
  ('MX', 'BUSINESS_ACTIVITIES_REGIME', 6,
   '{"es": "Personas Físicas con Actividades Empresariales y Profesionales", "en": "Natural persons with business and professional activities", "pt": "Pessoas físicas com atividades empresariais e profissionais"}'),
  ('MX', 'SIMPLIFIED_REGIME', 7,
   '{"es": "Sin obligaciones fiscales", "en": "No tax obligations", "pt": "Sem obrigações fiscais"}'),
  ('MX', 'REGIME_OF_COOPERATIVE_PRODUCTION_SOCIETIES', 8,
   '{"es": "Sociedades Cooperativas de Producción que optan por diferir sus ingresos", "en": "Production cooperatives that defer their income", "pt": "Cooperativas de produção que diferem os seus rendimentos"}'),
  ('MX', 'FISCAL_INCORPORATION_REGIME', 9,
   '{"es": "Incorporación Fiscal", "en": "Fiscal incorporation", "pt": "Incorporação fiscal"}'),
  ('MX', 'PRIMARY_SECTOR_REGIME', 10,
   '{"es": "Actividades Agrícolas, Ganaderas, Silvícolas y Pesqueras", "en": "Farming, livestock, forestry and fishing", "pt": "Atividades agrícolas, pecuárias, florestais e pesqueiras"}'),
  ('MX', 'SOCIETIES_OPTIONAL_REGIME', 11,
   '{"es": "Opcional para Grupos de Sociedades", "en": "Optional for groups of companies", "pt": "Opcional para grupos de sociedades"}'),
  ('MX', 'REGIME_OF_THE_COORDINATED', 12,
   '{"es": "Coordinados", "en": "Coordinated carriers", "pt": "Coordenados"}'),
  ('MX', 'REGIME_OF_THE_TECHNOLOGICAL_PLATFORMS_INCOME_ACTIVITIES', 13,
   '{"es": "Ingresos a través de Plataformas Tecnológicas", "en": "Income through technology platforms", "pt": "Rendimentos por plataformas tecnológicas"}'),
  ('MX', 'REGIME_OF_TRUST', 14,
   '{"es": "Régimen Simplificado de Confianza (RESICO)", "en": "Simplified regime of trust (RESICO)", "pt": "Regime simplificado de confiança (RESICO)"}'),
  ('MX', 'NO_REGIME', 15,
   '{"es": "Sin régimen", "en": "No regime", "pt": "Sem regime"}');

insert into form_field (country_version, path, position, required, labels)
select 'MX', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',               1, true,  'Razón social',           'Registered name',         'Razão social'),
  ('tradeName',               2, false, 'Nombre comercial',       'Trade name',              'Nome fantasia'),
  ('kindOfPerson',            3, true,  'Tipo de persona',        'Kind of person',          'Tipo de pessoa'),
  ('identification.type',     4, true,  'Tipo de identificación', 'Identification type',     'Tipo de identificação'),
  ('identification.number',   5, true,  'RFC',                    'RFC',                     'RFC'),
  ('regime',                  6, true,  'Régimen fiscal',         'Tax regime',              'Regime fiscal'),
  ('address.street',          7, true,  'Calle',                  'Street',                  'Rua'),
  ('address.exteriorNumber',  8, false, 'Número exterior',        'Exterior number',         'Número externo'),
  ('address.interiorNumber',  9, false, 'Número interior',        'Interior number',         'Número interno'),
  ('address.neighborhood',   10, true,  'Colonia',                'Neighbourhood (colonia)', 'Bairro (colonia)'),
  ('address.city',           11, false, 'Localidad',              'Locality',                'Localidade'),
  ('address.municipality',   12, false, 'Delegación o municipio', 'Borough or municipality', 'Delegação ou município'),
  ('address.postalCode',     13, true,  'Código postal',          'Postal code',             'Código postal'),
  ('address.region',         14, false, 'Estado',                 'State',                   'Estado'),
  ('phone',                  15, false, 'Teléfono',               'Telephone',               'Telefone'),
  ('email',                  16, false, 'Correo electrónico',     'Email',                   'E-mail'),
  ('website',                17, false, 'Sitio web',              'Website',                 'Site'),
  ('timezone',               18, true,  'Zona horaria',           'Time zone',               'Fuso horário'),
  ('decimalPrecision',       19, true,  'Precisión decimal',      'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

update form_field set pattern = '^[0-9]{5}$'
where country_version = 'MX' and path = 'address.postalCode';

insert into country_solution (country_version, solution, names) values
  ('MX', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('MX', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('MX', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('MX', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'MX'
from unnest(array[
  'payu', 'mercadopago', 'conekta', 'openpay', 'kushki', 'stripe', 'paypal', 'zapier']) as integration;

reset role;
