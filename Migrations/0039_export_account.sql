-- What the house keeps of a person, for the person. What comes out: one document out of everything
-- that is theirs. No secret is in it, and nothing of other people.

set local row_security = on;

set local role hub_owner;

create policy account_google_for_export on account_google for select to hub_auth using (true);
grant select on account_google to hub_auth;
grant select (tenant_id, integration, connected_at) on integration_connection to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function export_account(
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
      from integration_connection c where c.connected_by = person.id));
end
$$;

comment on function export_account(uuid, uuid, integer) is
  'Everything that the house keeps of a person, as one document; of sessions, links, mails and '
  'invitations the latest rows_max. Outcomes: done; stale (the session''s proof is not fresh). A '
  'test holds that each table of a person is in it.';

grant execute on function export_account(uuid, uuid, integer) to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
