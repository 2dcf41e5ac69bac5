-- The password alone replaces no password where there is a second factor. What comes out: a
-- change_password that asks then for a fresh proof, which took both.

set local row_security = on;
grant create on schema public to hub_auth;
set local role hub_auth;

create or replace function change_password(
  session uuid, account uuid, expected_password_hash text, new_password_hash text,
  out outcome text, out sessions_ended integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  -- The row that a sign-in takes as well: one that verified the old password comes before this,
  -- and its session ends below, or after it, and is refused.
  select a.* into person from account a where a.id = change_password.account for no key update;
  if person.password_hash is null or person.password_hash is distinct from expected_password_hash
  then
    outcome := 'changed';
    return;
  end if;
  if exists (
      select from second_factor f where f.account_id = person.id and f.confirmed_at is not null)
    and not coalesce(
      (select s.is_live and s.is_fresh from live_session(change_password.session, person.id) as s),
      false)
  then
    outcome := 'not_fresh';
    return;
  end if;
  update account a set password_hash = new_password_hash, password_changed_at = now()
  where a.id = person.id;
  perform forget_guesses(person.email_key);
  sessions_ended := revoke_other_sessions(change_password.session, person.id);
  -- Somebody else may have been in: what that one began ends here.
  perform void_links(person.id, '{reset_password}');
  perform drop_pending_email(person.id);
  perform ask_mail('password_changed', person.id, null);
  outcome := 'done';
end
$$;

comment on function change_password(uuid, uuid, text, text) is
  'Replaces the password that was just verified against expected_password_hash, ends every other '
  'session of the person, takes back what waits for a link, and asks for the mail that tells of '
  'it, in one transaction. Outcomes: done; changed (the password is another one by now: refuse as '
  'a wrong password); not_fresh (there is a second factor, and no fresh proof by both).';

reset role;
revoke create on schema public from hub_auth;
