-- Changing the password, and ending sessions elsewhere. What comes out: the functions of hub_auth
-- behind the section Seguridad. As in signing in, a refusal is a value and passwords are never
-- compared here.

set local row_security = on;

set local role hub_owner;
grant update (password_changed_at) on account to hub_auth;
reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function password_of_account(account uuid, out password_hash text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select a.password_hash
  from (values (password_of_account.account)) as wanted (id)
  left join account a on a.id = wanted.id
$$;

comment on function password_of_account(uuid) is
  'The hash to verify a signed-in person''s password against; null where they have none. Count the '
  'guess in the same batch.';

create function change_password(
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
  update account a set password_hash = new_password_hash, password_changed_at = now()
  where a.id = person.id;
  delete from sign_in_guess g
  where g.email_hash = sha256(convert_to(person.email_key, 'UTF8'));
  sessions_ended := revoke_other_sessions(change_password.session, person.id);
  outcome := 'done';
end
$$;

create function revoke_other_sessions(session uuid, account uuid) returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with ended as (
    update session s set revoked_at = now()
    where s.account_id = revoke_other_sessions.account and s.id <> revoke_other_sessions.session
      and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now()
    returning 1)
  select count(*)::integer from ended
$$;

comment on function change_password(uuid, uuid, text, text) is
  'Replaces the password that was just verified against expected_password_hash, and ends every '
  'other session of the person in the same transaction. Outcomes: done; changed (the password is '
  'another one by now: refuse as a wrong password).';
comment on function revoke_other_sessions(uuid, uuid) is
  'Ends every open session of this account but the one given, access tokens included; how many.';

create function revoke_session(account uuid, target uuid) returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update session s set revoked_at = now()
  where s.id = revoke_session.target and s.account_id = revoke_session.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  return found;
end
$$;

comment on function revoke_session(uuid, uuid) is
  'Ends an open session of this account, access tokens included; false where it has no such one.';

grant execute on function
  password_of_account(uuid),
  change_password(uuid, uuid, text, text),
  revoke_other_sessions(uuid, uuid),
  revoke_session(uuid, uuid)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
