-- What goes to addresses that never asked for it, and what is known of whom. What comes out: mails
-- and a look at a link that say whose account an address is confirmed into; invitations that carry
-- the inviter's address and are withdrawn with the inviter; a reset that says whose it was.
--
-- Whether a name may be repeated to strangers is for Delivery to say, which writes the mail.

set local row_security = on;

grant create on schema public to hub_auth;
set local role hub_auth;

-- Whose account an address becomes the address of -------------------------------------------------

create function masked_email(email text) returns text
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$ select left(email, 1) || '***@' || split_part(email, '@', 2) $$;

comment on function masked_email(text) is
  'An address by which its owner knows it again and nobody else learns it: its first character and '
  'its domain, such as a***@example.com.';

create function account_of_link(link uuid, purpose text, out address text, out account text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select l.address, masked_email(a.email)
  from one_time_link l
  join account a on a.id = l.account_id
  where l.id = account_of_link.link and l.purpose = account_of_link.purpose
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
$$;

comment on function account_of_link(uuid, text) is
  'Whose account an address would be confirmed into by an open link, by the masked address it has '
  'so far; nulls where the link is unknown, for another purpose, expired, void or used. Uses '
  'nothing up.';

create or replace function change_email(
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
      insert into mail (kind, account_id, address, name, language, facts, link_id)
      values (
        'change_email', person.id, new_email, '', mail_language(person.language, person.country),
        jsonb_build_object('account', masked_email(person.email)), link);
    else
      perform ask_mail('change_email_known', owner, null);
    end if;
  end if;
  return 'pending';
end
$$;

create or replace function ask_unlink_google(
  session uuid, account uuid, address text, new_password_hash text, lifetime_seconds integer,
  requests_max integer, window_seconds integer, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  owner uuid;
  link uuid;
begin
  select a.* into person from account a
  where a.id = ask_unlink_google.account for no key update;
  select case when not s.is_live then 'dead_session' when not s.is_fresh then 'not_fresh' end
  into outcome from live_session(ask_unlink_google.session, ask_unlink_google.account) as s;
  if outcome is not null then
    return;
  end if;
  perform from account_google g where g.account_id = ask_unlink_google.account;
  if not found then
    outcome := 'not_linked';
    return;
  end if;

  -- As changing the address does, whether or not somebody else has it.
  perform drop_pending_email(ask_unlink_google.account);
  update account a set pending_email = address where a.id = ask_unlink_google.account;
  link := make_link(
    'unlink_google', ask_unlink_google.account, address, make_interval(secs => lifetime_seconds),
    jsonb_build_object(
      'password_hash', new_password_hash, 'session', ask_unlink_google.session));
  if count_link_request('change_email', address, requests_max, window_seconds) then
    select a.id into owner from account a where a.email_key = lower(address);
    if owner is null then
      -- Without a greeting, as when changing the address.
      insert into mail (kind, account_id, address, name, language, facts, link_id)
      values (
        'confirm_unlink_google', person.id, ask_unlink_google.address, '',
        mail_language(person.language, person.country),
        jsonb_build_object('account', masked_email(person.email)), link);
    else
      perform ask_mail('change_email_known', owner, null);
    end if;
  end if;
  outcome := 'pending';
end
$$;

-- Invitations -------------------------------------------------------------------------------------

create or replace function mail_invitation(tenant uuid, invitation uuid, lifetime_seconds integer)
returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  asked invitation;
  inviter account;
  guest account;
  made uuid;
begin
  select i.* into asked from invitation i
  where i.tenant_id = mail_invitation.tenant and i.id = mail_invitation.invitation;
  select a.* into inviter from account a where a.id = asked.invited_by;
  select a.* into guest from account a where a.email_key = asked.email_key;
  update one_time_link l set voided_at = now()
  where l.id = asked.link_id and l.used_at is null and l.voided_at is null;
  made := make_link(
    'invitation', null, asked.email, make_interval(secs => lifetime_seconds),
    jsonb_build_object(
      'tenant', asked.tenant_id, 'invitation', asked.id, 'inviter', asked.invited_by));
  update invitation i
  set link_id = made,
      invited_at = now(),
      expires_at = now() + make_interval(secs => lifetime_seconds),
      mailed_at = array(
        select at from unnest(i.mailed_at) as at where at > now() - interval '1 day'
        order by at) || now()
  where i.tenant_id = asked.tenant_id and i.id = asked.id;
  insert into mail (kind, account_id, address, name, language, facts, link_id)
  select 'invitation', guest.id, asked.email,
    coalesce(nullif(guest.display_name, ''), guest.first_name, ''),
    case when guest.id is null then mail_language(inviter.language, inviter.country)
      else mail_language(guest.language, guest.country) end,
    jsonb_build_object(
      'company', coalesce(nullif(c.trade_name, ''), c.legal_name),
      'inviter', asked.invited_by_name, 'inviter_email', inviter.email),
    made
  from company c
  where c.tenant_id = asked.tenant_id;
end
$$;

comment on function mail_invitation(uuid, uuid, integer) is
  'Makes the link of an invitation anew, which voids the one before, and asks for the mail: in the '
  'language of whoever has the address, or else of the inviter, whose address it carries for where '
  'their name is not repeated. Runs with the rights of its caller, a function of hub_auth.';

create function withdraw_invitation_mails(tenant uuid, invitation uuid, inviter uuid)
returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  delete from mail m
  using one_time_link l
  where m.kind = 'invitation' and m.sent_at is null and m.given_up_at is null
    and l.id = m.link_id and l.purpose = 'invitation'
    and (l.facts ->> 'tenant')::uuid = withdraw_invitation_mails.tenant
    and (withdraw_invitation_mails.invitation is null
      or (l.facts ->> 'invitation')::uuid = withdraw_invitation_mails.invitation)
    and (withdraw_invitation_mails.inviter is null
      or (l.facts ->> 'inviter')::uuid = withdraw_invitation_mails.inviter)
$$;

comment on function withdraw_invitation_mails(uuid, uuid, uuid) is
  'Takes the mails of a company''s invitations out of the outbox that have not gone: those of one '
  'invitation, or those in one inviter''s name (null: any). One that is being sent may still '
  'arrive; its link is void. Runs with the rights of its caller, a function of hub_auth.';

create or replace function revoke_invitation(tenant uuid, invitation uuid, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  link uuid;
begin
  perform lock_invitations(revoke_invitation.tenant);
  perform lock_link(revoke_invitation.tenant, revoke_invitation.invitation);
  update invitation i set revoked_at = now()
  where i.tenant_id = revoke_invitation.tenant and i.id = revoke_invitation.invitation
    and i.accepted_at is null and i.revoked_at is null
  returning i.link_id into link;
  outcome := case when found then 'revoked' else 'not_found' end;
  update one_time_link l set voided_at = now()
  where l.id = link and l.used_at is null and l.voided_at is null;
  perform withdraw_invitation_mails(revoke_invitation.tenant, revoke_invitation.invitation, null);
end
$$;

create or replace function revoke_invitations_of(tenant uuid, inviter uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform lock_invitations(revoke_invitations_of.tenant);
  -- Links before invitations, as everywhere.
  update one_time_link l set voided_at = now()
  where l.used_at is null and l.voided_at is null and l.id in (
    select i.link_id from invitation i
    where i.tenant_id = revoke_invitations_of.tenant
      and i.invited_by = revoke_invitations_of.inviter
      and i.accepted_at is null and i.revoked_at is null);
  update invitation i set revoked_at = now()
  where i.tenant_id = revoke_invitations_of.tenant
    and i.invited_by = revoke_invitations_of.inviter
    and i.accepted_at is null and i.revoked_at is null;
  perform withdraw_invitation_mails(
    revoke_invitations_of.tenant, null, revoke_invitations_of.inviter);
end
$$;

comment on function revoke_invitations_of(uuid, uuid) is
  'Takes back the open invitations of a person who may ask nobody in any more, and their mails '
  'that have not gone: nobody comes in by the word of who was removed. Runs with the rights of its '
  'caller, a function of hub_auth.';

create or replace function forget_person(account uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  tenant uuid;
begin
  select a.* into person from account a where a.id = forget_person.account;
  update integration_connection c set connected_by = null, connected_by_name = null
  where c.connected_by = person.id;
  -- Whoever goes takes their invitations back, as whoever leaves a company does: nobody is asked
  -- in by who is not there, nor joins by their word.
  for tenant in
    select i.tenant_id from invitation i where i.invited_by = person.id
    union
    select m.tenant_id from membership m where m.account_id = person.id
    order by 1
  loop
    perform revoke_invitations_of(tenant, person.id);
  end loop;
  update one_time_link l set facts = l.facts - 'inviter'
  where l.purpose = 'invitation' and (l.facts ->> 'inviter')::uuid = person.id;
  -- What was sent in their name.
  update mail m set facts = m.facts - '{inviter,inviter_email}'::text[]
  from one_time_link l
  join invitation i on i.id = (l.facts ->> 'invitation')::uuid
  where m.link_id = l.id and l.purpose = 'invitation' and i.invited_by = person.id
    and (m.sent_at is not null or m.given_up_at is not null);
  update invitation i set invited_by = null, invited_by_name = ''
  where i.invited_by = person.id;
  delete from invitation i where i.accepted_by = person.id;
  delete from mail m where m.account_id = person.id or lower(m.address) = person.email_key;
  delete from sign_in_guess g where g.email_hash = sha256(convert_to(person.email_key, 'UTF8'));
  delete from link_request r
  where r.address_hash in (
    select hash_of_request(purpose, person.email_key)
    from unnest(array['sign_up', 'reset_password', 'change_email']) as purpose);
  -- Memberships, sessions with their tokens, links, the Google link: by their foreign keys.
  delete from account a where a.id = person.id;
end
$$;

-- A new password ----------------------------------------------------------------------------------

drop function reset_password(uuid, text);

create function reset_password(
  link uuid, new_password_hash text, out outcome text, out email text, out account_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  used one_time_link;
begin
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = reset_password.link and l.purpose = 'reset_password'
  for no key update of a;
  select * into used from use_link(reset_password.link, 'reset_password');
  if used.id is null or person.id is null then
    outcome := 'invalid';
    return;
  end if;
  update account a set password_hash = new_password_hash, password_changed_at = now()
  where a.id = person.id;
  perform forget_guesses(person.email_key);
  perform revoke_sessions(person.id);
  perform void_links(person.id, '{reset_password}');
  -- Who resets may do so because somebody else was in: what that one began ends here.
  perform drop_pending_email(person.id);
  perform ask_mail('password_changed', person.id, null);
  outcome := 'done';
  email := person.email;
  account_id := person.id;
end
$$;

comment on function reset_password(uuid, text) is
  'Uses a reset link: sets the password, the first one too, ends every session, forgets the '
  'guesses, and takes back what waits for a confirmation. Outcomes: done (email and account are '
  'given); invalid (the link is unknown, for another purpose, expired, void or used).';

grant execute on function account_of_link(uuid, text), reset_password(uuid, text) to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
