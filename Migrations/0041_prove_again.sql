-- The second factor, wherever somebody proves who they are, and a way back for whom somebody else
-- has locked out with one. What comes out: reauthenticate() that uses up a code; the step between
-- Google and the code; a confirmation that names the secret it proves; a link that undoes it.
--
-- The link goes to the address of the account, so that whoever reads that mailbox can take away a
-- factor that is younger than the link lives, and never one that is older.

set local row_security = on;

set local role hub_owner;

alter table session add column google_proved_at timestamptz;
comment on column session.google_proved_at is
  'When the person last proved at Google who they are, where the code of the second factor was '
  'still missing; null once it came, or where none was.';

alter table one_time_link drop constraint one_time_link_purpose_check;
alter table one_time_link add constraint one_time_link_purpose_check check (purpose in (
  'sign_up', 'reset_password', 'change_email', 'undo_email', 'unlink_google', 'invitation',
  'recover_second_factor', 'undo_second_factor'));

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

-- Proving again who one is ------------------------------------------------------------------------

create function has_second_factor(account uuid) returns boolean
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from second_factor f
    where f.account_id = has_second_factor.account and f.confirmed_at is not null)
$$;

comment on function has_second_factor(uuid) is
  'Whether a second factor is in force. Runs with the rights of its caller, a function of '
  'hub_auth.';

create function has_google_proof(session uuid, account uuid) returns boolean
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from session s
    where s.id = has_google_proof.session and s.account_id = has_google_proof.account
      and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now()
      and s.google_proved_at > now() - interval '5 minutes')
$$;

comment on function has_google_proof(uuid, uuid) is
  'Whether the person of a session has proved at Google who they are within the last five minutes, '
  'so that only the code of the second factor is missing.';

drop function reauthenticate(uuid, uuid, text);

create function reauthenticate(
  session uuid, account uuid, expected_password_hash text, step bigint, code_hash bytea)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  select a.* into person from account a where a.id = reauthenticate.account for no key update;
  if expected_password_hash is null then
    if not has_google_proof(reauthenticate.session, person.id) then
      return 'not_proved';
    end if;
  elsif person.password_hash is null
    or person.password_hash is distinct from expected_password_hash
  then
    return 'changed';
  end if;
  if has_second_factor(person.id) then
    if step is null and code_hash is null then
      return 'code_required';
    end if;
    if not use_second_factor(person.id, step, code_hash) then
      return 'wrong_code';
    end if;
  end if;
  update session s set authenticated_at = now(), google_proved_at = null
  where s.id = reauthenticate.session and s.account_id = person.id;
  if expected_password_hash is not null then
    perform forget_guesses(person.email_key);
  end if;
  return 'done';
end
$$;

comment on function reauthenticate(uuid, uuid, text, bigint, bytea) is
  'Notes that a person has just proved who they are: the password was verified against '
  'expected_password_hash, or (null) Google has just vouched for them in this session; where a '
  'second factor is in force, its code of a time step that was verified, or a recovery code, is '
  'used up. Outcomes: done; changed (the password is another one by now: refuse as a wrong one); '
  'not_proved (Google''s word is too old, or there is none); code_required; wrong_code (it was '
  'used before, or is none).';

create or replace function reauthenticate_with_google(
  session uuid, account uuid, subject text, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  lacks_code boolean;
begin
  perform from account a where a.id = reauthenticate_with_google.account for no key update;
  perform from account_google g
  where g.account_id = reauthenticate_with_google.account
    and g.subject = reauthenticate_with_google.subject;
  if not found then
    outcome := 'other_google';
    return;
  end if;
  -- Google has asked for what it asks for; our own factor is asked for by us.
  lacks_code := has_second_factor(reauthenticate_with_google.account);
  update session s
  set authenticated_at = case when lacks_code then s.authenticated_at else now() end,
      google_proved_at = case when lacks_code then now() end
  where s.id = reauthenticate_with_google.session
    and s.account_id = reauthenticate_with_google.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  outcome := case when not found then 'dead_session' when lacks_code then 'code_required'
    else 'done' end;
end
$$;

comment on function reauthenticate_with_google(uuid, uuid, text) is
  'Notes that the person of a session has just proved at Google who they are. Outcomes: done; '
  'code_required (a second factor is in force: nothing is proved before reauthenticate() has used '
  'its code up, within five minutes); other_google (not the one that is linked); dead_session.';

-- Confirming the secret that was proved -----------------------------------------------------------

drop function confirm_second_factor(uuid, bigint, bytea[]);

create function confirm_second_factor(
  account uuid, sealed_secret bytea, step bigint, code_hashes bytea[], undo_seconds integer)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  address text;
  undo uuid;
begin
  select a.email into address from account a
  where a.id = confirm_second_factor.account for no key update;
  update second_factor f
  set confirmed_at = now(), last_step = confirm_second_factor.step,
      recovery_codes_left = cardinality(code_hashes)
  where f.account_id = confirm_second_factor.account and f.confirmed_at is null
    and f.sealed_secret = confirm_second_factor.sealed_secret;
  if not found then
    return case
      when exists (
        select from second_factor f
        where f.account_id = confirm_second_factor.account and f.confirmed_at is null)
        then 'another'
      else 'none'
    end;
  end if;
  insert into recovery_code (account_id, hash)
  select confirm_second_factor.account, made.hash from unnest(code_hashes) as made (hash);
  perform forget_codes(confirm_second_factor.account);
  -- Made at the very instant of confirmed_at, by which it knows the factor that it undoes.
  undo := make_link(
    'undo_second_factor', confirm_second_factor.account, address,
    make_interval(secs => undo_seconds));
  perform ask_mail('second_factor_enabled', confirm_second_factor.account, address, link => undo);
  return 'done';
end
$$;

comment on function confirm_second_factor(uuid, bytea, bigint, bytea[], integer) is
  'From now on the factor is asked for, whose code of this time step was verified by this very '
  'secret; keeps the recovery codes and asks for the mail that tells of it, with a link that '
  'undoes it. Outcomes: done; another (a later enrolment has put another secret in its place '
  'meanwhile); none (there is none to confirm).';

-- Undoing -----------------------------------------------------------------------------------------

create function undo_second_factor(
  link uuid, reset_seconds integer, out outcome text, out email text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  used one_time_link;
  google text;
  reset uuid;
begin
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = undo_second_factor.link and l.purpose = 'undo_second_factor'
  for no key update of a;
  -- The factor that the link tells of and no other, or else nothing happens at all: an old mail
  -- must not end sessions.
  delete from second_factor f
  using one_time_link l
  where l.id = undo_second_factor.link and l.purpose = 'undo_second_factor'
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
    and f.account_id = l.account_id and f.confirmed_at = l.created_at;
  if not found then
    outcome := 'invalid';
    return;
  end if;
  select * into used from use_link(undo_second_factor.link, 'undo_second_factor');
  -- Whoever enrolled has proved who they were, so they know the password or hold a Google account
  -- that was linked for it, lately.
  update account a set password_hash = null, password_changed_at = null where a.id = person.id;
  delete from account_google g
  where g.account_id = person.id and g.linked_at >= used.created_at - interval '72 hours'
  returning g.email into google;
  perform revoke_sessions(person.id);
  perform drop_pending_email(person.id);
  -- The way in goes to the address of the account alone, which may be another one than the link's.
  reset := make_link(
    'reset_password', person.id, person.email, make_interval(secs => reset_seconds));
  perform ask_mail(
    'second_factor_undone', person.id, person.email,
    jsonb_strip_nulls(jsonb_build_object('google_email', google)), reset);
  if lower(used.address) <> person.email_key then
    perform ask_mail('second_factor_undone_notice', person.id, used.address);
  end if;
  outcome := 'done';
  email := person.email;
end
$$;

comment on function undo_second_factor(uuid, integer) is
  'Uses the link of the mail that told of a second factor: that factor is taken away, every '
  'session ends, what waits is void, the password and a Google account linked within the 72 hours '
  'before or since are taken away, and the mail that tells so carries a link to a new password. '
  'Outcomes: done (email is given); invalid (the link is unknown, for another purpose, expired, '
  'void or used, or its factor is gone already). Only done uses the link.';

create or replace function undo_email(
  link uuid, reset_seconds integer, out outcome text, out email text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  used one_time_link;
  reset uuid;
begin
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = undo_email.link and l.purpose = 'undo_email'
  for update of a;
  begin
    select * into used from use_link(undo_email.link, 'undo_email');
    if used.id is null or person.id is null then
      outcome := 'invalid';
      return;
    end if;
    -- Whoever changed the address may know the password: it opens nothing any more, and the way to
    -- another one goes along with the mail below.
    update account a
    set email = used.address, password_hash = null, password_changed_at = null
    where a.id = person.id;
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  perform revoke_sessions(person.id);
  perform drop_pending_email(person.id);
  perform void_links(person.id, '{reset_password}');
  -- Changes that came after the one that is undone are undone with it, not undoable themselves.
  update one_time_link l set voided_at = now()
  where l.account_id = person.id and l.purpose = 'undo_email' and l.created_at >= used.created_at
    and l.used_at is null and l.voided_at is null;
  delete from account_google g
  where g.account_id = person.id and g.linked_at >= used.created_at;
  -- Of before the change, only what the same mailbox could undo by another link just as well.
  delete from second_factor f
  where f.account_id = person.id and (
    f.confirmed_at >= used.created_at
    or exists (
      select from one_time_link l
      where l.account_id = person.id and l.purpose = 'undo_second_factor'
        and lower(l.address) = lower(used.address) and l.created_at = f.confirmed_at
        and l.used_at is null and l.voided_at is null and l.expires_at > now()));
  reset := make_link(
    'reset_password', person.id, used.address, make_interval(secs => reset_seconds));
  perform ask_mail('email_undone', person.id, used.address, link => reset);
  if person.email_key <> lower(used.address) then
    perform ask_mail('email_undone_notice', person.id, person.email);
  end if;
  outcome := 'done';
  email := used.address;
end
$$;

comment on function undo_email(uuid, integer) is
  'Uses the link that was sent to the address before: it is the address again, every session ends, '
  'what waits is void, the password, a Google account linked since and a second factor confirmed '
  'since, or lately while this was the address, are taken away, and the mail that tells so carries '
  'a link to a new password. Outcomes: done (email is given); taken (somebody else has it by now); '
  'invalid (the link is unknown, for another purpose, expired, void or used). Only done uses the '
  'link.';

grant execute on function
  has_google_proof(uuid, uuid),
  reauthenticate(uuid, uuid, text, bigint, bytea),
  confirm_second_factor(uuid, bytea, bigint, bytea[], integer),
  undo_second_factor(uuid, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
