-- Proving again who one is, and getting in without the password. What comes out: reauthenticate(),
-- the request and the use of a reset link, and what the links of mails share: how often one is
-- asked for, and what a use makes void.
--
-- Every function here that locks a person's links has locked the person before: one order for all.

set local row_security = on;

set local role hub_owner;

create table link_request (
  address_hash bytea primary key check (length(address_hash) = 32),
  window_started_at timestamptz not null default now(),
  requests integer not null
);

create index link_request_by_age on link_request (window_started_at);

comment on table link_request is
  'How often a mail with a link was asked for an address lately, whether there is an account or '
  'not: nobody''s mailbox is to be filled by strangers.';
comment on column link_request.address_hash is
  'SHA-256 of the purpose and the address in lower case: what people mistype is nobody''s to read.';
comment on column link_request.window_started_at is 'When counting began.';
comment on column link_request.requests is 'How many since then.';

alter table link_request enable row level security, force row level security;
create policy link_request_by_auth on link_request to hub_auth using (true);
grant select, insert, update, delete on link_request to hub_auth;

grant update (pending_email) on account to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

-- What the links share ----------------------------------------------------------------------------

create function hash_of_request(purpose text, address text) returns bytea
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$
  select sha256(convert_to(purpose || ':' || lower(address), 'UTF8'))
$$;

comment on function hash_of_request(text, text) is
  'By what requests for mails are counted: a purpose by itself, so that strangers who ask for a '
  'sign-up keep nobody from a reset.';

create function count_link_request(
  purpose text, address text, requests_max integer, window_seconds integer) returns boolean
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  counted link_request;
  span constant interval := make_interval(secs => window_seconds);
begin
  insert into link_request as r (address_hash, requests)
  values (hash_of_request(count_link_request.purpose, count_link_request.address), 1)
  on conflict (address_hash) do update
  set requests = case when r.window_started_at > now() - span then r.requests + 1 else 1 end,
      window_started_at =
        case when r.window_started_at > now() - span then r.window_started_at else now() end
  returning r.* into counted;

  -- Whoever comes by takes a few old rows out, so that the table stays small by itself.
  delete from link_request
  where address_hash in (
    select old.address_hash from link_request old
    where old.window_started_at < now() - greatest(span, interval '1 day')
    limit 10
    for update skip locked);
  return counted.requests <= requests_max;
end
$$;

comment on function count_link_request(text, text, integer, integer) is
  'Counts one request for a mail with a link, and says whether the mail may go: at most '
  'requests_max for a purpose to an address within window_seconds. The row stays locked, so that '
  'of two requests for one address the second waits. Runs with the rights of its caller, a '
  'function of hub_auth.';

create function forget_guesses(email_key text) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  delete from sign_in_guess g
  where g.email_hash = sha256(convert_to(forget_guesses.email_key, 'UTF8'))
$$;

comment on function forget_guesses(text) is
  'Forgets the guesses at the password of an address, once its owner has proved to be it. Runs '
  'with the rights of its caller, a function of hub_auth.';

create function void_links(account uuid, purposes text[]) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  update one_time_link l set voided_at = now()
  where l.account_id = void_links.account and l.purpose = any (void_links.purposes)
    and l.used_at is null and l.voided_at is null
$$;

comment on function void_links(uuid, text[]) is
  'Makes a person''s open links for these purposes void. Runs with the rights of its caller, a '
  'function of hub_auth.';

create function drop_pending_email(account uuid) returns boolean
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform void_links(drop_pending_email.account, '{change_email,unlink_google}');
  update account a set pending_email = null
  where a.id = drop_pending_email.account and a.pending_email is not null;
  return found;
end
$$;

comment on function drop_pending_email(uuid) is
  'Takes back the new address that waits for its confirmation, and all that waits with it; false '
  'where none waits. Runs with the rights of its caller, a function of hub_auth.';

create function revoke_sessions(account uuid) returns integer
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  with ended as (
    update session s set revoked_at = now()
    where s.account_id = revoke_sessions.account and s.revoked_at is null
      and s.expires_at > now() and s.idle_expires_at > now()
    returning 1)
  select count(*)::integer from ended
$$;

comment on function revoke_sessions(uuid) is
  'Ends every open session of this account, access tokens included; how many. Runs with the rights '
  'of its caller, a function of hub_auth.';

create function look_at_link(
  link uuid, purpose text, out address text, out account_email text, out account_language text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select l.address, a.email, a.language
  from one_time_link l
  left join account a on a.id = l.account_id
  where l.id = look_at_link.link and l.purpose = look_at_link.purpose
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
$$;

comment on function look_at_link(uuid, text) is
  'Whose an open link is, before it is used; nulls where it is unknown, for another purpose, '
  'expired, void or used. The address is where it was sent.';

create function has_fresh_proof(session uuid, account uuid) returns boolean
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from session s
    where s.id = has_fresh_proof.session and s.account_id = has_fresh_proof.account
      and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now()
      and is_fresh(s.authenticated_at))
$$;

comment on function has_fresh_proof(uuid, uuid) is
  'Whether a session lives and its person proved lately who they are. Ask once the account is '
  'locked: app_guard asked before, and a reset that this waited for has ended the session since. '
  'Runs with the rights of its caller, a function of hub_auth.';

-- Proving again who one is ------------------------------------------------------------------------

create function reauthenticate(session uuid, account uuid, expected_password_hash text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  select a.* into person from account a where a.id = reauthenticate.account for no key update;
  if person.password_hash is null or person.password_hash is distinct from expected_password_hash
  then
    return false;
  end if;
  update session s set authenticated_at = now()
  where s.id = reauthenticate.session and s.account_id = person.id;
  perform forget_guesses(person.email_key);
  return true;
end
$$;

comment on function reauthenticate(uuid, uuid, text) is
  'Notes that a person has just proved who they are: the password was verified against '
  'expected_password_hash. False where it is another one by now: refuse as a wrong password.';

-- Getting in without the password -----------------------------------------------------------------

create function request_password_reset(
  email text, lifetime_seconds integer, requests_max integer, window_seconds integer)
returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  link uuid;
begin
  -- Past the limit the last link stays the good one, so nobody is shut out by asking for others.
  if not count_link_request('reset_password', email, requests_max, window_seconds) then
    return;
  end if;
  select a.* into person from account a
  where a.email_key = lower(request_password_reset.email) for no key update;
  -- Where nobody has the address, the same is written and then undone, so that both cases take
  -- the same time.
  begin
    link := make_link(
      'reset_password', person.id, coalesce(person.email, request_password_reset.email),
      make_interval(secs => lifetime_seconds));
    insert into mail (kind, account_id, address, name, language, link_id)
    values (
      'reset_password', person.id, coalesce(person.email, request_password_reset.email),
      coalesce(nullif(person.display_name, ''), person.first_name, ''),
      coalesce(mail_language(person.language, person.country), 'es'), link);
    if person.id is null then
      raise exception 'nobody has this address' using errcode = 'HB404';
    end if;
  exception
    when sqlstate 'HB404' then null;
  end;
end
$$;

comment on function request_password_reset(text, integer, integer, integer) is
  'Asks for a mail with a link to set a new password, where somebody signs in with the address. '
  'Nothing tells whether it was so.';

create function reset_password(link uuid, new_password_hash text, out outcome text, out email text)
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
end
$$;

comment on function reset_password(uuid, text) is
  'Uses a reset link: sets the password, the first one too, ends every session, forgets the '
  'guesses, and takes back what waits for a confirmation. Outcomes: done (email is given); invalid '
  '(the link is unknown, for another purpose, expired, void or used).';

grant execute on function
  look_at_link(uuid, text),
  reauthenticate(uuid, uuid, text),
  request_password_reset(text, integer, integer, integer),
  reset_password(uuid, text)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
