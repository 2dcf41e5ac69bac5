-- Invitations. What comes out: the table of who was asked into a company, and the functions by
-- which administrators ask, ask again and take it back, and by which the asked one joins.
--
-- An invitation is bound to its address: whoever holds the link has read that mailbox. It opens no
-- session, so that it goes past nobody's password or second factor.

set local row_security = on;

set local role hub_owner;

create table invitation (
  tenant_id uuid not null references company on delete cascade
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  id uuid not null default gen_random_uuid(),
  email text not null
    check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and char_length(email) <= 254),
  email_key text not null generated always as (lower(email)) stored,
  role text not null check (role in ('administrator', 'accountant', 'assistant', 'seller')),
  solution_roles jsonb not null default '{}' check (jsonb_typeof(solution_roles) = 'object'),
  invited_by uuid,
  invited_by_name text not null,
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null,
  mailed_at timestamptz[] not null default '{}',
  link_id uuid references one_time_link on delete set null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  check (accepted_at is null or revoked_at is null)
);

-- One open invitation an address and company, however many ask at once.
create unique index invitation_open on invitation (tenant_id, email_key)
  where accepted_at is null and revoked_at is null;
create index invitation_by_link on invitation (link_id);
create index invitation_by_inviter on invitation (invited_by);
create index invitation_by_accepted on invitation (accepted_by);

comment on table invitation is
  'Who was asked into a company by mail, in which role, and what came of it.';
comment on column invitation.tenant_id is 'The company.';
comment on column invitation.id is 'Names the invitation.';
comment on column invitation.email is 'The address that was invited; it alone may accept.';
comment on column invitation.email_key is 'The address in lower case.';
comment on column invitation.role is 'The role to join in.';
comment on column invitation.solution_roles is
  'Roles by solution, such as {"pos": "seller"}; those of solutions that are gone are left out.';
comment on column invitation.invited_by is 'The account that last asked; it may be gone since.';
comment on column invitation.invited_by_name is 'What that person was called then.';
comment on column invitation.invited_at is 'When the address was last asked.';
comment on column invitation.expires_at is 'Until when the link of the last mail is good.';
comment on column invitation.mailed_at is
  'When mails were asked for within the last day or so: counted against the limits.';
comment on column invitation.link_id is 'The link of the last mail.';
comment on column invitation.accepted_at is 'When it was accepted; null: it was not.';
comment on column invitation.accepted_by is 'The account that accepted it; it may be gone since.';
comment on column invitation.revoked_at is 'When it was taken back; null: it was not.';

create function invitation_status(
  accepted_at timestamptz, revoked_at timestamptz, expires_at timestamptz, at timestamptz)
returns text
language sql immutable parallel safe
as $$
  select case
    when accepted_at is not null then 'ACCEPTED'
    when revoked_at is not null then 'REVOKED'
    when expires_at <= at then 'EXPIRED'
    else 'PENDING'
  end
$$;

comment on function invitation_status(timestamptz, timestamptz, timestamptz, timestamptz) is
  'What came of an invitation: ACCEPTED, REVOKED, EXPIRED (it can be sent again) or PENDING.';

grant execute on function
  invitation_status(timestamptz, timestamptz, timestamptz, timestamptz) to hub_app, hub_auth;

alter table invitation enable row level security, force row level security;
create policy invitation_of_tenant on invitation for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
grant select on invitation to hub_app;
create policy invitation_by_auth on invitation to hub_auth using (true);
grant select, insert, update, delete on invitation to hub_auth;

create policy account_by_invitation on account for insert to hub_auth with check (true);
grant insert (email, password_hash, password_changed_at, first_name, country, language)
  on account to hub_auth;
create policy membership_by_invitation on membership for insert to hub_auth with check (true);
grant insert (tenant_id, account_id, role) on membership to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

-- Asking ------------------------------------------------------------------------------------------

create function lock_invitations(tenant uuid) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  select pg_advisory_xact_lock(hashtextextended('mi-alegra: invitations of ' || tenant, 0))
$$;

comment on function lock_invitations(uuid) is
  'Whoever asks in a company''s name does so one after the other, so that limits hold.';

create function lock_link(tenant uuid, invitation uuid) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  select from one_time_link l
  where l.id = (
    select i.link_id from invitation i
    where i.tenant_id = lock_link.tenant and i.id = lock_link.invitation)
  for no key update
$$;

comment on function lock_link(uuid, uuid) is
  'The link of an invitation is always taken before the invitation, as whoever accepts does: so '
  'that two who act at once wait for each other. Runs with the rights of its caller, a function of '
  'hub_auth.';

create function invitation_wait(
  tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer)
returns integer
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  with mailed as (
    select i.id, at
    from invitation i
    cross join unnest(i.mailed_at) as at
    where i.tenant_id = invitation_wait.tenant and at > now() - interval '1 day')
  select coalesce(ceil(extract(epoch from max(limited.free_at) - now()))::integer, 0)
  from (
    select min(m.at) + interval '1 day' from mailed m
    having count(*) >= invitation_wait.company_mails_max
    union all
    select min(m.at) + interval '1 day' from mailed m
    where m.id = invitation_wait.invitation
    having count(*) >= invitation_wait.invitation_mails_max
  ) as limited (free_at)
$$;

comment on function invitation_wait(uuid, uuid, integer, integer) is
  'In how many seconds a company may send another invitation, or send this one again; 0: now. Runs '
  'with the rights of its caller, a function of hub_auth.';

create function mail_invitation(tenant uuid, invitation uuid, lifetime_seconds integer)
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
    jsonb_build_object('tenant', asked.tenant_id, 'invitation', asked.id));
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
      'inviter', asked.invited_by_name),
    made
  from company c
  where c.tenant_id = asked.tenant_id;
end
$$;

comment on function mail_invitation(uuid, uuid, integer) is
  'Makes the link of an invitation anew, which voids the one before, and asks for the mail: in the '
  'language of whoever has the address, or else of the inviter. Runs with the rights of its '
  'caller, a function of hub_auth.';

create function require_inviter(tenant uuid, actor uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from membership m
  where m.tenant_id = require_inviter.tenant and m.account_id = require_inviter.actor
    and m.role = 'administrator';
  if not found then
    raise exception 'the role was taken away meanwhile' using errcode = 'HB403';
  end if;
end
$$;

comment on function require_inviter(uuid, uuid) is
  'Raises HB403 where who invites is no administrator any more: app_guard asked before the lock. '
  'Runs with the rights of its caller, a function of hub_auth.';

create function invite_person(
  actor uuid, tenant uuid, email text, role text, solution_roles jsonb,
  company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer,
  out outcome text, out invitation_id uuid, out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  inviter_name text;
begin
  perform lock_invitations(invite_person.tenant);
  perform require_inviter(invite_person.tenant, invite_person.actor);
  select i.id into invitation_id from invitation i
  where i.tenant_id = invite_person.tenant and i.email_key = lower(invite_person.email)
    and i.accepted_at is null and i.revoked_at is null;
  perform lock_link(invite_person.tenant, invitation_id);
  if exists (
    select from membership m
    where m.tenant_id = invite_person.tenant and lower(m.email) = lower(invite_person.email))
  then
    outcome := 'already_member';
    return;
  end if;
  outcome := refused_role(invite_person.tenant, invite_person.role, invite_person.solution_roles);
  if outcome is not null then
    return;
  end if;
  retry_after_seconds := invitation_wait(
    invite_person.tenant, invitation_id, company_mails_max, invitation_mails_max);
  if retry_after_seconds > 0 then
    outcome := 'limited';
    return;
  end if;
  select m.display_name into inviter_name from membership m
  where m.tenant_id = invite_person.tenant and m.account_id = invite_person.actor;
  insert into invitation as i (
    tenant_id, email, role, solution_roles, invited_by, invited_by_name, expires_at)
  values (
    invite_person.tenant, invite_person.email, invite_person.role, invite_person.solution_roles,
    invite_person.actor, inviter_name, now())
  on conflict (tenant_id, email_key) where accepted_at is null and revoked_at is null
  do update
  set email = excluded.email, role = excluded.role, solution_roles = excluded.solution_roles,
      invited_by = excluded.invited_by, invited_by_name = excluded.invited_by_name
  returning i.id into invitation_id;
  perform mail_invitation(invite_person.tenant, invitation_id, lifetime_seconds);
  outcome := 'invited';
end
$$;

comment on function invite_person(
  uuid, uuid, text, text, jsonb, integer, integer, integer) is
  'Asks an address into a company by mail; where it was asked already and has not answered, in the '
  'role given now, with a new link. Outcomes: invited (invitation_id is given); already_member; '
  'limited (retry_after_seconds is given: so many mails went out within a day); those of '
  'refused_role().';

create function resend_invitation(
  actor uuid, tenant uuid, invitation uuid, company_mails_max integer,
  invitation_mails_max integer, lifetime_seconds integer,
  out outcome text, out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform lock_invitations(resend_invitation.tenant);
  perform require_inviter(resend_invitation.tenant, resend_invitation.actor);
  perform lock_link(resend_invitation.tenant, resend_invitation.invitation);
  perform from invitation i
  where i.tenant_id = resend_invitation.tenant and i.id = resend_invitation.invitation
    and i.accepted_at is null and i.revoked_at is null
  for no key update;
  if not found then
    outcome := 'not_found';
    return;
  end if;
  retry_after_seconds := invitation_wait(
    resend_invitation.tenant, resend_invitation.invitation, company_mails_max,
    invitation_mails_max);
  if retry_after_seconds > 0 then
    outcome := 'limited';
    return;
  end if;
  update invitation i
  set invited_by = resend_invitation.actor, invited_by_name = m.display_name
  from membership m
  where i.tenant_id = resend_invitation.tenant and i.id = resend_invitation.invitation
    and m.tenant_id = i.tenant_id and m.account_id = resend_invitation.actor;
  perform mail_invitation(resend_invitation.tenant, resend_invitation.invitation, lifetime_seconds);
  outcome := 'resent';
end
$$;

comment on function resend_invitation(uuid, uuid, uuid, integer, integer, integer) is
  'Sends an open invitation again, expired or not, with a new link. Outcomes: resent; not_found '
  '(none of the company''s, or accepted or taken back); limited (as in invite_person).';

create function revoke_invitation(tenant uuid, invitation uuid, out outcome text)
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
end
$$;

comment on function revoke_invitation(uuid, uuid) is
  'Takes an open invitation back; its link is good for nothing from then on. Outcomes: revoked; '
  'not_found (none of the company''s, or accepted or taken back).';

create function revoke_invitations_of(tenant uuid, inviter uuid) returns void
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
end
$$;

comment on function revoke_invitations_of(uuid, uuid) is
  'Takes back the open invitations of a person who may ask nobody in any more: nobody comes in by '
  'the word of who was removed. Runs with the rights of its caller, a function of hub_auth.';

-- Joining -----------------------------------------------------------------------------------------

create function invitation_of_link(
  link uuid, out email text, out has_account boolean)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.email, exists (select from account a where a.email_key = i.email_key)
  from (values (invitation_of_link.link)) as wanted (link)
  left join one_time_link l on l.id = wanted.link and l.purpose = 'invitation'
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
  left join invitation i on i.link_id = l.id and i.accepted_at is null and i.revoked_at is null
$$;

comment on function invitation_of_link(uuid) is
  'The address that an invitation''s link was sent to, and whether somebody signs in with it; null '
  'where the link can be used no longer. Told to whoever holds the link, who has read the mailbox.';

create function accept_invitation(
  link uuid, password_hash text, first_name text, country text, language text,
  out outcome text, out tenant_id uuid, out company_name text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  used one_time_link;
  asked invitation;
  person uuid;
begin
  select * into used from use_link(accept_invitation.link, 'invitation');
  update invitation i set accepted_at = now()
  where i.tenant_id = (used.facts ->> 'tenant')::uuid and i.id = (used.facts ->> 'invitation')::uuid
    and i.link_id = used.id and i.accepted_at is null and i.revoked_at is null
  returning i.* into asked;
  if asked.id is null then
    outcome := 'invalid';
    return;
  end if;
  if accept_invitation.first_name is not null then
    -- Of two that make the same person at once, the second waits and then finds the first's.
    insert into account (
      email, password_hash, password_changed_at, first_name, country, language)
    values (
      asked.email, accept_invitation.password_hash, now(), accept_invitation.first_name,
      accept_invitation.country, accept_invitation.language)
    on conflict (email_key) do nothing;
  end if;
  select a.id into person from account a where a.email_key = asked.email_key;
  if person is null then
    -- The account went between the look and this. Nothing was used up.
    update one_time_link l set used_at = null where l.id = used.id;
    update invitation i set accepted_at = null
    where i.tenant_id = asked.tenant_id and i.id = asked.id;
    outcome := 'account_needed';
    return;
  end if;
  insert into membership (tenant_id, account_id, role)
  values (asked.tenant_id, person, asked.role)
  on conflict do nothing;
  if found then
    insert into solution_role (tenant_id, account_id, solution, role)
    select asked.tenant_id, person, s.solution, given.role
    from jsonb_each_text(asked.solution_roles) as given (solution, role)
    join company_solution s on s.tenant_id = asked.tenant_id and s.solution = given.solution;
  end if;
  update invitation i set accepted_by = person
  where i.tenant_id = asked.tenant_id and i.id = asked.id;
  outcome := 'accepted';
  tenant_id := asked.tenant_id;
  select m.company_name into company_name from membership m
  where m.tenant_id = asked.tenant_id and m.account_id = person;
end
$$;

comment on function accept_invitation(uuid, text, text, text, text) is
  'Uses an invitation''s link: who signs in with its address becomes a member, or with a first '
  'name a person is made first. A person there is stays as they are. Outcomes: accepted (the '
  'company is given); account_needed (nobody has the address: come with a first name and a '
  'password''s hash); '
  'invalid (the link can be used no longer). Opens no session.';

grant execute on function
  invite_person(uuid, uuid, text, text, jsonb, integer, integer, integer),
  resend_invitation(uuid, uuid, uuid, integer, integer, integer),
  revoke_invitation(uuid, uuid),
  invitation_of_link(uuid),
  accept_invitation(uuid, text, text, text, text)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
