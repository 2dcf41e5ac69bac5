-- Opening a session, whatever it was proved by. What comes out: enter(), which password, Google and
-- second factor end in, and when a person last proved who they are.

set local row_security = on;

set local role hub_owner;

alter table session
  add column address_range text not null default '' check (char_length(address_range) <= 64),
  add column authenticated_at timestamptz not null default now();

comment on column session.address_range is
  'The network that the person signed in from, such as 192.0.2.0/24; empty where it is not known.';
comment on column session.authenticated_at is
  'When the person last proved who they are, at sign-in or since. What is sensitive asks for a '
  'proof that is fresh.';

create function is_fresh(authenticated_at timestamptz) returns boolean
language sql stable
as $$ select authenticated_at > now() - interval '10 minutes' $$;

comment on function is_fresh(timestamptz) is
  'Whether a proof of who somebody is may still be relied on for what is sensitive.';

grant execute on function is_fresh(timestamptz) to hub_app, hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

drop function sign_in(uuid, text, uuid, text, bytea, integer, integer);

create function enter(
  account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea,
  idle_seconds integer, absolute_seconds integer,
  out outcome text, out session_id uuid, out tenant_id uuid)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  belongs_to uuid[];
begin
  select a.* into person from account a where a.id = enter.account for no key update;
  select coalesce(array_agg(m.tenant_id), '{}') into belongs_to
  from membership m where m.account_id = person.id;

  tenant_id := case
    when wanted_tenant is not null then wanted_tenant
    when person.last_tenant_id = any (belongs_to) then person.last_tenant_id
    when cardinality(belongs_to) = 1 then belongs_to[1]
  end;
  outcome := case
    when cardinality(belongs_to) = 0 then 'no_company'
    when tenant_id is null then 'choose_company'
    when tenant_id <> all (belongs_to) then 'not_member'
    else 'signed_in'
  end;
  if outcome <> 'signed_in' then
    tenant_id := null;
    return;
  end if;

  update account a set last_tenant_id = enter.tenant_id
  where a.id = person.id and a.last_tenant_id is distinct from enter.tenant_id;

  insert into session as s (
    account_id, last_tenant_id, device, address_range, expires_at, idle_expires_at)
  values (
    person.id, enter.tenant_id, left(enter.device, 200), enter.address_range,
    now() + make_interval(secs => absolute_seconds),
    now() + make_interval(secs => least(idle_seconds, absolute_seconds)))
  returning s.id into session_id;

  insert into refresh_token (hash, session_id) values (refresh_hash, enter.session_id);
end
$$;

comment on function enter(uuid, uuid, text, text, bytea, integer, integer) is
  'Opens a session for a person who has just proved who they are. Outcomes: signed_in (session_id, '
  'tenant_id are given); choose_company (none was wanted, none is the last used); no_company; '
  'not_member (of the company wanted). Runs with the rights of its caller, which is a function of '
  'hub_auth that checked the proof.';

create function sign_in(
  account uuid, expected_password_hash text, wanted_tenant uuid, device text, address_range text,
  refresh_hash bytea, idle_seconds integer, absolute_seconds integer,
  out outcome text, out session_id uuid, out tenant_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  select a.* into person from account a where a.id = sign_in.account for no key update;
  if person.password_hash is null or person.password_hash is distinct from expected_password_hash
  then
    outcome := 'changed';
    return;
  end if;
  delete from sign_in_guess g
  where g.email_hash = sha256(convert_to(person.email_key, 'UTF8'));
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter(
    person.id, wanted_tenant, device, address_range, refresh_hash, idle_seconds,
    absolute_seconds) as entered;
end
$$;

comment on function sign_in(uuid, text, uuid, text, text, bytea, integer, integer) is
  'Opens a session for a person whose password was just verified against expected_password_hash. '
  'Outcomes: those of enter(); changed (the password is another one by now: refuse as a wrong '
  'password).';

grant execute on function sign_in(uuid, text, uuid, text, text, bytea, integer, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
