-- What is recorded of each table, and how it reads in the log. What comes out: a function of
-- hub_log for each table of a tenant, which lists the columns that it records; what is sealed or
-- secret is on no list. A table that is added needs its own, or a test names it.

set local row_security = on;

grant create on schema public to hub_log;
set local role hub_log;

create function company_stands(tenant uuid) returns boolean
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$ select exists (select from company c where c.tenant_id = company_stands.tenant) $$;

comment on function company_stands(uuid) is
  'Whether the company is there still: what goes along with it is not told one by one.';

create function record_company() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  recorded constant text[] := array[
    'country_version countryVersion', 'legal_name legalName', 'trade_name tradeName',
    'identification_type identification.type', 'identification_number identification.number',
    'identification_check_digit identification.checkDigit', 'kind_of_person kindOfPerson',
    'regime regime', 'address_description address.description', 'address_street address.street',
    'address_exterior_number address.exteriorNumber',
    'address_interior_number address.interiorNumber', 'address_neighborhood address.neighborhood',
    'address_city address.city', 'address_municipality address.municipality',
    'address_district address.district', 'address_region address.region',
    'address_postal_code address.postalCode', 'phone phone', 'email email', 'website website',
    'currency_code currency', 'timezone timezone', 'decimal_precision decimalPrecision',
    'logo_url logo'];
  changes jsonb;
begin
  -- A tenant that takes another's id is a company that went and one that came.
  if tg_op = 'DELETE' or tg_op = 'UPDATE' and new.tenant_id <> old.tenant_id then
    -- Whoever erases all of a company has its log go first, and a tombstone stay.
    if exists (select from event_head h where h.tenant_id = old.tenant_id) then
      perform record_event(old.tenant_id, 'company.deleted', null, '[]');
    end if;
    old := null;
  end if;
  if tg_op = 'DELETE' then
    return null;
  end if;
  changes := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  if old is null then
    perform record_event(new.tenant_id, 'company.created', null, changes);
  elsif changes <> '[]' then
    perform record_event(new.tenant_id, 'company.updated', null, changes);
  end if;
  return null;
end
$$;

create function record_company_solution() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  recorded constant text[] := array[
    'plan plan', 'state state', 'trial_ends_at trialEndsAt'];
  changes jsonb;
begin
  -- What stands at commit behind this row waits for locks.
  perform take_event_heads();
  if tg_op = 'DELETE'
    or tg_op = 'UPDATE' and (new.tenant_id, new.solution) <> (old.tenant_id, old.solution)
  then
    if company_stands(old.tenant_id) then
      perform record_event(
        old.tenant_id,
        case when old.state = 'INACTIVE' then 'solution.removed' else 'solution.deactivated' end,
        old.solution, event_changes(to_jsonb(old), null, recorded));
    end if;
    if tg_op = 'DELETE' then
      return null;
    end if;
    old := null;
  end if;
  changes := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  if changes <> '[]' then
    perform record_event(
      new.tenant_id,
      case
        when old is null or old.state = 'INACTIVE' and new.state <> 'INACTIVE'
          then 'solution.activated'
        when old.state <> 'INACTIVE' and new.state = 'INACTIVE' then 'solution.deactivated'
        when new.plan <> old.plan then 'solution.plan_changed'
        else 'solution.updated'
      end,
      new.solution, changes);
  end if;
  return null;
end
$$;

create function record_membership() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  recorded constant text[] := array[
    'role role', 'display_name displayName', 'email email'];
begin
  -- Though nothing may be told of this row, what is behind it at commit waits for locks.
  perform take_event_heads();
  if tg_op = 'DELETE' or tg_op = 'UPDATE'
    and (new.tenant_id, new.account_id) <> (old.tenant_id, old.account_id)
  then
    if company_stands(old.tenant_id) then
      perform record_event(
        old.tenant_id, 'person.left', old.account_id::text,
        event_changes(
          to_jsonb(old), null,
          -- Whoever ends their account leaves no name behind.
          case when exists (select from account a where a.id = old.account_id) then recorded
            else recorded[1:1] end));
    end if;
    if tg_op = 'DELETE' then
      return null;
    end if;
    old := null;
  end if;
  if old is null then
    perform record_event(
      new.tenant_id, 'person.joined', new.account_id::text,
      event_changes(null, to_jsonb(new), recorded));
  elsif new.role <> old.role then
    -- What they are called is the account's: profile.updated tells of it.
    perform record_event(
      new.tenant_id, 'person.role_changed', new.account_id::text,
      event_changes(to_jsonb(old), to_jsonb(new), recorded[1:1]));
  end if;
  return null;
end
$$;

create function record_solution_role() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  place solution_role := old;
begin
  if tg_op <> 'DELETE' then
    place := new;
  end if;
  -- Whoever leaves takes the roles along: person.left says it.
  if not exists (
    select from membership m
    where m.tenant_id = place.tenant_id and m.account_id = place.account_id)
  then
    return null;
  end if;
  if old is null or new is null or new is distinct from old then
    perform record_event(
      place.tenant_id, 'person.role_changed', place.account_id::text,
      event_changes(
        to_jsonb(old), to_jsonb(new), array['role solutionRoles.' || place.solution]));
  end if;
  return null;
end
$$;

create function record_invitation() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  recorded constant text[] := array[
    'email email', 'role role', 'solution_roles solutionRoles', 'expires_at expiresAt'];
  changes constant jsonb := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  happened text;
begin
  if tg_op = 'DELETE' then
    if company_stands(old.tenant_id) then
      perform record_event(old.tenant_id, 'invitation.removed', old.id::text, '[]');
    end if;
    return null;
  end if;
  happened := case
    when old is null then 'created'
    when old.accepted_at is null and new.accepted_at is not null then 'accepted'
    when old.revoked_at is null and new.revoked_at is not null then 'revoked'
    when new.mailed_at <> old.mailed_at then 'sent'
    when changes <> '[]' then 'updated'
  end;
  -- One that was taken back before the commit was not accepted.
  if happened is null or happened = 'accepted' and not exists (
    select from invitation i
    where i.tenant_id = new.tenant_id and i.id = new.id and i.accepted_at is not null)
  then
    return null;
  end if;
  perform record_event(new.tenant_id, 'invitation.' || happened, new.id::text, changes);
  return null;
end
$$;

create function record_integration_connection() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  recorded constant text[] := array['state state', 'failure failure'];
  changes jsonb := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  happened text;
begin
  if tg_op = 'DELETE' then
    if company_stands(old.tenant_id) then
      perform record_event(
        old.tenant_id, 'integration.disconnected', old.integration, changes);
    end if;
    return null;
  end if;
  happened := case
    when old is null then 'connected'
    when new.state = 'ERROR' and old.state <> 'ERROR' then 'failed'
    when new.state <> old.state then 'recovered'
    else 'updated'
  end;
  -- That there are other credentials is told, what they are is not.
  if tg_op = 'UPDATE' and new.sealed_credentials is distinct from old.sealed_credentials then
    changes := changes || '[{"field": "credentials"}]';
  end if;
  if old is null or changes <> '[]' then
    perform record_event(
      new.tenant_id, 'integration.' || happened, new.integration, changes);
  end if;
  return null;
end
$$;

create function record_company_claim() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  claim company_claim := old;
begin
  if tg_op <> 'DELETE' then
    claim := new;
  end if;
  -- A claim is made, and never edited; its field is the one that it is about.
  if tg_op = 'INSERT' or new is distinct from old and company_stands(claim.tenant_id) then
    perform record_event(
      claim.tenant_id, case when tg_op = 'DELETE' then 'claim.removed' else 'claim.reported' end,
      claim.source,
      event_changes(to_jsonb(old), to_jsonb(new), array['value ' || claim.field]));
  end if;
  return null;
end
$$;

create function note_event_companies() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform note_tenant('app.event_tenants', m.tenant_id)
  from membership m where m.account_id = new.id;
  return null;
end
$$;

create function record_profile() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  -- What a company sees of its people, and what it is only told to have changed.
  recorded constant text[] := array['shown_name displayName', 'email email'];
  named constant text[] := array[
    'first_name firstName', 'last_name lastName', 'phone phone', 'country country',
    'language language', 'photo_url photo'];
  before constant jsonb := to_jsonb(old) || jsonb_build_object(
    'shown_name', coalesce(
      nullif(old.display_name, ''), btrim(old.first_name || ' ' || old.last_name)));
  after constant jsonb := to_jsonb(new) || jsonb_build_object(
    'shown_name', coalesce(
      nullif(new.display_name, ''), btrim(new.first_name || ' ' || new.last_name)));
  changes jsonb;
begin
  select event_changes(before, after, recorded)
    || coalesce(jsonb_agg(jsonb_build_object('field', hidden ->> 'field')), '[]')
  into changes
  from jsonb_array_elements(event_changes(before, after, named)) as hidden;
  if changes <> '[]' then
    perform record_event(m.tenant_id, 'profile.updated', new.id::text, changes)
    from (
      select own.tenant_id from membership own
      where own.account_id = new.id order by own.tenant_id) as m;
  end if;
  return null;
end
$$;

comment on function record_company() is
  'Constraint trigger, at commit: company.created, company.updated, company.deleted.';
comment on function record_company_solution() is
  'Constraint trigger, at commit: solution.activated, solution.plan_changed, solution.updated, '
  'solution.deactivated, solution.removed.';
comment on function record_membership() is
  'Constraint trigger, at commit: person.joined, person.role_changed, person.left.';
comment on function record_solution_role() is
  'Constraint trigger, at commit: person.role_changed, for a role in one solution.';
comment on function record_invitation() is
  'Constraint trigger, at commit: invitation.created, invitation.sent, invitation.updated, '
  'invitation.accepted, invitation.revoked, invitation.removed.';
comment on function record_integration_connection() is
  'Constraint trigger, at commit: integration.connected, integration.failed, '
  'integration.recovered, integration.updated, integration.disconnected.';
comment on function record_company_claim() is
  'Constraint trigger, at commit: claim.reported, claim.removed. That a field was confirmed is the '
  'company.updated of it, by whoever made that.';
comment on function note_event_companies() is
  'Trigger: notes the companies of a person whose profile changes, for take_event_heads().';
comment on function record_profile() is
  'Constraint trigger, at commit: profile.updated, in each of the person''s companies. What a '
  'company does not see of its people is named there without what it holds.';

grant execute on function
  record_company(), record_company_solution(), record_membership(), record_solution_role(),
  record_invitation(), record_integration_connection(), record_company_claim(),
  note_event_companies(), record_profile()
  to hub_owner;

reset role;
revoke create on schema public from hub_log;
set local role hub_owner;

-- Of the triggers of a row those at commit come by their names: this one before
-- membership_keep_administrator, or the locks of several companies would be taken in any order.
do $triggers$
declare
  recorded text;
begin
  foreach recorded in array array[
    'company', 'company_solution', 'membership', 'solution_role', 'invitation',
    'integration_connection', 'company_claim']
  loop
    execute format(
      'create trigger note_event_tenant after insert or update or delete on %I '
      'for each row execute function note_event_tenant()', recorded);
    execute format(
      'create constraint trigger event_at_commit after insert or update or delete on %I '
      'deferrable initially deferred for each row execute function %I()',
      recorded, 'record_' || recorded);
    execute format(
      'create trigger refuse_truncate before truncate on %I '
      'for each statement execute function refuse_truncate()', recorded);
  end loop;
end
$triggers$;

-- Which logo a company has, its row tells: the image follows from it.
create trigger refuse_truncate before truncate on company_logo
for each statement execute function refuse_truncate();

create trigger note_event_actor after insert on membership
for each row execute function note_event_actor('account_id');
create trigger note_event_actor after update of accepted_by on invitation
for each row execute function note_event_actor('accepted_by');

create trigger note_event_actor
after update of
  first_name, last_name, display_name, email, phone, country, language, photo_url, pending_email,
  password_hash
on account
for each row when (new.* is distinct from old.*) execute function note_event_actor('id');
create trigger note_event_companies
after update of first_name, last_name, display_name, email, phone, country, language, photo_url
on account
for each row when (new.* is distinct from old.*) execute function note_event_companies();
create constraint trigger event_at_commit
after update of first_name, last_name, display_name, email, phone, country, language, photo_url
on account
deferrable initially deferred
for each row when (new.* is distinct from old.*) execute function record_profile();
create trigger refuse_truncate before truncate on company_confirmation
for each statement execute function refuse_truncate();
create trigger refuse_truncate before truncate on account
for each statement execute function refuse_truncate();

reset role;

-- The log of an account ---------------------------------------------------------------------------

set local role hub_owner;

create table account_event (
  account_id uuid not null,
  id bigint generated always as identity,
  type text not null check (type ~ '^[a-z][a-z_]*\.[a-z][a-z_]*$'),
  actor_kind text not null
    check (actor_kind in ('ACCOUNT', 'TOKEN', 'SERVICE', 'OPERATOR', 'JOB')),
  actor_id text not null,
  details jsonb not null default '{}',
  at timestamptz not null default clock_timestamp(),
  primary key (account_id, id)
);

create index account_event_to_purge on account_event (at);

comment on table account_event is
  'What happened to the login of each person: password, address, Google, second factor, sessions. '
  'Theirs alone, and gone with the account. No foreign key: its check would wait for whoever '
  'changes the account, and they may be waiting for what led here.';
comment on column account_event.account_id is 'The person.';
comment on column account_event.id is 'The order in which they were written.';
comment on column account_event.type is 'What happened, such as password.changed.';
comment on column account_event.actor_kind is 'As in event.';
comment on column account_event.actor_id is 'As in event.';
comment on column account_event.details is 'What changed, without secrets.';
comment on column account_event.at is 'When it was written.';

alter table account_event enable row level security, force row level security;
create policy account_event_of_account on account_event for select to hub_app
  using (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));
create policy account_event_by_log on account_event to hub_log using (true);
create policy account_event_for_auth on account_event for select to hub_auth using (true);
grant select on account_event to hub_app, hub_auth;
grant select, insert, update, delete on account_event to hub_log;

reset role;

grant create on schema public to hub_log;
set local role hub_log;

create function record_account_event(account uuid, type text, details jsonb default '{}')
returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  kind text;
  id text;
begin
  -- An account that goes leaves no log, nor what goes along with it.
  if not exists (select from account a where a.id = record_account_event.account) then
    return;
  end if;
  select who.kind, who.id into kind, id from event_actor() as who;
  if kind = 'OPERATOR' and is_server() then
    -- Whoever is let in, or holds a link, is the person.
    kind := 'ACCOUNT';
    id := record_account_event.account;
  end if;
  insert into account_event (account_id, type, actor_kind, actor_id, details)
  values (record_account_event.account, record_account_event.type, kind, id, details);
end
$$;

create function record_login() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if old.password_hash is not null and new.password_hash is null then
    perform record_account_event(new.id, 'password.removed');
  elsif new.password_changed_at is distinct from old.password_changed_at then
    perform record_account_event(new.id, 'password.changed');
  elsif (old.password_hash is null) <> (new.password_hash is null)
    -- A server that makes today's hash of the same password changes nothing for anybody.
    or not is_server() and new.password_hash is distinct from old.password_hash
  then
    perform record_account_event(new.id, 'password.changed');
  end if;
  if new.email <> old.email then
    perform record_account_event(
      new.id, 'email.changed', jsonb_build_object('before', old.email, 'after', new.email));
  elsif new.pending_email is distinct from old.pending_email then
    perform record_account_event(
      new.id, case when new.pending_email is null then 'email.dropped' else 'email.requested' end,
      jsonb_build_object('email', coalesce(new.pending_email, old.pending_email)));
  end if;
  return null;
end
$$;

create function record_google() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if tg_op <> 'INSERT' then
    perform record_account_event(
      old.account_id, 'google.unlinked', jsonb_build_object('email', old.email));
  end if;
  if tg_op <> 'DELETE' then
    perform record_account_event(
      new.account_id, 'google.linked', jsonb_build_object('email', new.email));
  end if;
  return null;
end
$$;

create function record_second_factor() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if tg_op = 'DELETE' then
    if old.confirmed_at is not null then
      perform record_account_event(old.account_id, 'second_factor.disabled');
    end if;
  elsif old.confirmed_at is null and new.confirmed_at is not null then
    perform record_account_event(new.account_id, 'second_factor.enabled');
  elsif old.recovery_asked_at is null and new.recovery_asked_at is not null then
    perform record_account_event(new.account_id, 'second_factor.recovery_begun');
  elsif old.recovery_codes_left > new.recovery_codes_left then
    perform record_account_event(
      new.account_id, 'recovery_code.used',
      jsonb_build_object('left', new.recovery_codes_left));
  elsif new.recovery_codes_left > old.recovery_codes_left then
    perform record_account_event(new.account_id, 'recovery_code.replaced');
  end if;
  return null;
end
$$;

create function record_session_end() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform record_account_event(
    new.account_id, 'session.revoked', jsonb_build_object('device', new.device));
  return null;
end
$$;

comment on function record_account_event(uuid, text, jsonb) is
  'Writes what happened to a person''s login. Runs with the rights of the triggers that call it.';
comment on function record_login() is
  'Trigger: password.changed, password.removed, email.requested, email.dropped, email.changed.';
comment on function record_google() is 'Trigger: google.linked, google.unlinked.';
comment on function record_second_factor() is
  'Trigger: second_factor.enabled, second_factor.disabled, second_factor.recovery_begun, '
  'recovery_code.used, recovery_code.replaced.';
comment on function record_session_end() is 'Trigger: session.revoked.';

grant execute on function
  record_login(), record_google(), record_second_factor(), record_session_end()
  to hub_owner;

reset role;
revoke create on schema public from hub_log;
set local role hub_owner;

create trigger record_login
after update of email, pending_email, password_hash, password_changed_at on account
for each row when (
  (new.email, new.pending_email, new.password_hash, new.password_changed_at) is distinct from
  (old.email, old.pending_email, old.password_hash, old.password_changed_at))
execute function record_login();
-- With its new address told again, a link stays the same link.
create trigger record_google after insert or delete or update of subject on account_google
for each row execute function record_google();
create trigger record_second_factor after update or delete on second_factor
for each row execute function record_second_factor();
create trigger record_session_end after update of revoked_at on session
for each row when (old.revoked_at is null and new.revoked_at is not null)
execute function record_session_end();

reset role;
