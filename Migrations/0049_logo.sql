-- The logo of a company. What comes out: one image a company, and the functions of hub_company that
-- keep, remove and serve it. An image is found by its name alone, which nobody can guess.

set local row_security = on;

set local role hub_owner;

create table company_logo (
  tenant_id uuid primary key references company on delete cascade
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  name text not null check (name ~ '^[0-9a-f]{32}\.(png|jpg|webp)$'),
  digest bytea not null check (length(digest) = 32),
  bytes bytea not null check (length(bytes) between 1 and 67108864),
  stored_at timestamptz not null default now()
);

-- No unique index: a key without the tenant would tell one company of another's row, and 128 random
-- bits do not meet.
create index company_logo_by_name on company_logo (name);

-- Images are compressed already: pressing them again costs time and gains nothing.
alter table company_logo alter column bytes set storage external;

comment on table company_logo is
  'The logo of each company that has one, without metadata. Replaced, never edited: another image '
  'has another name.';
comment on column company_logo.tenant_id is 'Whose it is; each company has one at most.';
comment on column company_logo.name is
  'What it is served under: 128 random bits and the ending of its kind. Whoever knows it may see '
  'the logo; whoever does not cannot find it.';
comment on column company_logo.digest is
  'SHA-256 of the bytes: the same image once more changes nothing. [exported]';
comment on column company_logo.bytes is 'The image as it is served. [exported]';
comment on column company_logo.stored_at is 'When it was uploaded.';

alter table company_logo enable row level security, force row level security;

create policy company_logo_of_tenant on company_logo for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy company_logo_by_company on company_logo to hub_company using (true);
grant select (tenant_id, stored_at) on company_logo to hub_app;
grant select, insert, update, delete on company_logo to hub_company;
grant update (logo_url) on company to hub_company;

comment on column company.logo_url is
  'Where the logo is served: a path below the server''s public address, or a whole address; null '
  'where there is none.';

reset role;

grant create on schema public to hub_company;
set local role hub_company;

create function keep_logo(
  tenant uuid, name text, digest bytea, bytes bytea, out logo_url text, out revision bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  kept text;
begin
  -- Of two uploads at once the second waits here, and is held against the first one's image.
  perform from company c where c.tenant_id = keep_logo.tenant for no key update;
  select l.name into kept
  from company_logo l
  where l.tenant_id = keep_logo.tenant and l.digest = keep_logo.digest;
  if kept is null then
    kept := keep_logo.name;
    insert into company_logo as l (tenant_id, name, digest, bytes)
    values (keep_logo.tenant, kept, keep_logo.digest, keep_logo.bytes)
    on conflict (tenant_id) do update
    set name = excluded.name, digest = excluded.digest, bytes = excluded.bytes, stored_at = now();
  end if;
  update company c set logo_url = '/logos/' || kept
  where c.tenant_id = keep_logo.tenant
  returning c.logo_url, c.revision into keep_logo.logo_url, keep_logo.revision;
end
$$;

comment on function keep_logo(uuid, text, bytea, bytea) is
  'Gives a company a logo in the place of the one it has. The same image as that one (by its '
  'digest) keeps its name, and nothing changes.';

create function remove_logo(tenant uuid, out revision bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update company c set logo_url = null
  where c.tenant_id = remove_logo.tenant
  returning c.revision into remove_logo.revision;
  delete from company_logo l where l.tenant_id = remove_logo.tenant;
end
$$;

comment on function remove_logo(uuid) is
  'Takes a company''s logo away, where it has one; it is served no more.';

create function logo_length(name text) returns text
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select length(l.bytes)::text from company_logo l where l.name = logo_length.name limit 1
$$;

create function logo_bytes(name text) returns bytea
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select l.bytes from company_logo l where l.name = logo_bytes.name limit 1
$$;

comment on function logo_length(text) is
  'How many bytes the logo of this name has; null where there is none (any more).';
comment on function logo_bytes(text) is
  'The logo of this name; null where there is none (any more). To know the name is the right to '
  'see it.';

grant execute on function keep_logo(uuid, text, bytea, bytea), remove_logo(uuid)
  to hub_app_write;
grant execute on function logo_length(text), logo_bytes(text) to hub_app;

reset role;
revoke create on schema public from hub_company;
