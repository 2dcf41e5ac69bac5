-- Changing the address that a person signs in with. What comes out: the request, which waits for
-- the new address to prove itself; its confirmation; and the undoing, for whom the old one belongs.
--
-- Asking never tells whether an address exists: its owner is told by mail instead. Only who holds
-- the link that was sent there learns that the address was taken meanwhile.

set local row_security = on;

set local role hub_owner;

grant update (email) on account to hub_auth;
-- An undoing takes away the Google link that was made after the change.
create policy account_google_for_email on account_google for select to hub_auth using (true);
create policy account_google_by_email on account_google for delete to hub_auth using (true);
grant select, delete on account_google to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function is_kept_from_google(account uuid, address text) returns boolean
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from account_google g
    where g.account_id = is_kept_from_google.account
      and lower(g.email) <> lower(is_kept_from_google.address))
$$;

comment on function is_kept_from_google(uuid, text) is
  'Whether a Google account is linked that does not carry this address: unlink it first. Runs with '
  'the rights of its caller, a function of hub_auth.';

create function change_email(
  session uuid, account uuid, new_email text, lifetime_seconds integer, requests_max integer,
  window_seconds integer) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  owner uuid;
  link uuid;
begin
  select a.* into person from account a where a.id = change_email.account for no key update;
  if not has_fresh_proof(change_email.session, person.id) then
    return 'not_fresh';
  end if;
  if person.email = new_email then
    return 'unchanged';
  end if;
  if person.email_key = lower(new_email) then
    update account a set email = new_email where a.id = person.id;
    return 'respelled';
  end if;
  if is_kept_from_google(person.id, new_email) then
    return 'google_linked';
  end if;

  perform drop_pending_email(person.id);
  update account a set pending_email = new_email where a.id = person.id;
  link := make_link(
    'change_email', person.id, new_email, make_interval(secs => lifetime_seconds),
    jsonb_build_object('session', change_email.session));
  if count_link_request('change_email', new_email, requests_max, window_seconds) then
    select a.id into owner from account a where a.email_key = lower(new_email);
    if owner is null then
      -- Without a greeting: nobody's words go to an address that has not proved itself.
      insert into mail (kind, account_id, address, name, language, link_id)
      values (
        'change_email', person.id, new_email, '', mail_language(person.language, person.country),
        link);
    else
      perform ask_mail('change_email_known', owner, null);
    end if;
  end if;
  return 'pending';
end
$$;

comment on function change_email(uuid, uuid, text, integer, integer, integer) is
  'Asks for another address; it waits until its link is used, and what waited before is void. '
  'Outcomes: pending (whether or not the address is somebody else''s); respelled (the same address '
  'in other letters: done); unchanged; google_linked (the linked Google account does not carry '
  'it); not_fresh (the last proof of who this is has grown old).';

create function cancel_email_change(account uuid) returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from account a where a.id = cancel_email_change.account for no key update;
  return drop_pending_email(cancel_email_change.account);
end
$$;

comment on function cancel_email_change(uuid) is
  'Takes back a change of address that waits; false where none does.';

create function drop_email_of_ended_session(account uuid) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  select drop_pending_email(drop_email_of_ended_session.account)
  where exists (
    select from one_time_link l
    join session s on s.id = (l.facts ->> 'session')::uuid
    where l.account_id = drop_email_of_ended_session.account
      and l.purpose in ('change_email', 'unlink_google')
      and l.used_at is null and l.voided_at is null and s.revoked_at is not null)
$$;

comment on function drop_email_of_ended_session(uuid) is
  'Takes back a change of address that was asked for by a session which has been ended since. Runs '
  'with the rights of its caller, a function of hub_auth.';

create or replace function revoke_other_sessions(session uuid, account uuid) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  ended integer;
begin
  perform from account a where a.id = revoke_other_sessions.account for no key update;
  update session s set revoked_at = now()
  where s.account_id = revoke_other_sessions.account and s.id <> revoke_other_sessions.session
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  get diagnostics ended = row_count;
  perform drop_email_of_ended_session(revoke_other_sessions.account);
  return ended;
end
$$;

create or replace function revoke_session(account uuid, target uuid) returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  is_ended boolean;
begin
  perform from account a where a.id = revoke_session.account for no key update;
  update session s set revoked_at = now()
  where s.id = revoke_session.target and s.account_id = revoke_session.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  is_ended := found;
  perform drop_email_of_ended_session(revoke_session.account);
  return is_ended;
end
$$;

comment on function revoke_other_sessions(uuid, uuid) is
  'Ends every open session of this account but the one given, access tokens included, and takes '
  'back a change of address that one of them asked for; how many.';
comment on function revoke_session(uuid, uuid) is
  'Ends an open session of this account, access tokens included, and takes back a change of '
  'address that it asked for; false where it has no such one.';

create function tell_of_new_email(account uuid, email_before text, undo_seconds integer)
returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  told jsonb;
  undo uuid;
begin
  select jsonb_build_object('email', a.email) into told from account a
  where a.id = tell_of_new_email.account;
  -- Not by make_link: an earlier change that can still be undone is not to be covered up by this.
  insert into one_time_link (purpose, account_id, address, expires_at)
  values (
    'undo_email', tell_of_new_email.account, email_before,
    now() + make_interval(secs => undo_seconds))
  returning id into undo;
  perform ask_mail('email_changed', tell_of_new_email.account, null, told);
  perform ask_mail('email_changed_undo', tell_of_new_email.account, email_before, told, undo);
end
$$;

comment on function tell_of_new_email(uuid, text, integer) is
  'Tells both addresses that a person signs in with another one by now; the one before gets a link '
  'that undoes it. Runs with the rights of its caller, a function of hub_auth.';

create function confirm_email(
  link uuid, undo_seconds integer, out outcome text, out email text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  sent one_time_link;
begin
  select l.* into sent from one_time_link l
  where l.id = confirm_email.link and l.purpose = 'change_email';
  select a.* into person from account a where a.id = sent.account_id for update;
  if is_kept_from_google(person.id, sent.address) then
    outcome := 'google_linked';
    return;
  end if;
  -- A refusal takes the use of the link back with it.
  begin
    select * into sent from use_link(confirm_email.link, 'change_email');
    if sent.id is null or person.id is null then
      outcome := 'invalid';
      return;
    end if;
    update account a set email = sent.address, pending_email = null where a.id = person.id;
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  -- What was sent to the old address opens nothing any more, but for the undoing.
  perform void_links(person.id, '{change_email,unlink_google,reset_password}');
  perform tell_of_new_email(person.id, person.email, undo_seconds);
  outcome := 'done';
  email := sent.address;
end
$$;

comment on function confirm_email(uuid, integer) is
  'Uses the link that was sent to a new address: from now on the person signs in with it, and the '
  'old one gets a link that undoes it. Outcomes: done (email is given); taken (somebody else has '
  'it by now); google_linked (as of change_email); invalid (the link is unknown, for another '
  'purpose, expired, void or used). Only done uses the link.';

create function undo_email(
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
  delete from second_factor f
  where f.account_id = person.id and f.confirmed_at >= used.created_at;
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
  'since are taken away, and the mail that tells so carries a link to a new password. Outcomes: '
  'done (email is given); taken (somebody else has it by now); invalid (the link is unknown, for '
  'another purpose, expired, void or used). Only done uses the link.';

grant execute on function
  change_email(uuid, uuid, text, integer, integer, integer),
  cancel_email_change(uuid),
  confirm_email(uuid, integer),
  undo_email(uuid, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
