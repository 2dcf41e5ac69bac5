-- A person: exists once, and may belong to several companies. What comes out: accounts, of which
-- the server sees only the one that its request is made for (app.account_id).
--
-- These are no tenant tables. The password's hash is readable by hub_auth alone, whose functions
-- sign people in; hub_app is told only whether there is one.

set local role hub_owner;

-- The hub counts a name's characters as people do; one of them may be many code points.
create table account (
  id uuid primary key default gen_random_uuid()
    check (id <> '00000000-0000-0000-0000-000000000000'),
  email text not null
    check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and char_length(email) <= 254),
  email_key text not null generated always as (lower(email)) stored unique,
  pending_email text check (pending_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  password_hash text,
  has_password boolean not null generated always as (password_hash is not null) stored,
  password_changed_at timestamptz,
  first_name text not null default '' check (char_length(first_name) <= 960),
  last_name text not null default '' check (char_length(last_name) <= 960),
  display_name text not null default '' check (char_length(display_name) <= 960),
  phone text check (phone ~ '^\+[1-9][0-9]{1,14}$'),
  country text not null check (country ~ '^[A-Z]{2}$'),
  language text not null default 'es' references language,
  photo_url text check (char_length(photo_url) <= 2048),
  last_tenant_id uuid,
  revision bigint not null default 1,
  field_revisions jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table account is
  'A person with a login, once, whatever companies they belong to. The hub''s sections Perfil and '
  'Seguridad.';
comment on column account.id is 'Stays the same for the life of the account.';
comment on column account.email is 'The confirmed address to sign in with, as it was written.';
comment on column account.email_key is
  'The address in lower case: by it addresses are found, and unique over all companies.';
comment on column account.pending_email is 'A new address that waits to be confirmed.';
comment on column account.password_hash is
  'scrypt, in the PHC format ($scrypt$ln=14,r=8,p=5$salt$hash); null without a password. Sealed '
  'from everybody but hub_auth.';
comment on column account.has_password is 'Whether the person can sign in with a password.';
comment on column account.password_changed_at is 'When the person last chose a password.';
comment on column account.first_name is 'Nombre.';
comment on column account.last_name is 'Apellido.';
comment on column account.display_name is
  'Nombre en Alegra: how the products address the person; where it is empty, by the first name.';
comment on column account.phone is 'The telephone in E.164, such as +573005550101.';
comment on column account.country is
  'The country the person signed up in, ISO 3166-1 alpha-2; not the country version of a company.';
comment on column account.language is 'The language that the hub speaks with the person.';
comment on column account.photo_url is 'Where the photo is served.';
comment on column account.last_tenant_id is
  'The company last entered: the first guess at the next sign-in. Only a guess: whether the person '
  'still belongs there is asked of membership, always.';
comment on column account.revision is 'Counts up by one with each change of what the person edits.';
comment on column account.field_revisions is
  'The revision of the last change of each column; a column that never changed is not there.';
comment on column account.created_at is 'When the person signed up.';
comment on column account.updated_at is 'When the revision last counted up.';

-- What the sign-in writes is no edit of the profile; generated columns are not known yet in a
-- BEFORE trigger.
create trigger account_keep_revision before update on account
for each row execute function keep_revision(
  'email_key', 'has_password', 'password_hash', 'last_tenant_id');

alter table account enable row level security, force row level security;

create policy account_of_request on account to hub_app
  using (id = (select nullif(current_setting('app.account_id', true), '')::uuid));

grant select (
  id, email, email_key, pending_email, has_password, password_changed_at, first_name, last_name,
  display_name, phone, country, language, photo_url, last_tenant_id, revision, field_revisions,
  created_at, updated_at) on account to hub_app;
grant update (first_name, last_name, display_name, phone, country, language)
  on account to hub_app_write;

-- hub_auth finds a person by address, and keeps what a sign-in changes.
create policy account_for_auth on account for select to hub_auth using (true);
create policy account_by_auth on account for update to hub_auth using (true);
grant select on account to hub_auth;
grant update (password_hash, last_tenant_id) on account to hub_auth;

-- Google ------------------------------------------------------------------------------------------

create table account_google (
  account_id uuid primary key references account on delete cascade,
  subject text not null unique check (char_length(subject) between 1 and 255),
  email text not null,
  linked_at timestamptz not null default now()
);

comment on table account_google is 'The Google account that a person has linked for signing in.';
comment on column account_google.account_id is 'The person; each has one link at most.';
comment on column account_google.subject is
  'Google''s own identifier (sub). The key of the link: an address may change hands, this not.';
comment on column account_google.email is 'The Google account''s address when it was linked.';
comment on column account_google.linked_at is 'When it was linked.';

alter table account_google enable row level security, force row level security;

create policy account_google_of_request on account_google for select to hub_app
  using (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));

grant select on account_google to hub_app;

reset role;
