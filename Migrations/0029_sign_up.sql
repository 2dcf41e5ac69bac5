-- Signing up. What comes out: the request, which is answered alike for a new address and a known
-- one; its confirmation, which makes person, company and membership and opens a session.
--
-- Before the mail's link is used there is nothing but the link: no person, no company, no password
-- and no name that somebody else could have set for the owner of the address.

set local row_security = on;

set local role hub_owner;

create index one_time_link_by_address on one_time_link (lower(address), purpose)
  where account_id is null and used_at is null and voided_at is null;

create policy account_by_sign_up on account for insert to hub_auth with check (true);
grant insert (
  email, password_hash, password_changed_at, first_name, last_name, country, language)
  on account to hub_auth;
create policy company_by_sign_up on company for insert to hub_auth with check (true);
grant insert (
  tenant_id, country_version, legal_name, kind_of_person, currency_code, timezone,
  decimal_precision) on company to hub_auth;
create policy membership_by_sign_up on membership for insert to hub_auth with check (true);
grant insert (tenant_id, account_id, role) on membership to hub_auth;
grant select on country_version, kind_of_person to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function sign_up(
  email text, language text, lifetime_seconds integer, requests_max integer,
  window_seconds integer)
returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  link uuid;
begin
  if not count_link_request('sign_up', email, requests_max, window_seconds) then
    return;
  end if;
  select a.* into person from account a where a.email_key = lower(sign_up.email);
  update one_time_link l set voided_at = now()
  where l.purpose = 'sign_up' and lower(l.address) = lower(sign_up.email)
    and l.account_id is null and l.used_at is null and l.voided_at is null;
  -- A known address gets a link too, which no mail carries: both cases do the same work.
  link := make_link('sign_up', null, email, make_interval(secs => lifetime_seconds));
  if person.id is null then
    insert into mail (kind, account_id, address, name, language, link_id)
    values ('sign_up', null, email, '', sign_up.language, link);
  else
    insert into mail (kind, account_id, address, name, language, link_id)
    values (
      'sign_up_known', person.id, person.email,
      coalesce(nullif(person.display_name, ''), person.first_name),
      mail_language(person.language, person.country), null);
  end if;
end
$$;

comment on function sign_up(text, text, integer, integer, integer) is
  'Asks for a mail with a link to sign up by; links of before are void. Who has an account already '
  'is told so by the mail, and by nothing else.';

create function make_person(
  email text, password_hash text, first_name text, last_name text, country text, language text)
returns uuid
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  insert into account (
    email, password_hash, password_changed_at, first_name, last_name, country, language)
  values (
    make_person.email, make_person.password_hash,
    case when make_person.password_hash is not null then now() end, make_person.first_name,
    make_person.last_name, make_person.country, make_person.language)
  returning id
$$;

comment on function make_person(text, text, text, text, text, text) is
  'Makes a person whose address has proved to be theirs; the password''s hash may be null. An '
  'address that somebody has is a unique violation. Runs with the rights of its caller, a function '
  'of hub_auth.';

create function make_company(administrator uuid, country_version text, legal_name text)
returns uuid
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  made constant uuid := gen_random_uuid();
begin
  insert into company (
    tenant_id, country_version, legal_name, kind_of_person, currency_code, timezone,
    decimal_precision)
  select made, v.code, make_company.legal_name,
    (select k.code from kind_of_person k where k.country_version = v.code
     order by k.position limit 1),
    v.currency_code, v.timezone, v.decimal_precision_default
  from country_version v
  where v.code = make_company.country_version;
  insert into membership (tenant_id, account_id, role)
  values (made, make_company.administrator, 'administrator');
  return made;
end
$$;

comment on function make_company(uuid, text, text) is
  'Makes a company with what its country version starts with, and its first administrator. Runs '
  'with the rights of its caller, a function of hub_auth.';

create function confirm_sign_up(
  link uuid, password_hash text, first_name text, last_name text, country text, language text,
  legal_name text, country_version text, device text, address_range text, refresh_hash bytea,
  idle_seconds integer, absolute_seconds integer,
  out outcome text, out account_id uuid, out session_id uuid, out tenant_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  used one_time_link;
begin
  -- A refusal takes the use of the link back with it. Of two at once for one address, whatever
  -- links they hold, the second waits for the first and finds the address taken.
  begin
    select * into used from use_link(confirm_sign_up.link, 'sign_up');
    if used.id is null then
      outcome := 'invalid';
      return;
    end if;
    account_id := make_person(
      used.address, confirm_sign_up.password_hash, confirm_sign_up.first_name,
      confirm_sign_up.last_name, confirm_sign_up.country, confirm_sign_up.language);
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  perform make_company(
    account_id, confirm_sign_up.country_version, confirm_sign_up.legal_name);
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter(
    account_id, null, device, address_range, refresh_hash, idle_seconds, absolute_seconds)
    as entered;
end
$$;

comment on function confirm_sign_up(
  uuid, text, text, text, text, text, text, text, text, text, bytea, integer, integer) is
  'Uses a sign-up link: makes person, company and membership, and opens a session. Outcomes: '
  'signed_in (the ids are given); taken (somebody has the address by now); invalid (the link is '
  'unknown, for another purpose, expired, void or used). Only signed_in uses the link.';

grant execute on function
  sign_up(text, text, integer, integer, integer),
  confirm_sign_up(
    uuid, text, text, text, text, text, text, text, text, text, bytea, integer, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
