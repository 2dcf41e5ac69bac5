-- Who belongs to which company, and in which role. What comes out: the one table that a company
-- and a person both may read, each their own rows.
--
-- Neither may read the other's table, so a membership carries what each may see: the company's
-- name for the person, the person's name and address for the company. Triggers keep the copies.

set local role hub_owner;

create table membership (
  tenant_id uuid not null check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  account_id uuid not null references account on delete cascade,
  role text not null check (role in ('administrator', 'accountant', 'assistant', 'seller')),
  joined_at timestamptz not null default now(),
  country_version text not null,
  company_name text not null,
  display_name text not null,
  email text not null,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, country_version) references company (tenant_id, country_version)
    on update cascade on delete cascade
);

create index membership_by_account on membership (account_id);

comment on table membership is
  'A person''s belonging to a company. Without a row here a person reaches nothing of it, whatever '
  'token they hold; taking the row away or changing the role takes effect with the next request.';
comment on column membership.tenant_id is 'The company.';
comment on column membership.account_id is 'The person.';
comment on column membership.role is
  'What the person may do: administrator, accountant, assistant or seller.';
comment on column membership.joined_at is 'When the person joined.';
comment on column membership.country_version is
  'The company''s country version, so that the context of a request is read without the company. '
  'Taken by trigger, kept by the foreign key.';
comment on column membership.company_name is
  'What the person sees of the company: its trade name, or else its registered name. Kept by '
  'trigger.';
comment on column membership.display_name is
  'What the company sees of the person: the name in Alegra, or else first and last name. Kept by '
  'trigger.';
comment on column membership.email is
  'What the company sees of the person: the address they sign in with. Kept by trigger.';

alter table membership enable row level security, force row level security;

create policy membership_of_tenant on membership for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy membership_of_account on membership for select to hub_app
  using (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));

grant select on membership to hub_app;

create policy membership_for_auth on membership for select to hub_auth using (true);
create policy membership_by_auth on membership for update to hub_auth using (true);
grant select on membership to hub_auth;
grant update (company_name, display_name, email) on membership to hub_auth;

reset role;

-- The copies --------------------------------------------------------------------------------------
-- The triggers cross from one side to the other, so their functions belong to hub_auth. Making a
-- function needs CREATE on the schema, which hub_auth has for the length of this file only.

grant create on schema public to hub_auth;
set local role hub_auth;

create function membership_take_copies() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  select c.country_version, coalesce(nullif(c.trade_name, ''), c.legal_name)
  into new.country_version, new.company_name
  from company c
  where c.tenant_id = new.tenant_id;

  select coalesce(nullif(a.display_name, ''), btrim(a.first_name || ' ' || a.last_name)), a.email
  into new.display_name, new.email
  from account a
  where a.id = new.account_id;
  return new;
end
$$;

comment on function membership_take_copies() is
  'Trigger: a new membership takes what each side shows the other, and the country version.';

create function company_give_name() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update membership m
  set company_name = coalesce(nullif(new.trade_name, ''), new.legal_name)
  where m.tenant_id = new.tenant_id;
  return null;
end
$$;

comment on function company_give_name() is
  'Trigger: a company that changes its name gives the new one to its memberships.';

create function account_give_names() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update membership m
  set display_name =
        coalesce(nullif(new.display_name, ''), btrim(new.first_name || ' ' || new.last_name)),
      email = new.email
  where m.account_id = new.id;
  return null;
end
$$;

comment on function account_give_names() is
  'Trigger: a person who changes name or address gives the new ones to their memberships.';

grant execute on function membership_take_copies(), company_give_name(), account_give_names()
  to hub_owner;

reset role;
revoke create on schema public from hub_auth;
set local role hub_owner;

create trigger membership_take_copies before insert on membership
for each row execute function membership_take_copies();

create trigger company_give_name
after update of legal_name, trade_name on company
for each row
when (old.legal_name is distinct from new.legal_name
  or old.trade_name is distinct from new.trade_name)
execute function company_give_name();

create trigger account_give_names
after update of first_name, last_name, display_name, email on account
for each row
when ((old.first_name, old.last_name, old.display_name, old.email)
  is distinct from (new.first_name, new.last_name, new.display_name, new.email))
execute function account_give_names();

reset role;
