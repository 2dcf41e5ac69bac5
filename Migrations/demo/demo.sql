-- The demo companies. What comes out: Ejemplar (Colombia), Modelo (México) and Pampa (Argentina),
-- with what each has, and the people who sign in: their password is demo-ejemplar.
--
-- Run it by a superuser, or by a role that bypasses row-level security: the owner of the tables is
-- held by it too. Run again, it changes nothing.

insert into company (
  tenant_id, country_version, legal_name, trade_name,
  identification_type, identification_number, identification_check_digit, kind_of_person, regime,
  address_description, address_city, address_region, address_postal_code,
  phone, email, website, currency_code, timezone, decimal_precision,
  logo_url)
values (
  '00000000-0000-4000-8000-0000000000c1', 'CO', 'Ejemplar S.A.S.', 'Ejemplar',
  'NIT', '901234567', '7', 'LEGAL_ENTITY', 'COMMON_REGIME',
  'Carrera 7 # 71-21, oficina 502', 'Bogotá', 'Bogotá D.C.', '110231',
  '+576015550101', 'contacto@ejemplar.example', 'https://ejemplar.example/',
  'COP', 'America/Bogota', 2,
  '/logos/226f9bc78ef795793121c90103c3ad5d.png')
on conflict do nothing;

insert into company (
  tenant_id, country_version, legal_name, trade_name,
  identification_type, identification_number, kind_of_person, regime,
  address_street, address_exterior_number, address_interior_number, address_neighborhood,
  address_city, address_municipality, address_region, address_postal_code,
  phone, email, website, currency_code, timezone, decimal_precision,
  logo_url)
values (
  '00000000-0000-4000-8000-0000000000c2', 'MX', 'Modelo Comercial, S.A. de C.V.', 'Modelo',
  'RFC', 'MOD150203QZA', 'LEGAL_ENTITY', 'GENERAL_REGIME_OF_MORAL_PEOPLE_LAW',
  'Avenida Paseo de la Reforma', '222', 'Piso 8', 'Juárez',
  'Ciudad de México', 'Cuauhtémoc', 'Ciudad de México', '06600',
  '+525555550102', 'contacto@modelo.example', 'https://modelo.example/',
  'MXN', 'America/Mexico_City', 2,
  '/logos/c6bae2534b7928495a8908d225a8c05e.png')
on conflict do nothing;

insert into company (
  tenant_id, country_version, legal_name, trade_name,
  identification_type, identification_number, kind_of_person, regime,
  address_description, address_city, address_region, address_postal_code,
  phone, email, website, currency_code, timezone, decimal_precision)
values (
  '00000000-0000-4000-8000-0000000000c3', 'AR', 'Pampa S.R.L.', 'Pampa',
  'CUIT', '30712345671', 'LEGAL_ENTITY', 'RESPONSABLE_INSCRIPTO',
  'Avenida Corrientes 1234, piso 3', 'Buenos Aires', 'Ciudad Autónoma de Buenos Aires', 'C1043AAZ',
  '+541155550103', 'contacto@pampa.example', 'https://pampa.example/',
  'ARS', 'America/Argentina/Buenos_Aires', 2)
on conflict do nothing;

-- Logos: squares of one colour --------------------------------------------------------------------

insert into company_logo (tenant_id, name, digest, bytes)
select tenant_id::uuid, name, sha256(bytes::bytea), bytes::bytea
from (values
  ('00000000-0000-4000-8000-0000000000c1', '226f9bc78ef795793121c90103c3ad5d.png',
   '\x'
   '89504e470d0a1a0a0000000d4948445200000030000000300802000000d8606ed0000000394944415478daedce'
   '310d00000803b0f9f780081cce05e16852014d767e111212121212121212121212121212121212121212121212'
   '1212ba53c0aebea69e5c9eb40000000049454e44ae426082'),
  ('00000000-0000-4000-8000-0000000000c2', 'c6bae2534b7928495a8908d225a8c05e.png',
   '\x'
   '89504e470d0a1a0a0000000d4948445200000030000000300802000000d8606ed00000003a4944415478daedce'
   '410d00000804a06b6710d3daca16ce071b0148d7bc122121212121212121212121212121212121212121212121'
   '2121a13b0b711c0bc4465a68880000000049454e44ae426082')
) as logo (tenant_id, name, bytes)
on conflict do nothing;

-- People ------------------------------------------------------------------------------------------

insert into account (
  id, email, password_hash, password_changed_at, first_name, last_name, display_name, phone,
  country, language)
select
  person.id::uuid, person.email,
  '$scrypt$ln=14,r=8,p=5$vkThj0Ue9049mxwD0DPQlg$CvbF5ib7Ozi9vwYXblCaXm4ZlcOH2yFCbDaZ1V9nJmc',
  '2026-01-15 14:00:00+00', first_name, last_name, display_name, phone, country, 'es'
from (values
  ('00000000-0000-4000-8000-0000000000a1', 'ana@ejemplar.example',
   'Ana', 'Gómez', 'Anita', '+573005550101', 'CO'),
  ('00000000-0000-4000-8000-0000000000a2', 'luis@modelo.example',
   'Luis', 'Hernández', '', '+525555550112', 'MX'),
  ('00000000-0000-4000-8000-0000000000a3', 'sofia@pampa.example',
   'Sofía', 'Fernández', 'Sofi', '+541155550113', 'AR'),
  ('00000000-0000-4000-8000-0000000000a4', 'caro@ejemplar.example',
   'Carolina', 'Rojas', 'Caro', null, 'CO')
) as person (id, email, first_name, last_name, display_name, phone, country)
on conflict do nothing;

insert into account_google (account_id, subject, email, linked_at) values
  ('00000000-0000-4000-8000-0000000000a3', '100000000000000000103', 'sofia@pampa.example',
   '2026-02-03 12:30:00+00')
on conflict do nothing;

insert into membership (tenant_id, account_id, role, joined_at) values
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000a1',
   'administrator', '2026-01-15 14:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-0000000000a2',
   'administrator', '2026-01-20 16:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c3', '00000000-0000-4000-8000-0000000000a3',
   'administrator', '2026-02-03 12:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000a4',
   'seller', '2026-03-02 13:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-0000000000a4',
   'accountant', '2026-04-06 15:00:00+00')
on conflict do nothing;

-- What is known of them: confirmed when they signed up, but for what a solution reported ----------

update company_confirmation n
set kind = 'HUB', confirmed_by = person.id::uuid, confirmed_by_name = person.name,
  confirmed_at = person.at::timestamptz
from company c
join (values
  ('00000000-0000-4000-8000-0000000000c1'::uuid, '00000000-0000-4000-8000-0000000000a1', 'Anita',
   '2026-01-15 14:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-0000000000a2',
   'Luis Hernández', '2026-01-20 16:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c3', '00000000-0000-4000-8000-0000000000a3', 'Sofi',
   '2026-02-03 12:00:00+00')
) as person (tenant_id, id, name, at) on person.tenant_id = c.tenant_id
where n.tenant_id = c.tenant_id and n.confirmed_at = c.created_at
  and (c.country_version, n.field) not in (('CO', 'phone'), ('MX', 'website'));

delete from company_confirmation n
using company c
where n.tenant_id = c.tenant_id and n.confirmed_at = c.created_at
  and c.tenant_id in (
    '00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000c2')
  and (c.country_version, n.field) in (('CO', 'phone'), ('MX', 'website'));

insert into company_claim (tenant_id, field, source, reported_at, value, received_at) values
  ('00000000-0000-4000-8000-0000000000c1', 'phone', 'accounting', '2026-02-01 15:00:00+00',
   '"+576015550101"', '2026-02-01 15:00:01+00'),
  ('00000000-0000-4000-8000-0000000000c1', 'phone', 'pos', '2026-01-31 15:00:00+00',
   '"+576015550199"', '2026-02-02 15:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c1', 'tradeName', 'invoicing', '2026-03-01 15:00:00+00',
   '"Ejemplar Colombia"', '2026-03-01 15:00:01+00'),
  ('00000000-0000-4000-8000-0000000000c2', 'website', 'store', '2026-02-10 17:00:00+00',
   '"https://modelo.example/"', '2026-02-10 17:00:01+00')
on conflict do nothing;

-- Solutions: each status is there somewhere -------------------------------------------------------

insert into company_solution (
  tenant_id, solution, country_version, plan, state, activated_at, trial_ends_at)
values
  ('00000000-0000-4000-8000-0000000000c1', 'accounting', 'CO', 'pro', 'ACTIVE',
   '2026-01-15 14:00:00+00', '2026-01-30 14:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c1', 'invoicing', 'CO', 'pro', 'ACTIVE',
   '2026-01-15 14:00:00+00', '2026-01-30 14:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c1', 'payroll', 'CO', 'plus', 'TRIAL',
   now(), now() + interval '15 days'),
  ('00000000-0000-4000-8000-0000000000c1', 'pos', 'CO', 'pyme', 'READ_ONLY',
   '2026-03-01 15:00:00+00', '2026-03-16 15:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c2', 'accounting', 'MX', 'pro', 'TRIAL',
   now(), now() + interval '15 days'),
  ('00000000-0000-4000-8000-0000000000c2', 'invoicing', 'MX', 'plus', 'ACTIVE',
   '2026-01-20 16:00:00+00', null),
  ('00000000-0000-4000-8000-0000000000c2', 'store', 'MX', 'plus', 'ACTIVE',
   '2026-02-10 16:00:00+00', null),
  ('00000000-0000-4000-8000-0000000000c3', 'accounting', 'AR', 'emprendedor', 'ACTIVE',
   '2026-02-03 12:00:00+00', '2026-02-18 12:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c3', 'pos', 'AR', 'emprendedor', 'READ_ONLY',
   '2026-02-03 12:00:00+00', '2026-02-18 12:00:00+00')
on conflict do nothing;

-- Roles by solution, and who was asked to join ----------------------------------------------------

insert into solution_role (tenant_id, account_id, solution, role) values
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000a4', 'invoicing',
   'assistant'),
  ('00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-0000000000a4', 'store',
   'seller')
on conflict do nothing;

insert into invitation (
  tenant_id, id, email, role, solution_roles, invited_by, invited_by_name, invited_at, expires_at)
values
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000f1',
   'diego@ejemplar.example', 'accountant', '{"payroll": "assistant"}',
   '00000000-0000-4000-8000-0000000000a1', 'Anita', now(), now() + interval '7 days'),
  ('00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-0000000000f2',
   'elena@modelo.example', 'administrator', '{}',
   '00000000-0000-4000-8000-0000000000a2', 'Luis Hernández', '2026-05-02 15:00:00+00',
   '2026-05-09 15:00:00+00')
on conflict do nothing;

-- Integrations: Pampa still has one that Argentina no longer offers -------------------------------

insert into integration_connection (
  tenant_id, integration, state, failure, connected_at, connected_by, connected_by_name, checked_at)
values
  ('00000000-0000-4000-8000-0000000000c1', 'payu', 'CONNECTED', null,
   '2026-02-01 15:00:00+00', '00000000-0000-4000-8000-0000000000a1', 'Anita',
   '2026-02-01 15:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c1', 'zapier', 'CONNECTED', null,
   '2026-03-10 15:00:00+00', '00000000-0000-4000-8000-0000000000a1', 'Anita',
   '2026-03-10 15:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c2', 'conekta', 'CONNECTED', null,
   '2026-02-12 17:00:00+00', '00000000-0000-4000-8000-0000000000a2', 'Luis Hernández',
   '2026-02-12 17:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c2', 'stripe', 'ERROR', 'CREDENTIALS_REFUSED',
   '2026-02-20 17:00:00+00', '00000000-0000-4000-8000-0000000000a4', 'Caro',
   '2026-05-01 06:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c3', 'mercadopago', 'CONNECTED', null,
   '2026-02-05 13:00:00+00', '00000000-0000-4000-8000-0000000000a3', 'Sofi',
   '2026-02-05 13:00:00+00'),
  ('00000000-0000-4000-8000-0000000000c3', 'payu', 'CONNECTED', null,
   '2026-02-05 13:30:00+00', '00000000-0000-4000-8000-0000000000a3', 'Sofi',
   '2026-02-05 13:30:00+00')
on conflict do nothing;
