-- A person who belongs to no company any more. What comes out: sessions without a company, in which
-- they have what is theirs (their profile, the security of their login, their data and the end of
-- their account) and nothing else; the next refresh goes on in a company once there is one.
--
-- Such a session's access tokens carry the zero uuid, which no tenant's row may have: what every
-- policy and every statement asks of a company finds nothing.

set local row_security = on;

grant create on schema public to hub_auth;
set local role hub_auth;

create or replace function enter(
  account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea,
  idle_seconds integer, absolute_seconds integer,
  out outcome text, out session_id uuid, out tenant_id uuid)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  belongs_to uuid[];
  is_known boolean;
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
    when tenant_id is null and cardinality(belongs_to) > 0 then 'choose_company'
    when tenant_id is not null and tenant_id <> all (belongs_to) then 'not_member'
    else 'signed_in'
  end;
  if outcome <> 'signed_in' then
    tenant_id := null;
    return;
  end if;

  update account a set last_tenant_id = enter.tenant_id
  where a.id = person.id and a.last_tenant_id is distinct from enter.tenant_id;

  -- Null before the first session ever, which nobody needs to be told of: no device is new then.
  -- The account's row is locked, so of two sign-ins at once one comes first.
  select bool_or(s.device = left(enter.device, 200)) into is_known
  from session s where s.account_id = person.id;
  if not is_known then
    perform ask_mail('new_device', person.id, null, jsonb_build_object(
      'device', left(enter.device, 200), 'address_range', enter.address_range));
  end if;

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
  'Opens a session for a person who has just proved who they are. Outcomes: signed_in (session_id '
  'is given, and tenant_id where the person belongs to a company); choose_company (none was '
  'wanted, none is the last used); not_member (of the company wanted). Runs with the rights of '
  'its caller, which is a function of hub_auth that checked the proof.';

create or replace function refresh_session(
  token_hash bytea, new_hash bytea, idle_seconds integer,
  out outcome text, out account_id uuid, out tenant_id uuid, out session_id uuid,
  out successor_hash bytea)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  token refresh_token;
  open_session session;
begin
  -- Two that come with the same token at the same instant: the second waits here, and then reads
  -- what the first has written.
  select t.* into token from refresh_token t where t.hash = token_hash for update;
  if not found then
    outcome := 'unknown';
    return;
  end if;
  select s.* into open_session from session s where s.id = token.session_id for no key update;
  -- Who belonged to no company may belong to one by now.
  if open_session.last_tenant_id is null then
    select m.tenant_id into open_session.last_tenant_id
    from membership m where m.account_id = open_session.account_id
    order by m.company_name, m.tenant_id
    limit 1;
  end if;

  outcome := case
    when open_session.revoked_at is not null then 'revoked'
    when least(open_session.expires_at, open_session.idle_expires_at) <= now() then 'expired'
    when token.used_at <= now() - interval '10 seconds' then 'reused'
    when open_session.last_tenant_id is not null and not exists (
      select from membership m
      where m.tenant_id = open_session.last_tenant_id and m.account_id = open_session.account_id)
      then 'not_member'
    when token.used_at is not null then 'repeated'
    else 'refreshed'
  end;

  if outcome = 'reused' then
    update session s set revoked_at = now() where s.id = open_session.id;
  elsif outcome = 'refreshed' then
    update refresh_token t set used_at = now(), successor_hash = new_hash where t.hash = token.hash;
    insert into refresh_token (hash, session_id) values (new_hash, open_session.id);
    update session s
    set last_seen_at = now(), last_tenant_id = open_session.last_tenant_id,
        idle_expires_at = least(now() + make_interval(secs => idle_seconds), s.expires_at)
    where s.id = open_session.id;
  end if;

  if outcome in ('refreshed', 'repeated') then
    account_id := open_session.account_id;
    tenant_id := open_session.last_tenant_id;
    session_id := open_session.id;
    successor_hash := case when outcome = 'repeated' then token.successor_hash else new_hash end;
  end if;
end
$$;

comment on function refresh_session(bytea, bytea, integer) is
  'Exchanges a refresh token for its successor. Outcomes: refreshed (successor_hash is the one '
  'given); repeated (the same token within 10 seconds, as two tabs send it: successor_hash is the '
  'one of the first time); reused (later: a sign of theft, the session was revoked by this call); '
  'revoked; expired; unknown; not_member (of the company it was in; nothing was exchanged). '
  'Ids are given with the first two only, and tenant_id where the person belongs to a company.';

create or replace function membership_end_sessions() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  next_tenant uuid;
begin
  select m.tenant_id into next_tenant
  from membership m
  where m.account_id = old.account_id
  order by m.company_name, m.tenant_id
  limit 1;
  update session s set last_tenant_id = next_tenant
  where s.account_id = old.account_id and s.last_tenant_id = old.tenant_id
    and s.revoked_at is null;
  update account a set last_tenant_id = next_tenant
  where a.id = old.account_id and a.last_tenant_id = old.tenant_id;
  return null;
end
$$;

comment on function membership_end_sessions() is
  'Trigger: the sessions that a person has in a company they no longer belong to go on in another '
  'of their companies with the next refresh, or in none.';

comment on function leave_company(uuid, uuid, uuid) is
  'Ends one''s own membership. Outcomes: left (next_tenant is where the session goes on; null: in '
  'no company); last_administrator.';

reset role;
revoke create on schema public from hub_auth;
set local role hub_owner;

comment on column session.last_tenant_id is
  'The company this session was last in: where its next refresh goes on. A guess, as in account; '
  'null while the person belongs to no company.';

create or replace function app_guard(tenant uuid, account uuid, session uuid, roles text[])
returns void
language plpgsql volatile
set search_path = pg_catalog, public, pg_temp
as $$
declare
  -- Of somebody who is in no company; no tenant has it.
  nowhere constant uuid := '00000000-0000-0000-0000-000000000000';
  held text;
  lives boolean;
begin
  select true, m.role into lives, held
  from session s
  left join membership m on m.tenant_id = app_guard.tenant and m.account_id = app_guard.account
  where s.id = app_guard.session and s.account_id = app_guard.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();

  if lives is null or held is null and app_guard.tenant <> nowhere then
    raise exception 'the session is over, or the person is no member any more'
      using errcode = 'HB401';
  elsif app_guard.roles is not null and (held = any (app_guard.roles)) is not true then
    raise exception 'the role % does not permit this', held
      using errcode = 'HB403';
  end if;
  perform set_config('app.actor', 'account:' || app_guard.account, true);
end
$$;

comment on function app_guard(uuid, uuid, uuid, text[]) is
  'Raises HB401 where the session is dead or the account no member of the tenant, HB403 where the '
  'member''s role is not one of those given; null for the roles: any member, and the zero uuid for '
  'the tenant: a person in no company. From then on the transaction acts for the account '
  '(app.actor). Reads through the policies of hub_app, so app.tenant_id and app.account_id must '
  'be set to the same two.';

reset role;
