-- Signing in with Google: journeys to Google and back, links, and what begins and ends them. What
-- comes out: the functions of hub_auth that a journey's end calls, once Google's word was checked.
--
-- The key of a link is Google's own identifier, never an address. A refusal is a value, so that
-- what was used up stays used up. Each function takes the account's row first: of two that come at
-- the same time the second sees what the first has done.

set local row_security = on;

set local role hub_owner;

create table google_flow (
  hash bytea primary key check (length(hash) = 32),
  intent text not null check (intent in ('SIGN_IN', 'SIGN_UP', 'LINK', 'REAUTHENTICATE')),
  account_id uuid references account on delete cascade,
  session_id uuid references session on delete cascade,
  facts jsonb not null default '{}',
  expires_at timestamptz not null,
  check ((intent in ('LINK', 'REAUTHENTICATE')) = (account_id is not null)),
  check ((account_id is null) = (session_id is null))
);

create index google_flow_by_age on google_flow (expires_at);
create index google_flow_by_account on google_flow (account_id);
create index google_flow_by_session on google_flow (session_id);

comment on table google_flow is
  'Journeys to Google that have not come back yet. The secret of each lies in the browser that '
  'began it, and nowhere else; coming back takes the row away, so that it is done once.';
comment on column google_flow.hash is 'SHA-256 of the secret in the browser''s cookie.';
comment on column google_flow.intent is 'What the person set out for.';
comment on column google_flow.account_id is 'Who set out; null where nobody was signed in.';
comment on column google_flow.session_id is 'The session they set out from.';
comment on column google_flow.facts is 'What the end will need to know, by the intent.';
comment on column google_flow.expires_at is 'Until when it can come back.';

alter table google_flow enable row level security, force row level security;
create policy google_flow_by_auth on google_flow to hub_auth using (true);
grant select, insert, update, delete on google_flow to hub_auth;

create policy account_google_by_linking on account_google for insert to hub_auth with check (true);
grant insert on account_google to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

-- Journeys ----------------------------------------------------------------------------------------

create function begin_google(
  hash bytea, intent text, account uuid, session uuid, facts jsonb, lifetime_seconds integer)
returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into google_flow (hash, intent, account_id, session_id, facts, expires_at)
  values (
    begin_google.hash, begin_google.intent, begin_google.account, begin_google.session,
    begin_google.facts, now() + make_interval(secs => lifetime_seconds));

  -- Whoever sets out takes a few away that never came back, so that the table stays small.
  delete from google_flow f
  where f.hash in (
    select old.hash from google_flow old where old.expires_at < now()
    limit 10
    for update skip locked);
end
$$;

comment on function begin_google(bytea, text, uuid, uuid, jsonb, integer) is
  'Notes that a browser sets out for Google. Account and session are those of the request, and '
  'null for a sign-in or a sign-up.';

create function end_google(
  hash bytea, out intent text, out account_id uuid, out session_id uuid, out facts jsonb)
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from google_flow f
  where f.hash = end_google.hash and f.expires_at > now()
  returning f.intent, f.account_id, f.session_id, f.facts
$$;

comment on function end_google(bytea) is
  'Takes the journey that came back, once; null where it is unknown, over, or was taken before.';

create function live_session(session uuid, account uuid, out is_live boolean, out is_fresh boolean)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  select true, is_fresh(s.authenticated_at) into is_live, is_fresh
  from session s
  where s.id = live_session.session and s.account_id = live_session.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  is_live := coalesce(is_live, false);
  is_fresh := coalesce(is_fresh, false);
end
$$;

comment on function live_session(uuid, uuid) is
  'Whether a session of this account lives, and whether its proof is fresh. Runs with the rights '
  'of its caller, which is a function of hub_auth.';

-- Signing in and up -------------------------------------------------------------------------------

create function sign_in_with_google(
  subject text, device text, address_range text, refresh_hash bytea, challenge_hash bytea,
  idle_seconds integer, absolute_seconds integer,
  out outcome text, out account_id uuid, out session_id uuid, out tenant_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  linked uuid;
  person account;
  wanted uuid;
begin
  select g.account_id into linked
  from account_google g where g.subject = sign_in_with_google.subject;
  select a.* into person from account a where a.id = linked for no key update;
  -- Asked again behind the lock: an unlinking that came first has ended.
  perform from account_google g
  where g.subject = sign_in_with_google.subject and g.account_id = linked;
  if not found then
    outcome := 'not_linked';
    return;
  end if;

  -- Nobody can be asked in the middle of a redirect: the company last used, or else the first by
  -- name, from where the person can switch to the others.
  select m.tenant_id into wanted
  from membership m where m.account_id = linked
  order by m.tenant_id is not distinct from person.last_tenant_id desc, m.company_name, m.tenant_id
  limit 1;
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter_or_challenge(
    linked, wanted, device, address_range, refresh_hash, challenge_hash, idle_seconds,
    absolute_seconds) as entered;
  if outcome = 'signed_in' then
    account_id := linked;
  end if;
end
$$;

comment on function sign_in_with_google(text, text, text, bytea, bytea, integer, integer) is
  'Lets in the person who has linked this Google account, which has just been proved. An address '
  'is not looked at: one that belongs to an account without this link signs nobody in. Outcomes: '
  'not_linked; signed_in (the ids are given); challenge (a second factor is missing, the hash '
  'given is the challenge''s); no_company. Letting in is made by a later migration.';

create function sign_up_with_google(
  subject text, google_email text, given_name text, family_name text, country text, language text,
  company_name text, country_version text, device text, address_range text, refresh_hash bytea,
  idle_seconds integer, absolute_seconds integer,
  out outcome text, out account_id uuid, out session_id uuid, out tenant_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  made_account uuid;
  made_tenant uuid;
begin
  begin
    made_account := make_person(
      google_email, null, given_name, family_name, sign_up_with_google.country,
      sign_up_with_google.language);
    insert into account_google (account_id, subject, email)
    values (made_account, sign_up_with_google.subject, google_email);
    made_tenant := make_company(
      made_account, sign_up_with_google.country_version, company_name);
  exception when unique_violation then
    -- Two at once: the database has decided, and nothing of this one stays.
    outcome := 'known';
    return;
  end;
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter(
    made_account, made_tenant, device, address_range, refresh_hash, idle_seconds,
    absolute_seconds) as entered;
  account_id := made_account;
end
$$;

comment on function sign_up_with_google(
  text, text, text, text, text, text, text, text, text, text, bytea, integer, integer) is
  'Makes a person, linked to the Google account that has just been proved, their company and their '
  'session. Outcomes: signed_in; known (there is an account with that address or that link: '
  'nothing was made, nothing was linked).';

-- Linking and proving -----------------------------------------------------------------------------

create function email_of_account(account uuid, out email text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select a.email from account a where a.id = email_of_account.account
$$;

comment on function email_of_account(uuid) is
  'The address that a person signs in with; null where there is no such person.';

create function link_google(
  session uuid, account uuid, expected_email text, subject text, google_email text,
  out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  held text;
begin
  select a.* into person from account a where a.id = link_google.account for no key update;
  select case when not s.is_live then 'dead_session' when not s.is_fresh then 'not_fresh' end
  into outcome from live_session(link_google.session, link_google.account) as s;
  if outcome is not null then
    return;
  end if;
  if person.email is distinct from expected_email then
    outcome := 'changed';
    return;
  end if;

  insert into account_google (account_id, subject, email)
  values (person.id, link_google.subject, google_email)
  on conflict do nothing;
  if found then
    perform ask_mail(
      'google_linked', person.id, null, jsonb_build_object('google_email', google_email));
    outcome := 'linked';
    return;
  end if;
  select g.subject into held from account_google g where g.account_id = person.id;
  outcome := case
    when held = link_google.subject then 'linked'
    when held is not null then 'other_linked'
    else 'linked_elsewhere'
  end;
end
$$;

comment on function link_google(uuid, uuid, text, text, text) is
  'Links the Google account that has just been proved to the person of a session, whose address '
  'was found to be Google''s own. Outcomes: linked (also where it was before, which asks for no '
  'mail); linked_elsewhere; other_linked (the person has linked another); changed (the address '
  'is another one by now); not_fresh (the session''s proof has grown old); dead_session.';

create function reauthenticate_with_google(
  session uuid, account uuid, subject text, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from account a where a.id = reauthenticate_with_google.account for no key update;
  perform from account_google g
  where g.account_id = reauthenticate_with_google.account
    and g.subject = reauthenticate_with_google.subject;
  if not found then
    outcome := 'other_google';
    return;
  end if;
  update session s set authenticated_at = now()
  where s.id = reauthenticate_with_google.session
    and s.account_id = reauthenticate_with_google.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  outcome := case when found then 'done' else 'dead_session' end;
end
$$;

comment on function reauthenticate_with_google(uuid, uuid, text) is
  'Notes that the person of a session has just proved at Google who they are. Outcomes: done; '
  'other_google (not the one that is linked); dead_session.';

create function set_first_password(
  session uuid, account uuid, new_password_hash text, out outcome text,
  out sessions_ended integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  select a.* into person from account a where a.id = set_first_password.account for no key update;
  select case when not s.is_live then 'dead_session' when not s.is_fresh then 'not_fresh' end
  into outcome from live_session(set_first_password.session, set_first_password.account) as s;
  if outcome is not null then
    return;
  end if;
  if person.password_hash is not null then
    outcome := 'changed';
    return;
  end if;
  update account a set password_hash = new_password_hash, password_changed_at = now()
  where a.id = person.id;
  perform forget_guesses(person.email_key);
  perform void_links(person.id, '{reset_password}');
  sessions_ended := revoke_other_sessions(set_first_password.session, person.id);
  perform ask_mail('password_changed', person.id, null);
  outcome := 'done';
end
$$;

comment on function set_first_password(uuid, uuid, text) is
  'Gives a password to a person who has none and has just proved otherwise who they are; every '
  'other session ends. Outcomes: done; changed (there is a password by now); not_fresh; '
  'dead_session.';

-- Unlinking ---------------------------------------------------------------------------------------

create function unlink_google(
  session uuid, account uuid, expected_email text, new_password_hash text, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  select a.* into person from account a where a.id = unlink_google.account for no key update;
  select case when not s.is_live then 'dead_session' when not s.is_fresh then 'not_fresh' end
  into outcome from live_session(unlink_google.session, unlink_google.account) as s;
  if outcome is not null then
    return;
  end if;
  if person.email is distinct from expected_email then
    outcome := 'changed';
    return;
  end if;
  outcome := replace_google(
    person.id, person.email, new_password_hash, unlink_google.session);
end
$$;

comment on function unlink_google(uuid, uuid, text, text) is
  'Ends the link to Google at once; from then on the person signs in with the address they have '
  'and this password. Outcomes: done; not_linked; changed (the address is another one by now); '
  'not_fresh; dead_session.';

create function replace_google(
  account uuid, address text, new_password_hash text, kept_session uuid) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  ended account_google;
begin
  select a.* into person from account a where a.id = replace_google.account;
  delete from account_google g where g.account_id = person.id returning g.* into ended;
  if ended.subject is null then
    return 'not_linked';
  end if;
  update account a
  set email = address, pending_email = null, password_hash = new_password_hash,
      password_changed_at = now()
  where a.id = person.id;
  perform forget_guesses(person.email_key);
  perform forget_guesses(lower(address));
  perform void_links(person.id, '{change_email,unlink_google,reset_password}');
  perform revoke_other_sessions(kept_session, person.id);
  perform ask_mail(
    'google_unlinked', person.id, null,
    jsonb_build_object('google_email', ended.email, 'email', address));
  return 'done';
end
$$;

comment on function replace_google(uuid, text, text, uuid) is
  'Puts an address and a password in the place of the link to Google; every session but one ends. '
  'The caller holds the account''s row. Outcomes: done; not_linked. An address that somebody else '
  'has is a unique violation. Runs with the rights of its caller, a function of hub_auth.';

create function ask_unlink_google(
  session uuid, account uuid, address text, new_password_hash text, lifetime_seconds integer,
  requests_max integer, window_seconds integer, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  owner uuid;
  link uuid;
begin
  perform from account a where a.id = ask_unlink_google.account for no key update;
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
      perform ask_mail('confirm_unlink_google', ask_unlink_google.account, address, link => link);
    else
      perform ask_mail('change_email_known', owner, null);
    end if;
  end if;
  outcome := 'pending';
end
$$;

comment on function ask_unlink_google(uuid, uuid, text, text, integer, integer, integer) is
  'Asks another address to be confirmed before it takes the place of the link to Google, which '
  'holds until then; what waited before is void. Outcomes: pending (whether or not the address is '
  'somebody else''s); not_linked; not_fresh; dead_session.';

create function confirm_unlink_google(
  link uuid, undo_seconds integer, out outcome text, out email text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  used one_time_link;
begin
  -- The account before the link, as everywhere.
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = confirm_unlink_google.link and l.purpose = 'unlink_google'
  for update of a;
  -- A refusal takes the use of the link back with it, and the link to Google is as it was.
  begin
    select * into used from use_link(confirm_unlink_google.link, 'unlink_google');
    if used.id is null or person.id is null then
      outcome := 'invalid';
      return;
    end if;
    outcome := replace_google(
      person.id, used.address, used.facts ->> 'password_hash', (used.facts ->> 'session')::uuid);
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  if outcome <> 'done' then
    return;
  end if;
  perform tell_of_new_email(person.id, person.email, undo_seconds);
  email := used.address;
end
$$;

comment on function confirm_unlink_google(uuid, integer) is
  'Ends the link to Google now that the address is confirmed; every session ends but the one that '
  'asked for it, and the old address gets a link that undoes the change. Outcomes: done (email is '
  'given); invalid (the link is unknown, for another purpose, expired, void or used); taken '
  '(somebody else has the address by now: the link can be tried again); not_linked.';

-- Rights ------------------------------------------------------------------------------------------

grant execute on function
  begin_google(bytea, text, uuid, uuid, jsonb, integer),
  end_google(bytea),
  sign_in_with_google(text, text, text, bytea, bytea, integer, integer),
  sign_up_with_google(
    text, text, text, text, text, text, text, text, text, text, bytea, integer, integer),
  email_of_account(uuid),
  link_google(uuid, uuid, text, text, text),
  reauthenticate_with_google(uuid, uuid, text),
  set_first_password(uuid, uuid, text),
  unlink_google(uuid, uuid, text, text),
  ask_unlink_google(uuid, uuid, text, text, integer, integer, integer),
  confirm_unlink_google(uuid, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
