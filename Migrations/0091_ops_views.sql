-- What operators see of all companies together: views of the schema ops, which run with the rights
-- of hub_ops_reader. What comes out: companies, people, what each has, what waits or went wrong.
--
-- No view shows a secret, nor its hash, nor what a mail says: hub_ops_reader itself may not read
-- them. Each table that it reads has a policy of its own for it, which the catalog test lists.

set local row_security = on;

set local role hub_owner;

do $policies$
declare
  read text;
begin
  foreach read in array array[
    'account', 'account_event', 'account_google', 'api_token', 'company', 'company_solution',
    'event', 'event_head', 'integration_connection', 'invitation', 'mail', 'membership',
    'one_time_link', 'operator_act', 'second_factor', 'session', 'sign_in_guess', 'solution_role',
    'tenant_tombstone', 'webhook', 'webhook_delivery']
  loop
    execute format(
      'create policy %I on %I for select to hub_ops_reader using (true)',
      read || '_for_operators', read);
  end loop;
end
$policies$;

grant select on
  account_event, account_google, company, company_solution, event, event_head, invitation,
  membership, operator_act, session, solution_role, tenant_tombstone, webhook_delivery,
  country_version, country_solution, country_plan, plan, integration, integration_country
  to hub_ops_reader;
grant select (
  id, email, email_key, pending_email, has_password, password_changed_at, first_name, last_name,
  display_name, phone, country, language, last_tenant_id, created_at)
  on account to hub_ops_reader;
grant select (
  tenant_id, id, name, scopes, integration, created_by, created_at, rotated_at, expires_at,
  revoked_at, last_used_at)
  on api_token to hub_ops_reader;
grant select (
  tenant_id, integration, state, connected_at, connected_by, connected_by_name, checked_at, failure)
  on integration_connection to hub_ops_reader;
grant select (
  id, kind, account_id, address, language, link_id, created_at, attempts, next_attempt_at, sent_at,
  given_up_at, failure)
  on mail to hub_ops_reader;
grant select (id, purpose, account_id, facts, created_at, expires_at, used_at, voided_at)
  on one_time_link to hub_ops_reader;
grant select (account_id, created_at, confirmed_at, recovery_codes_left, recovery_asked_at)
  on second_factor to hub_ops_reader;
grant select on sign_in_guess to hub_ops_reader;
grant select (
  tenant_id, id, url, name, event_types, concurrency, position, api_token, created_by, created_at,
  failing_since, disabled_at, disabled_for)
  on webhook to hub_ops_reader;
grant execute on function
  solution_status(text, timestamptz, timestamptz), api_token_status(timestamptz, timestamptz,
  timestamptz), invitation_status(timestamptz, timestamptz, timestamptz, timestamptz)
  to hub_ops_reader;
-- What a view calls is called by whoever reads it.
grant execute on function solution_status(text, timestamptz, timestamptz) to hub_report;

grant create on schema ops to hub_ops_reader;

reset role;
set local role hub_auth;
grant execute on function sealing_keys_in_use(), hash_of_email(text)
  to hub_ops_reader, hub_ops_read;
reset role;
set local role hub_ops_reader;

-- Companies and people ----------------------------------------------------------------------------

create view ops.companies as
select c.tenant_id as company_id, coalesce(nullif(c.trade_name, ''), c.legal_name) as name,
  c.legal_name, c.country_version, c.identification_type, c.identification_number,
  c.identification_check_digit, c.kind_of_person, c.email, c.phone, c.created_at,
  (select count(*) from membership m where m.tenant_id = c.tenant_id) as people,
  (select string_agg(
     s.solution || ' ' || s.plan || ' ' || solution_status(s.state, s.trial_ends_at, now()), ', '
     order by s.solution)
   from company_solution s
   where s.tenant_id = c.tenant_id and s.state <> 'INACTIVE') as solutions,
  (select e.at from event e
   where e.tenant_id = c.tenant_id order by e.sequence desc limit 1) as last_event_at
from company c;

create view ops.people as
select a.id as account_id, a.email,
  coalesce(nullif(a.display_name, ''), btrim(a.first_name || ' ' || a.last_name)) as name,
  a.pending_email, a.phone, a.country, a.language, a.has_password, a.password_changed_at,
  exists (select from account_google g where g.account_id = a.id) as has_google,
  exists (
    select from second_factor f
    where f.account_id = a.id and f.confirmed_at is not null) as has_second_factor,
  (select string_agg(m.company_name || ' (' || m.role || ')', ', ' order by m.company_name)
   from membership m where m.account_id = a.id) as companies,
  (select count(*) from session s
   where s.account_id = a.id and s.revoked_at is null and s.expires_at > now()
     and s.idle_expires_at > now()) as open_sessions,
  (select max(s.last_seen_at) from session s where s.account_id = a.id) as last_seen_at,
  (select max(g.full_at) from sign_in_guess g
   where g.email_hash = hash_of_email(a.email_key) and g.full_at > now()) as guesses_until,
  a.created_at
from account a;

create view ops.memberships as
select m.tenant_id as company_id, m.company_name, m.account_id, m.email, m.display_name as name,
  m.role,
  (select jsonb_object_agg(r.solution, r.role) from solution_role r
   where r.tenant_id = m.tenant_id and r.account_id = m.account_id) as solution_roles,
  m.joined_at
from membership m;

create view ops.invitations as
select i.tenant_id as company_id, coalesce(nullif(c.trade_name, ''), c.legal_name) as company_name,
  i.id as invitation_id, i.email, i.role,
  invitation_status(i.accepted_at, i.revoked_at, i.expires_at, now()) as status, i.invited_at,
  i.invited_by_name, i.expires_at
from invitation i
join company c on c.tenant_id = i.tenant_id;

-- What a company has ------------------------------------------------------------------------------

create view ops.solutions as
select s.tenant_id as company_id, coalesce(nullif(c.trade_name, ''), c.legal_name) as company_name,
  s.solution, s.plan, solution_status(s.state, s.trial_ends_at, now()) as status,
  s.trial_ends_at, s.activated_at, s.deactivated_at
from company_solution s
join company c on c.tenant_id = s.tenant_id;

create view ops.integrations as
select i.tenant_id as company_id, coalesce(nullif(c.trade_name, ''), c.legal_name) as company_name,
  i.integration,
  case
    when not exists (
      select from integration_country v
      where v.integration = i.integration and v.country_version = c.country_version)
    then 'RETIRED' else i.state
  end as status,
  i.failure, i.checked_at, i.connected_at, i.connected_by_name
from integration_connection i
join company c on c.tenant_id = i.tenant_id;

create view ops.offers as
select s.country_version, 'solution' as kind, s.solution as code, s.names ->> 'es' as name
from country_solution s
union all
select p.country_version, 'plan', p.plan, o.labels ->> 'es'
from country_plan p
join plan o on o.code = p.plan
where p.offered
union all
select v.country_version, 'integration', v.integration, i.name
from integration_country v
join integration i on i.code = v.integration;

create view ops.api_tokens as
select t.tenant_id as company_id, coalesce(nullif(c.trade_name, ''), c.legal_name) as company_name,
  t.id as api_token_id, t.name, api_token_status(t.revoked_at, t.expires_at, now()) as status,
  t.scopes, t.integration, t.created_at, t.rotated_at, t.expires_at, t.last_used_at
from api_token t
join company c on c.tenant_id = t.tenant_id;

create view ops.sessions as
select s.id as session_id, s.account_id, a.email, s.device, s.address_range, s.created_at,
  s.last_seen_at, least(s.idle_expires_at, s.expires_at) as ends_at, s.revoked_at,
  s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now() as is_open
from session s
join account a on a.id = s.account_id;

create view ops.account_events as
select e.account_id, a.email, e.at, e.type, e.actor_kind, e.actor_id, e.details
from account_event e
join account a on a.id = e.account_id;

-- What leaves the house ---------------------------------------------------------------------------

create view ops.outbox as
select m.id as mail_id, m.kind, m.address, m.account_id,
  case
    when m.sent_at is not null then 'SENT' when m.given_up_at is not null then 'GIVEN_UP'
    else 'WAITING' end as status,
  m.created_at, m.attempts,
  case when m.sent_at is null and m.given_up_at is null then m.next_attempt_at end
    as next_attempt_at,
  coalesce(m.sent_at, m.given_up_at) as ended_at, m.failure,
  case
    when l.id is null then null
    when l.used_at is not null then 'USED' when l.voided_at is not null then 'VOID'
    when l.expires_at <= now() then 'EXPIRED' else 'OPEN' end as link
from mail m
left join one_time_link l on l.id = m.link_id;

create view ops.webhooks as
select w.tenant_id as company_id, coalesce(nullif(c.trade_name, ''), c.legal_name) as company_name,
  w.id as webhook_id, w.name, w.url, w.event_types,
  case
    when w.disabled_at is not null then 'DISABLED: ' || w.disabled_for
    when w.failing_since is not null then 'FAILING' else 'GOOD' end as status,
  coalesce(w.disabled_at, w.failing_since) as status_since, w.created_at
from webhook w
join company c on c.tenant_id = w.tenant_id;

create view ops.webhook_deliveries as
select d.tenant_id as company_id, d.webhook_id, d.id as delivery_id, d.sequence, d.message_id,
  d.type, d.state as status, d.attempts, d.created_at, d.due_at, d.attempted_at, d.ended_at,
  d.response_status, d.failure, d.milliseconds
from webhook_delivery d;

create view ops.dead_letters as
select 'mail' as kind, m.id, null::uuid as company_id, m.kind as about, m.address as target,
  m.given_up_at as since, m.attempts, m.failure
from mail m
where m.given_up_at is not null
union all
select 'webhook', d.id, d.tenant_id, d.type, w.url, d.ended_at, d.attempts,
  concat_ws(' ', d.failure, d.response_status)
from webhook_delivery d
join webhook w on w.tenant_id = d.tenant_id and w.id = d.webhook_id
where d.state = 'FAILED';

create view ops.event_lag as
select w.tenant_id as company_id, w.id as webhook_id, w.url, h.sequence as log_end, w.position,
  h.sequence - w.position as events_behind,
  (select e.at from event e
   where e.tenant_id = w.tenant_id and e.sequence = w.position + 1) as behind_since,
  pending.deliveries as deliveries_pending, pending.oldest_at as oldest_pending_at
from webhook w
join event_head h on h.tenant_id = w.tenant_id
cross join lateral (
  select count(*), min(d.created_at) from webhook_delivery d
  where d.tenant_id = w.tenant_id and d.webhook_id = w.id and d.state = 'PENDING'
) as pending (deliveries, oldest_at)
where w.disabled_at is null;

-- What happened -----------------------------------------------------------------------------------

create view ops.events as
select e.tenant_id as company_id, e.sequence, e.at, e.type, e.subject, e.actor_kind, e.actor_id,
  e.actor_name, e.origin, e.changes
from event e;

create view ops.acts as
select a.id as act_id, a.at, a.operator, a.act, a.about_tenant_id as company_id,
  a.about_account_id as account_id, a.subject, a.reason
from operator_act a;

create view ops.deleted_companies as
select t.id as company_id, t.legal_name, t.country_version, t.identification_number, t.deleted_at,
  t.deleted_by, t.reason, t.keep_until, t.row_counts, t.export_digest is not null as was_exported
from tenant_tombstone t;

create view ops.sealing_keys as
select k.place, k.key_name, k.secrets, marked.at as marked_at, marked.operator as marked_by,
  marked.reason
from sealing_keys_in_use() k
left join lateral (
  select a.at, a.operator, a.reason from operator_act a
  where a.act = 'mark_key' and a.subject = k.key_name
  order by a.id desc limit 1) as marked on true;

create view ops.overview as
select 'companies' as name, (select count(*) from company) as value,
  null::timestamptz as since, 'ops.companies' as look_at
union all
select 'people', (select count(*) from account), null, 'ops.people'
union all
select 'open sessions', (select count(*) from ops.sessions s where s.is_open), null, 'ops.sessions'
union all
select 'mails waiting', count(*), min(m.created_at), 'ops.outbox'
from mail m where m.sent_at is null and m.given_up_at is null
union all
select 'mails given up', count(*), min(m.given_up_at), 'ops.dead_letters'
from mail m where m.given_up_at is not null
union all
select 'webhook deliveries pending', count(*), min(d.created_at), 'ops.event_lag'
from webhook_delivery d where d.state = 'PENDING'
union all
select 'webhook deliveries given up', count(*), min(d.ended_at), 'ops.dead_letters'
from webhook_delivery d where d.state = 'FAILED'
union all
select 'webhooks disabled or failing', count(*), min(coalesce(w.disabled_at, w.failing_since)),
  'ops.webhooks'
from webhook w where w.disabled_at is not null or w.failing_since is not null
union all
select 'integrations in error', count(*), min(i.checked_at), 'ops.integrations'
from integration_connection i where i.state = 'ERROR'
union all
select 'trials that end within a week', count(*), min(s.trial_ends_at), 'ops.solutions'
from company_solution s
where s.state = 'TRIAL' and s.trial_ends_at between now() and now() + interval '7 days';

-- What they say of themselves ---------------------------------------------------------------------

comment on view ops.companies is
  'The companies, with what each has. To find one: ops.find_company.';
comment on view ops.people is 'The people who can sign in. To find one: ops.find_person.';
comment on view ops.memberships is 'Who belongs to which company, and in which role.';
comment on view ops.invitations is 'Whom companies have invited, and what came of it.';
comment on view ops.solutions is 'The solutions that companies have or had.';
comment on view ops.integrations is 'The integrations that companies are connected to.';
comment on view ops.offers is
  'What each country version offers: the codes that the functions take.';
comment on view ops.api_tokens is
  'The tokens of companies'' programs. None of their texts is kept.';
comment on view ops.sessions is 'Where people are or were signed in.';
comment on view ops.account_events is 'What happened to people''s logins.';
comment on view ops.outbox is 'The mails: waiting, sent, given up. What they say is not shown.';
comment on view ops.webhooks is 'The addresses that companies have told what happens.';
comment on view ops.webhook_deliveries is 'What webhooks are to be told, and were.';
comment on view ops.dead_letters is
  'What was given up: mails (ops.resend_mail) and deliveries to webhooks (ops.replay_webhook).';
comment on view ops.event_lag is
  'How far each webhook that is not disabled stands behind its company''s log.';
comment on view ops.events is
  'The logs of all companies. Ask for one company, or for a short time.';
comment on view ops.acts is 'What operators did, and why.';
comment on view ops.deleted_companies is 'What stays of companies that were deleted.';
comment on view ops.sealing_keys is
  'Under which keys the secrets at rest are sealed, and which of them were marked for rotation.';
comment on view ops.overview is 'How things stand, and where to look further.';

grant select on all tables in schema ops to hub_ops_read;

reset role;
set local role hub_owner;
revoke create on schema ops from hub_ops_reader;
reset role;
