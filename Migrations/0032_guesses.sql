-- How often passwords may be guessed. What comes out: buckets that fill again, by client and by
-- address, so that neither one client nor many may go on, and nobody is shut out by strangers.
--
-- A bucket is one instant: when it will be full again. A guess moves it on by one step, and there
-- is none left where that would be further away than the whole window. A bucket that is full is a
-- row that need not be there.
--
-- Whose guesses are counted together, each in a bucket of its own:
--   1. those of one client, whatever the address: spraying one password over many;
--   2. those of one client at one address: guessing at one person;
--   3. those of all strangers at one address: the same, spread over many clients.
-- The third alone can be emptied by others than the person, so it holds strangers up and nobody
-- else: a device that has signed in to the account before shows a token and has a bucket of its
-- own instead of all three, and a network that it was signed in from lately is no stranger. Who is
-- signed in and is asked for the password again is counted by the session in the same way. (OWASP,
-- "Slow Down Online Guessing Attacks with Device Cookies".)

set local row_security = on;

set local role hub_owner;

delete from sign_in_guess;
drop index sign_in_guess_by_age;
alter table sign_in_guess
  drop column window_started_at,
  drop column guesses,
  add column client text not null check (char_length(client) <= 80),
  add column full_at timestamptz not null,
  add column step interval not null,
  drop constraint sign_in_guess_pkey,
  add primary key (email_hash, client);
create index sign_in_guess_by_age on sign_in_guess (full_at);

comment on table sign_in_guess is
  'How many guesses at passwords are left, by client and by address, whether there is an account '
  'or not. A row is a bucket that is not full; one that is full again is taken out by whoever '
  'comes by.';
comment on column sign_in_guess.email_hash is
  'SHA-256 of the address in lower case: what people mistype is nobody''s to read. Zeros: whatever '
  'the address.';
comment on column sign_in_guess.client is
  'The client''s network, such as 192.0.2.0/24, or "device" and the hash of its token. "*": all '
  'strangers together.';
comment on column sign_in_guess.full_at is 'When the bucket is full again.';
comment on column sign_in_guess.step is 'How long one guess takes to come back.';

create index session_by_network on session (account_id, address_range)
  where address_range <> '';

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

drop function count_guess(text, integer, integer);

create function hash_of_email(email text) returns bytea
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$ select sha256(convert_to(lower(email), 'UTF8')) $$;

comment on function hash_of_email(text) is 'By what guesses at the password of an address are kept.';

create function any_email() returns bytea
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$ select decode(repeat('00', 32), 'hex') $$;

comment on function any_email() is 'What guesses are kept by that are counted whatever the address.';

create function take_guess(
  email_hash bytea, client text, guesses_max integer, window_seconds integer)
returns interval
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  span constant interval := make_interval(secs => window_seconds);
  one_step constant interval := span / guesses_max;
  filled_at timestamptz;
begin
  insert into sign_in_guess as g (email_hash, client, full_at, step)
  values (take_guess.email_hash, take_guess.client, now() + one_step, one_step)
  on conflict on constraint sign_in_guess_pkey do update
  set full_at = greatest(g.full_at, now()) + excluded.step, step = excluded.step
  where greatest(g.full_at, now()) + excluded.step <= now() + span;
  if found then
    return null;
  end if;
  select g.full_at into filled_at from sign_in_guess g
  where g.email_hash = take_guess.email_hash and g.client = take_guess.client;
  return filled_at + one_step - span - now();
end
$$;

comment on function take_guess(bytea, text, integer, integer) is
  'Takes one guess out of a bucket of guesses_max that fills within window_seconds; null where '
  'there was one, or else how long it takes until there is. What is refused takes nothing, so that '
  'hammering keeps nobody out for longer. Runs with the rights of its caller, a function of '
  'hub_auth.';

create function count_guess(
  email text, network text, device_account uuid, device_hash bytea, guesses_max integer,
  stranger_guesses_max integer, client_guesses_max integer, window_seconds integer,
  out allowed boolean, out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  counted_as constant bytea := hash_of_email(email);
  person uuid;
  wait interval;
begin
  select a.id into person from account a where a.email_key = lower(count_guess.email);
  if person = device_account then
    wait := take_guess(
      counted_as, 'device ' || encode(device_hash, 'hex'), guesses_max, window_seconds);
  else
    -- Where the client's network is not known, only the bucket of strangers is left.
    if network <> '' then
      wait := coalesce(
        take_guess(any_email(), network, client_guesses_max, window_seconds),
        take_guess(counted_as, network, guesses_max, window_seconds));
    end if;
    if wait is null and not exists (
      select from session s
      where s.account_id = person and s.address_range = network and network <> ''
        and s.created_at > now() - interval '90 days')
    then
      wait := take_guess(counted_as, '*', stranger_guesses_max, window_seconds);
    end if;
  end if;
  allowed := wait is null;
  retry_after_seconds := case when allowed then 0
    else greatest(1, ceil(extract(epoch from wait))) end;

  -- Whoever comes by takes a few old rows out, so that the table stays small by itself.
  delete from sign_in_guess
  where (email_hash, client) in (
    select old.email_hash, old.client from sign_in_guess old
    where old.full_at < now()
    limit 10
    for update skip locked);
end
$$;

comment on function count_guess(
  text, text, uuid, bytea, integer, integer, integer, integer) is
  'Counts one guess at the password of an address, before the password is looked at, and says '
  'whether it is allowed. The device is one that has signed in to that account before, by a token '
  'that was verified; null: none. An empty network is not known. Commit it: call it in a batch of '
  'its own.';

create function guess_was_right(email_key text, network text) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  delete from sign_in_guess g
  where g.email_hash = hash_of_email(guess_was_right.email_key)
    and (g.client = guess_was_right.network or g.client like 'device %')
$$;

comment on function guess_was_right(text, text) is
  'After a sign-in: forgets the guesses at this address from this network and from the person''s '
  'devices. Strangers get no more than they had. Runs with the rights of its caller, a function of '
  'hub_auth.';

create or replace function forget_guesses(email_key text) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  delete from sign_in_guess g
  where g.email_hash = hash_of_email(forget_guesses.email_key) and g.client <> 'second factor'
$$;

comment on function forget_guesses(text) is
  'Forgets the guesses at the password of an address, once its owner has proved to be it; those at '
  'a second factor stay counted, which a password says nothing of. Runs with the rights of its '
  'caller, a function of hub_auth.';

create function count_mail_request(
  network text, requests_max integer, window_seconds integer,
  out allowed boolean, out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  wait interval;
begin
  if network <> '' then
    wait := take_guess(any_email(), 'mail ' || network, requests_max, window_seconds);
  end if;
  allowed := wait is null;
  retry_after_seconds := case when allowed then 0
    else greatest(1, ceil(extract(epoch from wait))) end;
end
$$;

comment on function count_mail_request(text, integer, integer) is
  'Counts one request of a client for a mail with a link, whatever the address, and says whether '
  'it is allowed: nobody is to send the house''s mails to strangers by the thousand. Commit it: '
  'call it in a batch of its own.';

create function give_back_guess(network text) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update sign_in_guess g set full_at = g.full_at - g.step
  where g.email_hash = any_email() and g.client = give_back_guess.network
$$;

comment on function give_back_guess(text) is
  'Gives a client back the one guess that a right password took of what it has at all accounts '
  'together: an office may sign in as often as it likes. Not for a device that was known, which '
  'took none.';

create or replace function sign_in(
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
  perform guess_was_right(person.email_key, sign_in.address_range);
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter(
    person.id, wanted_tenant, device, address_range, refresh_hash, idle_seconds,
    absolute_seconds) as entered;
end
$$;

grant execute on function
  count_guess(text, text, uuid, bytea, integer, integer, integer, integer),
  count_mail_request(text, integer, integer),
  give_back_guess(text)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
