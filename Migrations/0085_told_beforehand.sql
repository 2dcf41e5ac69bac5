-- What people and operators are told. What comes out: the document that a person takes along tells
-- of what they confirmed of their companies, and the report of another country version of who
-- can no longer open which solution. A company comes to another version with what solutions know of
-- it and that version takes, as if they reported it once more.

set local row_security = on;

set local role hub_owner;

create policy company_confirmation_for_export on company_confirmation for select to hub_auth
  using (true);
grant select (tenant_id, field, confirmed_by, confirmed_by_name, confirmed_at)
  on company_confirmation to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create or replace function export_account(
  session uuid, account uuid, rows_max integer, out outcome text, out document jsonb)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  perform from session s
  where s.id = export_account.session and s.account_id = export_account.account
    and s.revoked_at is null and is_fresh(s.authenticated_at);
  if not found then
    outcome := 'stale';
    return;
  end if;
  select a.* into person from account a where a.id = export_account.account;
  outcome := 'done';
  document := jsonb_build_object(
    'exportedAt', now(),
    'profile', jsonb_build_object(
      'id', person.id, 'firstName', person.first_name, 'lastName', person.last_name,
      'displayName', person.display_name, 'phone', person.phone, 'country', person.country,
      'language', person.language, 'signedUpAt', person.created_at,
      'updatedAt', person.updated_at),
    'photo', (
      select jsonb_build_object('path', person.photo_url, 'storedAt', p.stored_at)
      from photo p where p.account_id = person.id),
    'login', jsonb_build_object(
      'email', person.email, 'pendingEmail', person.pending_email,
      'hasPassword', person.has_password, 'passwordChangedAt', person.password_changed_at),
    'google', (
      select jsonb_build_object('subject', g.subject, 'email', g.email, 'linkedAt', g.linked_at)
      from account_google g where g.account_id = person.id),
    'secondFactor', (
      select jsonb_build_object(
        'enrolledAt', f.created_at, 'confirmedAt', f.confirmed_at,
        'recoveryCodesUsedAt', (
          select coalesce(jsonb_agg(c.used_at order by c.used_at), '[]')
          from recovery_code c where c.account_id = f.account_id and c.used_at is not null),
        'recoveryAskedAt', f.recovery_asked_at)
      from second_factor f where f.account_id = person.id),
    'memberships', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', m.tenant_id, 'companyName', m.company_name, 'role', m.role,
        'solutionRoles', (
          select coalesce(jsonb_object_agg(r.solution, r.role), '{}')
          from solution_role r
          where r.tenant_id = m.tenant_id and r.account_id = m.account_id),
        'joinedAt', m.joined_at) order by m.joined_at), '[]')
      from membership m where m.account_id = person.id),
    'sessions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'device', s.device, 'addressRange', s.address_range, 'createdAt', s.created_at,
        'lastSeenAt', s.last_seen_at, 'authenticatedAt', s.authenticated_at,
        'expiresAt', s.expires_at, 'endedAt', s.revoked_at) order by s.created_at desc), '[]')
      from (
        select * from session own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as s),
    'links', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'purpose', l.purpose, 'address', l.address, 'createdAt', l.created_at,
        'expiresAt', l.expires_at, 'usedAt', l.used_at, 'voidedAt', l.voided_at)
        order by l.created_at desc), '[]')
      from (
        select * from one_time_link own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as l),
    'mails', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', m.kind, 'address', m.address, 'language', m.language, 'askedForAt', m.created_at,
        'sentAt', m.sent_at) order by m.created_at desc), '[]')
      from (
        select * from mail own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as m),
    -- Whom they invited is another person's to be told.
    'invitationsSent', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', i.tenant_id, 'role', i.role, 'invitedAt', i.invited_at,
        'status', invitation_status(i.accepted_at, i.revoked_at, i.expires_at, now()))
        order by i.invited_at desc), '[]')
      from (
        select * from invitation own where own.invited_by = person.id
        order by own.invited_at desc limit export_account.rows_max) as i),
    'invitationsAccepted', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', i.tenant_id, 'email', i.email, 'role', i.role, 'invitedAt', i.invited_at,
        'acceptedAt', i.accepted_at) order by i.accepted_at desc), '[]')
      from (
        select * from invitation own where own.accepted_by = person.id
        order by own.accepted_at desc limit export_account.rows_max) as i),
    'integrationsConnected', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', c.tenant_id, 'integration', c.integration, 'connectedAt', c.connected_at)
        order by c.connected_at), '[]')
      from integration_connection c where c.connected_by = person.id),
    'companyFieldsConfirmed', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', n.tenant_id, 'field', n.field, 'confirmedAs', n.confirmed_by_name,
        'confirmedAt', n.confirmed_at)
        order by n.confirmed_at, n.tenant_id, n.field), '[]')
      from company_confirmation n where n.confirmed_by = person.id),
    'loginEvents', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'type', e.type, 'at', e.at, 'by', e.actor_kind, 'details', e.details)
        order by e.id desc), '[]')
      from (
        select * from account_event own where own.account_id = person.id
        order by own.id desc limit export_account.rows_max) as e));
end
$$;

reset role;
revoke create on schema public from hub_auth;

set local role hub_owner;

create function company_access(tenant uuid) returns jsonb
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object('email', a.email, 'name', s.name, 'solution', s.solution)
      order by a.email_key collate "C", o.position), '[]')
  from company_standing(company_access.tenant, 'en') s
  join account a on a.id::text = s.subject
  join solution o on o.code = s.solution
  where s.kind = 'ACCESS_LOST'
$$;

comment on function company_access(uuid) is
  'Who may open which solution of a company, as [{"email", "name", "solution"}]. Runs with the '
  'rights of its caller.';

create function settle_claims(tenant uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform decide_company_fields(settle_claims.tenant, best.source, best.fields)
  from (
    select k.source, array_agg(claimed.field) as fields
    from (
      select distinct claim_field(f.path) as field
      from company c
      join form_field f on f.country_version = c.country_version
      where c.tenant_id = settle_claims.tenant) as claimed
    cross join lateral latest_claims(settle_claims.tenant, claimed.field) as k
    -- What was said of the time zone was said of where the company was.
    where k.place = 1 and claimed.field <> 'timezone'
    group by k.source) as best;
end
$$;

comment on function settle_claims(uuid) is
  'Writes into a company that came to another country version what solutions know of it and that '
  'version takes, where no person''s word stands. Runs with the rights of its caller, who may act '
  'as hub_company.';

create or replace function change_country(
  tenant uuid, version text, drops boolean, out report jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before company;
  after company;
  known country_version;
  dropped jsonb;
  connected text[];
  opened jsonb;
begin
  perform require_operator();
  select c.* into before from company c where c.tenant_id = change_country.tenant for update;
  if not found then
    raise exception 'there is no company %', change_country.tenant using errcode = 'HB404';
  end if;
  select v.* into known from country_version v where v.code = change_country.version;
  if not found then
    raise exception 'there is no country version %', change_country.version
      using errcode = 'HB404';
  end if;
  select coalesce(jsonb_agg(to_jsonb(d) order by d.kind desc, d.name), '[]') into dropped
  from dropped_by_country(change_country.tenant, known.code) d
  where before.country_version <> known.code;
  if dropped <> '[]' and not change_country.drops then
    raise exception 'the version % does not have all that the company % has', known.code, tenant
      using errcode = 'HB409', detail = dropped::text;
  end if;
  opened := company_access(before.tenant_id);
  if before.country_version <> known.code then
    delete from company_solution s using jsonb_array_elements(dropped) as d
    where s.tenant_id = before.tenant_id and d ->> 'kind' = 'solution'
      and s.solution = d ->> 'name';
    delete from integration_connection i using jsonb_array_elements(dropped) as d
    where i.tenant_id = before.tenant_id and d ->> 'kind' = 'integration'
      and i.integration = d ->> 'name';
    connected := array(
      select i.integration from integration_connection i
      where i.tenant_id = before.tenant_id and i.state = 'CONNECTED');
    perform move_company(before, known);
    perform settle_claims(before.tenant_id);
  end if;
  select c.* into after from company c where c.tenant_id = before.tenant_id;
  report := jsonb_build_object(
    'legalName', after.legal_name, 'from', before.country_version, 'to', after.country_version,
    'dropped', dropped,
    'changed', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', c.name, 'from', to_jsonb(before) ->> c.name, 'to', to_jsonb(after) ->> c.name)
        order by c.name), '[]')
      from unnest(array['currency_code', 'timezone', 'decimal_precision']) as c (name)
      where to_jsonb(before) ->> c.name <> to_jsonb(after) ->> c.name) || (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', 'integration ' || i.integration, 'from', 'CONNECTED', 'to', i.failure)
        order by i.integration), '[]')
      from integration_connection i
      where i.tenant_id = after.tenant_id and i.state = 'ERROR'
        and i.integration = any (connected)),
    'people', (
      select coalesce(jsonb_agg(lost.access order by lost.place), '[]')
      from jsonb_array_elements(opened) with ordinality as lost (access, place)
      where not company_access(after.tenant_id) @> jsonb_build_array(lost.access)),
    'missing', (
      select coalesce(jsonb_agg(f.path order by f.position), '[]')
      from form_field f
      where f.country_version = after.country_version and f.required
        and to_jsonb(after) ->> company_column(f.path) is null));
end
$$;

comment on function change_country(uuid, text, boolean) is
  'Moves a company to another country version, with its currency, and its time zone where that was '
  'the old version''s. What the new version does not have is dropped where drops says so; '
  'otherwise HB409, whose detail lists it. Reports what was dropped and changed, who can no longer '
  'open which solution, and which required fields are empty now. HB404: there is no such company '
  'or version.';

reset role;
