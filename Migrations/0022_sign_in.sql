-- Signing in, going on, signing out. What comes out: the functions of hub_auth, the only way from
-- an address or a token to a person. A refusal is a value, not an error: what a refusal writes
-- (a count, a revocation) must be committed with it.
--
-- Each function does one thing with the rows that its arguments name; none lists, none searches.
-- Passwords are never compared here: the server reads the hash, runs scrypt with no transaction
-- open, and names the hash that it verified when it signs in.

-- Migrations run with row_security off, so that a backfill that policies would hide is an error.
-- SQL functions are planned when they are made, and these are meant to be held by their policies.
set local row_security = on;

grant create on schema public to hub_auth;
set local role hub_auth;

-- Before the sign-in ------------------------------------------------------------------------------

create function account_for_sign_in(
  email text, out account_id uuid, out password_hash text, out language text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select a.id, a.password_hash, a.language
  from (values (lower(account_for_sign_in.email))) as wanted (email_key)
  left join account a on a.email_key = wanted.email_key
$$;

comment on function account_for_sign_in(text) is
  'The account of an address, with the hash to verify the password against: always one row, all '
  'null where nobody signs in with that address, so that both cases cost the same.';

create function count_guess(
  email text, guesses_max integer, window_seconds integer,
  out allowed boolean, out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  counted sign_in_guess;
  span constant interval := make_interval(secs => window_seconds);
begin
  insert into sign_in_guess as g (email_hash, guesses)
  values (sha256(convert_to(lower(email), 'UTF8')), 1)
  on conflict (email_hash) do update
  set guesses = case when g.window_started_at > now() - span then g.guesses + 1 else 1 end,
      window_started_at =
        case when g.window_started_at > now() - span then g.window_started_at else now() end
  returning g.* into counted;

  allowed := counted.guesses <= guesses_max;
  retry_after_seconds := case when allowed then 0
    else ceil(extract(epoch from counted.window_started_at + span - now())) end;

  -- Whoever comes by takes a few old rows out, so that the table stays small by itself.
  delete from sign_in_guess
  where email_hash in (
    select old.email_hash from sign_in_guess old
    where old.window_started_at < now() - greatest(span, interval '1 day')
    limit 10
    for update skip locked);
end
$$;

comment on function count_guess(text, integer, integer) is
  'Counts one guess at the password of an address, before the password is looked at, and says '
  'whether it is allowed: at most guesses_max within window_seconds. Commit it: call it in a batch '
  'of its own.';

create function companies_of(account uuid)
returns table (tenant_id uuid, company_name text, role text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select m.tenant_id, m.company_name, m.role
  from membership m
  where m.account_id = companies_of.account
  order by m.company_name, m.tenant_id
$$;

comment on function companies_of(uuid) is
  'The companies that a person belongs to, by name: the choice at sign-in, asked for only after '
  'the password was verified.';

-- The sign-in -------------------------------------------------------------------------------------

create function sign_in(
  account uuid, expected_password_hash text, wanted_tenant uuid, device text, refresh_hash bytea,
  idle_seconds integer, absolute_seconds integer,
  out outcome text, out session_id uuid, out tenant_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  belongs_to uuid[];
begin
  select a.* into person from account a where a.id = sign_in.account for no key update;
  if person.password_hash is null or person.password_hash is distinct from expected_password_hash
  then
    outcome := 'changed';
    return;
  end if;
  delete from sign_in_guess g
  where g.email_hash = sha256(convert_to(person.email_key, 'UTF8'));

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

  update account a set last_tenant_id = sign_in.tenant_id
  where a.id = person.id and a.last_tenant_id is distinct from sign_in.tenant_id;

  insert into session as s (account_id, last_tenant_id, device, expires_at, idle_expires_at)
  values (
    person.id, sign_in.tenant_id, left(sign_in.device, 200),
    now() + make_interval(secs => absolute_seconds),
    now() + make_interval(secs => least(idle_seconds, absolute_seconds)))
  returning s.id into session_id;

  insert into refresh_token (hash, session_id) values (refresh_hash, sign_in.session_id);
end
$$;

comment on function sign_in(uuid, text, uuid, text, bytea, integer, integer) is
  'Opens a session for a person whose password was just verified against expected_password_hash. '
  'Outcomes: signed_in (session_id, tenant_id are given); choose_company (none was wanted, none is '
  'the last used); no_company; not_member (of the company wanted); changed (the password is '
  'another one by now: refuse as a wrong password).';

create function upgrade_password_hash(account uuid, old_hash text, new_hash text) returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update account a set password_hash = new_hash
  where a.id = upgrade_password_hash.account and a.password_hash = old_hash;
  return found;
end
$$;

comment on function upgrade_password_hash(uuid, text, text) is
  'Replaces the hash of the same password by one with today''s parameters; false where the '
  'password was changed meanwhile. The person changed nothing, so nothing else is touched.';

-- Going on ----------------------------------------------------------------------------------------

create function refresh_session(
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

  outcome := case
    when open_session.revoked_at is not null then 'revoked'
    when least(open_session.expires_at, open_session.idle_expires_at) <= now() then 'expired'
    when token.used_at <= now() - interval '10 seconds' then 'reused'
    when not exists (
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
    set last_seen_at = now(),
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
  'Ids are given with the first two only.';

create function switch_company(session uuid, account uuid, tenant uuid, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from session s
  where s.id = switch_company.session and s.account_id = switch_company.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now()
  for no key update;
  if not found then
    outcome := 'dead_session';
    return;
  end if;

  perform from membership m
  where m.tenant_id = switch_company.tenant and m.account_id = switch_company.account;
  if not found then
    outcome := 'not_member';
    return;
  end if;

  update session s set last_tenant_id = switch_company.tenant where s.id = switch_company.session;
  update account a set last_tenant_id = switch_company.tenant where a.id = switch_company.account;
  outcome := 'switched';
end
$$;

comment on function switch_company(uuid, uuid, uuid) is
  'Lets a session go on in another of the person''s companies. Outcomes: switched; not_member '
  '(also where there is no such company); dead_session.';

create function sign_out(session uuid, account uuid) returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update session s set revoked_at = now()
  where s.id = sign_out.session and s.account_id = sign_out.account and s.revoked_at is null;
  return found;
end
$$;

comment on function sign_out(uuid, uuid) is
  'Ends a session of this account at once, its access tokens included; false where it had ended.';

-- Rights ------------------------------------------------------------------------------------------

-- To the role of mutations alone: a read has no way to a hash, nor across accounts.
grant execute on function
  account_for_sign_in(text),
  companies_of(uuid),
  count_guess(text, integer, integer),
  sign_in(uuid, text, uuid, text, bytea, integer, integer),
  upgrade_password_hash(uuid, text, text),
  refresh_session(bytea, bytea, integer),
  switch_company(uuid, uuid, uuid),
  sign_out(uuid, uuid)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
