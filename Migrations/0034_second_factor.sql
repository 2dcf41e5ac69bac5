-- The second factor: codes of a telephone (TOTP, RFC 6238) and ten recovery codes. What comes out:
-- its tables, the one place at which a sign-in that was proved is let in or asked for the factor,
-- and an operator's way out for who has lost both.
--
-- The secret is sealed by the server with the person's row as its place: whoever reads or moves it
-- here has nothing. Codes are compared by the server; what is used up is decided here.

set local row_security = on;

set local role hub_owner;

create table second_factor (
  account_id uuid primary key references account on delete cascade,
  sealed_secret bytea not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  recovery_codes_left smallint not null default 0,
  recovery_asked_at timestamptz
);

comment on table second_factor is
  'The second factor of a person''s login. Until it is confirmed by a code it asks for nothing.';
comment on column second_factor.account_id is 'The person; each has one at most.';
comment on column second_factor.sealed_secret is
  'The secret that the codes are made of, sealed (AES-256-GCM) for this very row.';
comment on column second_factor.created_at is 'When enrolling began.';
comment on column second_factor.confirmed_at is 'Since when it is asked for; null: not yet.';
comment on column second_factor.last_step is
  'The time step of the last code that was used: no code of it or of an earlier one is taken.';
comment on column second_factor.recovery_codes_left is 'How many recovery codes are unused.';
comment on column second_factor.recovery_asked_at is
  'When an operator began to take it away, because the person has lost it; null: nobody did.';

alter table second_factor enable row level security, force row level security;
create policy second_factor_of_account on second_factor for select to hub_app
  using (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));
grant select (account_id, confirmed_at, recovery_codes_left) on second_factor to hub_app;
create policy second_factor_by_auth on second_factor to hub_auth using (true);
grant select, insert, update, delete on second_factor to hub_auth;

create table recovery_code (
  account_id uuid not null references second_factor on delete cascade,
  hash bytea not null check (length(hash) = 32),
  used_at timestamptz,
  primary key (account_id, hash)
);

comment on table recovery_code is
  'The codes that stand for the second factor where it is not at hand, each good once.';
comment on column recovery_code.account_id is 'Whose it is.';
comment on column recovery_code.hash is
  'SHA-256 of the code: of 80 random bits, it needs no slow hash.';
comment on column recovery_code.used_at is 'When it was used; null: not yet.';

alter table recovery_code enable row level security, force row level security;
create policy recovery_code_by_auth on recovery_code to hub_auth using (true);
grant select, insert, update, delete on recovery_code to hub_auth;

create table sign_in_challenge (
  hash bytea primary key check (length(hash) = 32),
  account_id uuid not null references account on delete cascade,
  password_hash text,
  wanted_tenant_id uuid,
  guesses integer not null default 0,
  expires_at timestamptz not null default now() + interval '5 minutes',
  used_at timestamptz
);

create index sign_in_challenge_by_account on sign_in_challenge (account_id);
create index sign_in_challenge_by_age on sign_in_challenge (expires_at);

comment on table sign_in_challenge is
  'Sign-ins of which the second factor is missing: short-lived, good once, for a few guesses.';
comment on column sign_in_challenge.hash is 'SHA-256 of the token that the client gives back.';
comment on column sign_in_challenge.account_id is 'Who is signing in.';
comment on column sign_in_challenge.password_hash is
  'The password as it was at the first step: one that was changed since ends the sign-in.';
comment on column sign_in_challenge.wanted_tenant_id is 'The company that was asked for.';
comment on column sign_in_challenge.guesses is 'How many codes were tried.';
comment on column sign_in_challenge.expires_at is 'Until when it can be completed.';
comment on column sign_in_challenge.used_at is 'When it was completed; null: not yet.';

alter table sign_in_challenge enable row level security, force row level security;
create policy sign_in_challenge_by_auth on sign_in_challenge to hub_auth using (true);
grant select, insert, update, delete on sign_in_challenge to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

-- Letting in --------------------------------------------------------------------------------------

create function enter_or_challenge(
  account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea,
  challenge_hash bytea, idle_seconds integer, absolute_seconds integer,
  out outcome text, out session_id uuid, out tenant_id uuid)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if exists (
    select from second_factor f
    where f.account_id = enter_or_challenge.account and f.confirmed_at is not null)
  then
    delete from sign_in_challenge c
    where c.hash in (
      select old.hash from sign_in_challenge old where old.expires_at < now()
      limit 10 for update skip locked);
    insert into sign_in_challenge (hash, account_id, password_hash, wanted_tenant_id)
    select challenge_hash, a.id, a.password_hash, wanted_tenant from account a
    where a.id = enter_or_challenge.account;
    outcome := 'challenge';
    return;
  end if;
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter(
    account, wanted_tenant, device, address_range, refresh_hash, idle_seconds, absolute_seconds)
    as entered;
end
$$;

comment on function enter_or_challenge(
  uuid, uuid, text, text, bytea, bytea, integer, integer) is
  'Lets in a person who has proved one factor, whichever: opens a session, or asks for the second '
  'factor where there is one. Outcomes: those of enter(); challenge (the hash given is the '
  'challenge''s). Runs with the rights of its caller, a function of hub_auth that checked the '
  'proof.';

drop function sign_in(uuid, text, uuid, text, text, bytea, integer, integer);

create function sign_in(
  account uuid, expected_password_hash text, wanted_tenant uuid, device text, address_range text,
  refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer,
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
  perform guess_was_right(person.email_key, sign_in.address_range);
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter_or_challenge(
    person.id, wanted_tenant, device, address_range, refresh_hash, challenge_hash, idle_seconds,
    absolute_seconds) as entered;
end
$$;

comment on function sign_in(uuid, text, uuid, text, text, bytea, bytea, integer, integer) is
  'Lets in a person whose password was just verified against expected_password_hash. Outcomes: '
  'those of enter_or_challenge(); changed (the password is another one by now: refuse as a wrong '
  'password).';

create function challenge_to_complete(
  challenge_hash bytea, guesses_max integer, account_guesses_max integer, window_seconds integer,
  out account_id uuid, out sealed_secret bytea, out last_step bigint,
  out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  email_key text;
  wait interval;
begin
  update sign_in_challenge c set guesses = c.guesses + 1
  where c.hash = challenge_hash and c.used_at is null and c.expires_at > now()
    and c.guesses < guesses_max
  returning c.account_id into account_id;
  if account_id is null then
    return;
  end if;
  select a.email_key into email_key from account a where a.id = account_id;
  wait := take_guess(hash_of_email(email_key), 'second factor', account_guesses_max,
    window_seconds);
  if wait is not null then
    retry_after_seconds := greatest(1, ceil(extract(epoch from wait)));
    return;
  end if;
  select f.sealed_secret, f.last_step into sealed_secret, last_step
  from second_factor f
  where f.account_id = challenge_to_complete.account_id and f.confirmed_at is not null;
end
$$;

comment on function challenge_to_complete(bytea, integer, integer, integer) is
  'Counts one guess at the second factor of a sign-in, of the challenge and of the account, before '
  'the code is looked at, and gives what it is compared with; no account where the challenge is '
  'unknown, used, expired or guessed at too often.';

create function forget_codes(account uuid) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  delete from sign_in_guess g using account a
  where a.id = forget_codes.account and g.email_hash = hash_of_email(a.email_key)
    and g.client = 'second factor'
$$;

comment on function forget_codes(uuid) is
  'Forgets the guesses at a person''s second factor, after a right one. Runs with the rights of its '
  'caller, a function of hub_auth.';

create function use_second_factor(account uuid, step bigint, code_hash bytea) returns boolean
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if step is not null then
    update second_factor f set last_step = use_second_factor.step
    where f.account_id = use_second_factor.account and f.confirmed_at is not null
      and f.last_step < use_second_factor.step;
  else
    update recovery_code r set used_at = now()
    where r.account_id = use_second_factor.account and r.hash = code_hash and r.used_at is null;
  end if;
  if not found then
    return false;
  end if;
  update second_factor f set recovery_codes_left = f.recovery_codes_left - 1
  where f.account_id = use_second_factor.account and step is null;
  -- Whoever has the factor has not lost it.
  update second_factor f set recovery_asked_at = null
  where f.account_id = use_second_factor.account and f.recovery_asked_at is not null;
  perform forget_codes(use_second_factor.account);
  return true;
end
$$;

comment on function use_second_factor(uuid, bigint, bytea) is
  'Uses up a code of a time step that was verified, or a recovery code: true once for each, of two '
  'at once for one. Runs with the rights of its caller, a function of hub_auth.';

create function complete_sign_in(
  challenge_hash bytea, step bigint, code_hash bytea, device text, address_range text,
  refresh_hash bytea, idle_seconds integer, absolute_seconds integer,
  out outcome text, out account_id uuid, out session_id uuid, out tenant_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  challenge sign_in_challenge;
  person account;
begin
  select a.* into person from account a
  join sign_in_challenge c on c.account_id = a.id
  where c.hash = challenge_hash for no key update of a;
  select c.* into challenge from sign_in_challenge c
  where c.hash = challenge_hash and c.used_at is null and c.expires_at > now() for update;
  if challenge.hash is null or challenge.password_hash is distinct from person.password_hash then
    outcome := 'ended';
    return;
  end if;
  account_id := person.id;
  begin
    if not use_second_factor(person.id, step, code_hash) then
      outcome := 'wrong';
      return;
    end if;
    select entered.outcome, entered.session_id, entered.tenant_id
    into outcome, session_id, tenant_id
    from enter(
      person.id, challenge.wanted_tenant_id, device, address_range, refresh_hash, idle_seconds,
      absolute_seconds) as entered;
    -- A code that opened nothing, because a company is still to be chosen, is not used up.
    if outcome <> 'signed_in' then
      raise exception 'no session was opened' using errcode = 'HB409';
    end if;
    update sign_in_challenge c set used_at = now() where c.hash = challenge_hash;
  exception
    when sqlstate 'HB409' then null;
  end;
end
$$;

comment on function complete_sign_in(
  bytea, bigint, bytea, text, text, bytea, integer, integer) is
  'Completes a sign-in by a code of a time step that was verified, or by a recovery code. '
  'Outcomes: those of enter(); wrong (the code was used before); ended (the challenge is unknown, '
  'used or expired, or the password is another one by now). Challenge and code are used up by '
  'signed_in alone.';

create or replace function upgrade_password_hash(account uuid, old_hash text, new_hash text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update account a set password_hash = new_hash
  where a.id = upgrade_password_hash.account and a.password_hash = old_hash;
  if not found then
    return false;
  end if;
  -- It is the same password to a sign-in of which the second factor is missing.
  update sign_in_challenge c set password_hash = new_hash
  where c.account_id = upgrade_password_hash.account and c.password_hash = old_hash;
  return true;
end
$$;

-- Enrolling and giving up -------------------------------------------------------------------------

create function enrol_second_factor(session uuid, account uuid, sealed_secret bytea) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from account a where a.id = enrol_second_factor.account for no key update;
  if not has_fresh_proof(enrol_second_factor.session, enrol_second_factor.account) then
    return 'not_fresh';
  end if;
  insert into second_factor as f (account_id, sealed_secret)
  values (enrol_second_factor.account, enrol_second_factor.sealed_secret)
  on conflict (account_id) do update
  set sealed_secret = excluded.sealed_secret, created_at = now(), last_step = 0
  where f.confirmed_at is null;
  return case when found then 'done' else 'confirmed' end;
end
$$;

comment on function enrol_second_factor(uuid, uuid, bytea) is
  'Keeps a new secret, which asks for nothing until it is confirmed. Outcomes: done; not_fresh '
  '(the proof of who it is is too old); confirmed (there is one, which has to be given up first).';

create function second_factor_to_prove(
  account uuid, guesses_max integer, window_seconds integer,
  out sealed_secret bytea, out last_step bigint, out is_confirmed boolean,
  out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  wait interval;
begin
  select take_guess(hash_of_email(a.email_key), 'second factor', guesses_max, window_seconds)
  into wait from account a where a.id = second_factor_to_prove.account;
  if wait is not null then
    retry_after_seconds := greatest(1, ceil(extract(epoch from wait)));
    return;
  end if;
  select f.sealed_secret, f.last_step, f.confirmed_at is not null
  into sealed_secret, last_step, is_confirmed
  from second_factor f where f.account_id = second_factor_to_prove.account;
end
$$;

comment on function second_factor_to_prove(uuid, integer, integer) is
  'Counts one guess at a signed-in person''s second factor, before the code is looked at, and '
  'gives what it is compared with.';

create function confirm_second_factor(account uuid, step bigint, code_hashes bytea[])
returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update second_factor f
  set confirmed_at = now(), last_step = confirm_second_factor.step,
      recovery_codes_left = cardinality(code_hashes)
  where f.account_id = confirm_second_factor.account and f.confirmed_at is null;
  if not found then
    return false;
  end if;
  insert into recovery_code (account_id, hash)
  select confirm_second_factor.account, made.hash from unnest(code_hashes) as made (hash);
  perform forget_codes(confirm_second_factor.account);
  perform ask_mail('second_factor_enabled', confirm_second_factor.account, null);
  return true;
end
$$;

comment on function confirm_second_factor(uuid, bigint, bytea[]) is
  'From now on the factor is asked for, whose code of this time step was verified; keeps the '
  'recovery codes and asks for the mail that tells of it. False where there is none to confirm.';

create function end_second_factor(session uuid, account uuid, step bigint, code_hash bytea)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from account a where a.id = end_second_factor.account for no key update;
  if not has_fresh_proof(end_second_factor.session, end_second_factor.account) then
    return 'not_fresh';
  end if;
  if not use_second_factor(end_second_factor.account, step, code_hash) then
    return 'wrong';
  end if;
  delete from second_factor f where f.account_id = end_second_factor.account;
  perform ask_mail('second_factor_disabled', end_second_factor.account, null);
  return 'done';
end
$$;

comment on function end_second_factor(uuid, uuid, bigint, bytea) is
  'Takes the factor away by a code of it, and asks for the mail that tells of it. Outcomes: done; '
  'not_fresh; wrong (the code was used before, or is none).';

create function replace_recovery_codes(
  session uuid, account uuid, step bigint, code_hash bytea, code_hashes bytea[]) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from account a where a.id = replace_recovery_codes.account for no key update;
  if not has_fresh_proof(replace_recovery_codes.session, replace_recovery_codes.account) then
    return 'not_fresh';
  end if;
  if not use_second_factor(replace_recovery_codes.account, step, code_hash) then
    return 'wrong';
  end if;
  delete from recovery_code r where r.account_id = replace_recovery_codes.account;
  insert into recovery_code (account_id, hash)
  select replace_recovery_codes.account, made.hash from unnest(code_hashes) as made (hash);
  update second_factor f set recovery_codes_left = cardinality(code_hashes)
  where f.account_id = replace_recovery_codes.account;
  return 'done';
end
$$;

comment on function replace_recovery_codes(uuid, uuid, bigint, bytea, bytea[]) is
  'Puts new recovery codes in the place of all that there were, by a code of the factor. Outcomes: '
  'done; not_fresh; wrong.';

-- Lost both ---------------------------------------------------------------------------------------

create function begin_second_factor_recovery(email text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person uuid;
begin
  update second_factor f set recovery_asked_at = now()
  from account a
  where a.email_key = lower(begin_second_factor_recovery.email) and f.account_id = a.id
    and f.confirmed_at is not null and f.recovery_asked_at is null
  returning a.id into person;
  if person is null then
    return 'nobody with a second factor has this address, or it was begun before';
  end if;
  perform ask_mail('second_factor_recovery', person, null);
  return 'begun: finish_second_factor_recovery may follow in 72 hours';
end
$$;

comment on function begin_second_factor_recovery(text) is
  'For operators, in psql: begins to take away the second factor of a person who has lost it and '
  'the recovery codes, and tells them by mail. Any sign-in with the factor puts an end to it.';

create function finish_second_factor_recovery(email text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person uuid;
begin
  delete from second_factor f using account a
  where a.email_key = lower(finish_second_factor_recovery.email) and f.account_id = a.id
    and f.recovery_asked_at <= now() - interval '72 hours'
  returning a.id into person;
  if person is null then
    return 'nothing was begun for this address, or not 72 hours ago';
  end if;
  perform ask_mail('second_factor_disabled', person, null);
  return 'done: the password alone signs in now';
end
$$;

comment on function finish_second_factor_recovery(text) is
  'For operators, in psql: takes away a second factor that was lost, 72 hours after '
  'begin_second_factor_recovery, and tells the person by mail.';

grant execute on function
  sign_in(uuid, text, uuid, text, text, bytea, bytea, integer, integer),
  challenge_to_complete(bytea, integer, integer, integer),
  complete_sign_in(bytea, bigint, bytea, text, text, bytea, integer, integer),
  enrol_second_factor(uuid, uuid, bytea),
  second_factor_to_prove(uuid, integer, integer),
  confirm_second_factor(uuid, bigint, bytea[]),
  end_second_factor(uuid, uuid, bigint, bytea),
  replace_recovery_codes(uuid, uuid, bigint, bytea, bytea[])
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
