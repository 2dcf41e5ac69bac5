-- Colombia: its taxes, its form, and what is offered there. Payroll exists only here: it reports to
-- the DIAN. A country version is one file like this one; adding a country is adding a file.

set local role hub_owner;

insert into country_version
  (code, position, currency_code, timezone, phone_code,
   decimal_precision_default, decimal_precision_max, names)
values
  ('CO', 1, 'COP', 'America/Bogota', '57', 2, 6,
   '{"es": "Colombia", "en": "Colombia", "pt": "Colômbia"}');

insert into kind_of_person (country_version, code, position, labels) values
  ('CO', 'LEGAL_ENTITY',  1, '{"es": "Persona jurídica", "en": "Legal entity", "pt": "Pessoa jurídica"}'),
  ('CO', 'PERSON_ENTITY', 2, '{"es": "Persona natural", "en": "Natural person", "pt": "Pessoa física"}');

insert into tax_id_type
  (country_version, code, position, pattern, check_algorithm, has_check_digit, kinds_of_person,
   labels)
values
  ('CO', 'NIT', 1, '^[0-9]{5,15}$', 'nit', true, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "Número de identificación tributaria (NIT)", "en": "Tax identification number (NIT)", "pt": "Número de identificação tributária (NIT)"}'),
  ('CO', 'CC', 2, '^[0-9]{3,10}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Cédula de ciudadanía", "en": "Citizenship card", "pt": "Cédula de cidadania"}'),
  ('CO', 'CE', 3, '^[0-9A-Z]{3,12}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Cédula de extranjería", "en": "Foreigner card", "pt": "Cédula de estrangeiro"}'),
  ('CO', 'TI', 4, '^[0-9]{10,11}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Tarjeta de identidad", "en": "Identity card of a minor", "pt": "Carteira de identidade de menor"}'),
  ('CO', 'RC', 5, '^[0-9A-Z]{6,12}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Registro civil", "en": "Civil registry", "pt": "Registro civil"}'),
  ('CO', 'TE', 6, '^[0-9A-Z]{3,15}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Tarjeta de extranjería", "en": "Foreigner''s identity card", "pt": "Carteira de estrangeiro"}'),
  ('CO', 'PP', 7, '^[0-9A-Z]{3,16}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Pasaporte", "en": "Passport", "pt": "Passaporte"}'),
  ('CO', 'PEP', 8, '^[0-9]{6,15}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Permiso especial de permanencia", "en": "Special stay permit", "pt": "Autorização especial de permanência"}'),
  ('CO', 'DIE', 9, '^[0-9A-Z]{3,20}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Documento de identificación extranjero", "en": "Foreign identification document", "pt": "Documento de identificação estrangeiro"}'),
  ('CO', 'NUIP', 10, '^[0-9]{8,11}$', null, false, '{PERSON_ENTITY}',
   '{"es": "Número único de identificación personal", "en": "Unique personal identification number", "pt": "Número único de identificação pessoal"}'),
  ('CO', 'FOREIGN_NIT', 11, '^[0-9A-Z-]{3,32}$', null, false, '{LEGAL_ENTITY, PERSON_ENTITY}',
   '{"es": "NIT de otro país", "en": "Tax number of another country", "pt": "Número tributário de outro país"}');

insert into tax_regime (country_version, code, position, labels) values
  ('CO', 'COMMON_REGIME', 1,
   '{"es": "Responsable de IVA", "en": "Charges VAT (IVA)", "pt": "Responsável pelo IVA"}'),
  ('CO', 'SIMPLIFIED_REGIME', 2,
   '{"es": "No responsable de IVA", "en": "Does not charge VAT (IVA)", "pt": "Não responsável pelo IVA"}'),
  ('CO', 'NATIONAL_CONSUMPTION_TAX', 3,
   '{"es": "Impuesto Nacional al Consumo (INC)", "en": "National consumption tax (INC)", "pt": "Imposto Nacional sobre o Consumo (INC)"}'),
  ('CO', 'NOT_REPONSIBLE_FOR_CONSUMPTION', 4,
   '{"es": "No responsable de INC", "en": "Does not charge consumption tax (INC)", "pt": "Não responsável pelo INC"}'),
  ('CO', 'INC_IVA_RESPONSIBLE', 5,
   '{"es": "Responsable de IVA e INC", "en": "Charges VAT (IVA) and consumption tax (INC)", "pt": "Responsável pelo IVA e pelo INC"}'),
  ('CO', 'SPECIAL_REGIME', 6,
   '{"es": "Régimen especial", "en": "Special regime", "pt": "Regime especial"}');

insert into form_field (country_version, path, position, required, labels)
select 'CO', path, position, required, jsonb_build_object('es', es, 'en', en, 'pt', pt)
from (values
  ('legalName',                  1, true,  'Razón social o nombre completo', 'Registered or full name', 'Razão social ou nome completo'),
  ('tradeName',                  2, false, 'Nombre comercial',               'Trade name',              'Nome fantasia'),
  ('kindOfPerson',               3, true,  'Tipo de persona',                'Kind of person',          'Tipo de pessoa'),
  ('identification.type',        4, true,  'Tipo de identificación',         'Identification type',     'Tipo de identificação'),
  ('identification.number',      5, true,  'Número de identificación',       'Identification number',   'Número de identificação'),
  ('identification.checkDigit',  6, false, 'Dígito de verificación',         'Check digit',             'Dígito verificador'),
  ('regime',                     7, true,  'Régimen',                        'Tax regime',              'Regime tributário'),
  ('address.region',             8, true,  'Departamento',                   'Department',              'Departamento'),
  ('address.city',               9, true,  'Municipio o ciudad',             'City',                    'Município ou cidade'),
  ('address.description',       10, true,  'Dirección',                      'Address',                 'Endereço'),
  ('address.postalCode',        11, false, 'Código postal',                  'Postal code',             'Código postal'),
  ('phone',                     12, false, 'Teléfono',                       'Telephone',               'Telefone'),
  ('email',                     13, false, 'Correo electrónico',             'Email',                   'E-mail'),
  ('website',                   14, false, 'Sitio web',                      'Website',                 'Site'),
  ('timezone',                  15, true,  'Zona horaria',                   'Time zone',               'Fuso horário'),
  ('decimalPrecision',          16, true,  'Precisión decimal',              'Decimal precision',       'Precisão decimal')
) as field (path, position, required, es, en, pt);

update form_field set pattern = '^[0-9]{6}$'
where country_version = 'CO' and path = 'address.postalCode';

insert into country_solution (country_version, solution, names) values
  ('CO', 'accounting', '{"es": "Alegra Contabilidad", "en": "Alegra Accounting", "pt": "Alegra Contabilidade"}'),
  ('CO', 'invoicing',  '{"es": "Alegra Facturación", "en": "Alegra Invoicing", "pt": "Alegra Faturamento"}'),
  ('CO', 'payroll',    '{"es": "Alegra Nómina", "en": "Alegra Payroll", "pt": "Alegra Folha de Pagamento"}'),
  ('CO', 'pos',        '{"es": "Alegra POS", "en": "Alegra POS", "pt": "Alegra PDV"}'),
  ('CO', 'store',      '{"es": "Alegra Tienda", "en": "Alegra Store", "pt": "Alegra Loja"}');

insert into integration_country (integration, country_version)
select integration, 'CO'
from unnest(array[
  'payu', 'mercadopago', 'wompi', 'epayco', 'bold', 'kushki', 'paypal', 'zapier']) as integration;

reset role;
