-- Taking mails out of the outbox, and the first two that are asked for. What comes out: the
-- functions of hub_delivery that the mail worker calls, a change of password and a sign-in from a
-- new device that are told of.
--
-- A mail is claimed by moving its next attempt behind the time that sending may take: nothing is
-- locked while a mail server is spoken to, and a worker that dies leaves its mail to the next one.

set local row_security = on;

grant create on schema public to hub_auth, hub_delivery;
set local role hub_delivery;

create function claim_mail(
  lease_seconds double precision,
  out id uuid, out kind text, out address text, out name text, out language text, out facts jsonb,
  out created_at timestamptz, out attempts integer,
  out link_id uuid, out link_purpose text, out link_expires_at timestamptz)
returns setof record
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with due as (
    select m.id from mail m
    where m.sent_at is null and m.given_up_at is null and m.next_attempt_at <= now()
    order by m.next_attempt_at
    limit 1
    for update skip locked),
  claimed as (
    update mail m
    set attempts = m.attempts + 1,
        next_attempt_at = now() + make_interval(secs => claim_mail.lease_seconds)
    from due
    where m.id = due.id
    returning m.*)
  select c.id, c.kind, c.address, c.name, c.language, c.facts, c.created_at, c.attempts,
    l.id, l.purpose, l.expires_at
  from claimed c
  left join one_time_link l on l.id = c.link_id
$$;

comment on function claim_mail(double precision) is
  'Takes the mail that is due longest, and counts the attempt; no row where none is due. For the '
  'seconds given nobody else takes it: tell mail_was_sent or mail_failed before they are over.';

create function mail_was_sent(mail uuid) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update mail m set sent_at = now(), given_up_at = null, failure = null
  where m.id = mail_was_sent.mail and m.sent_at is null
$$;

comment on function mail_was_sent(uuid) is
  'The mail server took it. Says so of one that another worker claimed meanwhile, too: it is sent.';

create function mail_failed(
  mail uuid, attempt integer, failure text, retry_seconds double precision)
returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update mail m
  set failure = left(mail_failed.failure, 500),
      given_up_at = case when mail_failed.retry_seconds is null then now() end,
      next_attempt_at = case when mail_failed.retry_seconds is null then m.next_attempt_at
        else now() + make_interval(secs => mail_failed.retry_seconds) end
  where m.id = mail_failed.mail and m.attempts = mail_failed.attempt
    and m.sent_at is null and m.given_up_at is null
$$;

comment on function mail_failed(uuid, integer, text, double precision) is
  'The attempt of this number failed: when to try again, or null to give the mail up. Does nothing '
  'where somebody else has claimed it since.';

create function purge_mails(
  sent_seconds double precision, given_up_seconds double precision, rows_max integer)
returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with old as (
    select m.id from mail m
    where (m.sent_at is not null or m.given_up_at is not null)
      and coalesce(m.sent_at, m.given_up_at) < now() - make_interval(
        secs => least(purge_mails.sent_seconds, purge_mails.given_up_seconds))
      and (m.sent_at < now() - make_interval(secs => purge_mails.sent_seconds)
        or m.given_up_at < now() - make_interval(secs => purge_mails.given_up_seconds))
    limit purge_mails.rows_max
    for update skip locked),
  removed as (delete from mail m using old where m.id = old.id returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_mails(double precision, double precision, integer) is
  'Removes mails that were sent, or given up, longer ago than these seconds; how many. Call it '
  'again where as many as rows_max were removed.';

grant execute on function
  claim_mail(double precision),
  mail_was_sent(uuid),
  mail_failed(uuid, integer, text, double precision),
  purge_mails(double precision, double precision, integer)
  to hub_app_write;

reset role;
set local role hub_owner;
create index mail_to_purge on mail ((coalesce(sent_at, given_up_at)))
  where sent_at is not null or given_up_at is not null;
reset role;

-- What is told of ---------------------------------------------------------------------------------

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
  'a wrong password).';

create or replace function enter(
  account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea,
  idle_seconds integer, absolute_seconds integer,
  out outcome text, out session_id uuid, out tenant_id uuid)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  belongs_to uuid[];
  is_known boolean;
begin
  select a.* into person from account a where a.id = enter.account for no key update;
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

  update account a set last_tenant_id = enter.tenant_id
  where a.id = person.id and a.last_tenant_id is distinct from enter.tenant_id;

  -- Null before the first session ever, which nobody needs to be told of: no device is new then.
  -- The account's row is locked, so of two sign-ins at once one comes first.
  select bool_or(s.device = left(enter.device, 200)) into is_known
  from session s where s.account_id = person.id;
  if not is_known then
    perform ask_mail('new_device', person.id, null, jsonb_build_object(
      'device', left(enter.device, 200), 'address_range', enter.address_range));
  end if;

  insert into session as s (
    account_id, last_tenant_id, device, address_range, expires_at, idle_expires_at)
  values (
    person.id, enter.tenant_id, left(enter.device, 200), enter.address_range,
    now() + make_interval(secs => absolute_seconds),
    now() + make_interval(secs => least(idle_seconds, absolute_seconds)))
  returning s.id into session_id;

  insert into refresh_token (hash, session_id) values (refresh_hash, enter.session_id);
end
$$;

comment on function enter(uuid, uuid, text, text, bytea, integer, integer) is
  'Opens a session for a person who has just proved who they are; where they never had one with '
  'this device, but with others, it asks for the mail that tells of it. Outcomes: signed_in '
  '(session_id, tenant_id are given); choose_company (none was wanted, none is the last used); '
  'no_company; not_member (of the company wanted). Runs with the rights of its caller, which is a '
  'function of hub_auth that checked the proof.';

reset role;
revoke create on schema public from hub_auth, hub_delivery;
