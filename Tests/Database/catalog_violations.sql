-- The rules that every table and function must keep, as a view of those that do not. A table added
-- without them fails the build. What is allowed by name stands at the top: add to it on purpose.

create or replace temporary view allowed (thing, name) as values
  -- Tables of the whole house, the same for all companies.
  ('catalogue', 'catalogue_revision'), ('catalogue', 'language'), ('catalogue', 'currency'),
  ('catalogue', 'country_version'), ('catalogue', 'kind_of_person'), ('catalogue', 'tax_id_type'),
  ('catalogue', 'tax_regime'), ('catalogue', 'form_field'), ('catalogue', 'solution'),
  ('catalogue', 'country_solution'), ('catalogue', 'role_solution'),
  ('catalogue', 'launcher_link'), ('catalogue', 'plan'), ('catalogue', 'plan_role'),
  ('catalogue', 'solution_dependency'), ('catalogue', 'country_plan'),
  ('catalogue', 'solution_requirement'),
  ('catalogue', 'integration'), ('catalogue', 'integration_country'),
  ('catalogue', 'integration_credential_field'),
  ('catalogue', 'integration_filter'), ('catalogue', 'integration_plan'),
  ('catalogue', 'integration_role'), ('catalogue', 'integration_setting_field'),
  ('catalogue', 'integration_verifier'), ('catalogue', 'integration_failure'),
  -- Tables of a person, or of the sign-in before there is one.
  ('account table', 'account'), ('account table', 'account_google'), ('account table', 'session'),
  ('account table', 'refresh_token'), ('account table', 'sign_in_guess'),
  ('account table', 'second_factor'), ('account table', 'recovery_code'),
  ('account table', 'sign_in_challenge'),
  ('account table', 'one_time_link'), ('account table', 'mail'), ('account table', 'photo'),
  ('account table', 'link_request'), ('account table', 'google_flow'),
  -- Tables of the solutions' backends, which no role of the server's reaches but by functions.
  ('service table', 'service_token'),
  -- What operators keep, which the server's roles do not reach; and who else does.
  ('operators'' table', 'tenant_tombstone'), ('operators'' table', 'operator_act'),
  ('operators'' role', 'hub_ops_reader'), ('operators'' role', 'hub_ops_tenant'),
  ('operators'' role', 'hub_log'),
  ('account table', 'account_event'),
  -- Tenant tables that are the log, and so are not recorded in it; or that follow from what is.
  ('log', 'event'), ('log', 'event_head'), ('log', 'audit_signature'),
  ('log', 'company_confirmation'), ('log', 'company_logo'), ('log', 'webhook_delivery'),
  -- Tenant tables whose rows live for a minute and say nothing about the company.
  ('log', 'launch_code'), ('fleeting', 'launch_code'),
  -- Or for a day, and what they tell of is recorded itself.
  ('log', 'kept_answer'),
  -- The migrator's own record, which the server's roles only read.
  ('ledger', 'schema_migration'),
  -- Triggers at commit whose locks take_event_heads() takes before the heads of the log.
  ('deferred', 'membership_keep_administrator'), ('deferred', 'company_solution_keep_needs'),
  -- Or that only look.
  ('deferred', 'company_solution_keep_roles'), ('deferred', 'membership_role_in_plan'),
  ('deferred', 'solution_role_in_plan'),
  -- Roles that may own SECURITY DEFINER functions and have policies USING (true).
  ('definer', 'hub_auth'), ('definer', 'hub_delivery'), ('definer', 'hub_company'),
  ('definer', 'hub_service'), ('definer', 'hub_log'), ('definer', 'hub_ops_reader'),
  ('definer', 'hub_ops_tenant'),
  -- One that may own them, and has no policy of its own: it is held by those of one company.
  ('held definer', 'hub_ops_actor'),
  -- All that belongs to the one that sees all of every table.
  ('whole company', 'ops.begin_whole()'),
  ('whole company', 'ops.move_company(text,text,text,boolean,boolean)'),
  ('whole company', 'ops.export_company(text,text)'),
  ('whole company', 'ops.delete_company(text,text,text,boolean)'),
  -- What operators see through views, and all that hub_ops_reader reads.
  ('seen by operators', 'account'), ('seen by operators', 'account_event'),
  ('seen by operators', 'account_google'), ('seen by operators', 'api_token'),
  ('seen by operators', 'company'), ('seen by operators', 'company_solution'),
  ('seen by operators', 'event'), ('seen by operators', 'event_head'),
  ('seen by operators', 'integration_connection'), ('seen by operators', 'invitation'),
  ('seen by operators', 'mail'), ('seen by operators', 'membership'),
  ('seen by operators', 'one_time_link'), ('seen by operators', 'operator_act'),
  ('seen by operators', 'second_factor'), ('seen by operators', 'session'),
  ('seen by operators', 'sign_in_guess'), ('seen by operators', 'solution_role'),
  ('seen by operators', 'tenant_tombstone'), ('seen by operators', 'webhook'),
  ('seen by operators', 'webhook_delivery'),
  -- What nobody who serves may read.
  ('sealed', 'account.password_hash'), ('sealed', 'integration_connection.sealed_credentials'),
  ('sealed', 'refresh_token.hash'), ('sealed', 'refresh_token.successor_hash'),
  ('sealed', 'second_factor.sealed_secret'), ('sealed', 'recovery_code.hash'),
  ('sealed', 'sign_in_challenge.hash'), ('sealed', 'sign_in_challenge.password_hash'),
  ('sealed', 'sign_in_guess.email_hash'), ('sealed', 'link_request.address_hash'),
  ('sealed', 'service_token.hash'), ('sealed', 'launch_code.hash'),
  ('sealed', 'api_token.hash'), ('sealed', 'api_token.previous_hash'),
  ('sealed', 'webhook.sealed_secret'), ('sealed', 'webhook.sealed_previous_secret'),
  ('sealed', 'photo.name'), ('sealed', 'photo.bytes'),
  ('sealed', 'company_logo.name'), ('sealed', 'company_logo.bytes'), ('sealed', 'google_flow.hash');

-- What the log leaves out: what it is keyed by, what the hub keeps for itself, what is a secret.
create or replace temporary view unrecorded (name) as values
  ('company.tenant_id'), ('company.revision'), ('company.field_revisions'),
  ('company.created_at'), ('company.updated_at'),
  ('company_solution.tenant_id'), ('company_solution.solution'),
  ('company_solution.country_version'), ('company_solution.activated_at'),
  ('company_solution.deactivated_at'),
  ('company_claim.tenant_id'), ('company_claim.field'), ('company_claim.source'),
  ('company_claim.reported_at'), ('company_claim.received_at'),
  ('membership.tenant_id'), ('membership.account_id'), ('membership.joined_at'),
  ('membership.country_version'), ('membership.company_name'),
  ('solution_role.tenant_id'), ('solution_role.account_id'), ('solution_role.solution'),
  ('invitation.tenant_id'), ('invitation.id'), ('invitation.email_key'),
  ('invitation.invited_by'), ('invitation.invited_by_name'), ('invitation.invited_at'),
  ('invitation.mailed_at'), ('invitation.link_id'), ('invitation.accepted_at'),
  ('invitation.accepted_by'), ('invitation.revoked_at'),
  ('integration_connection.tenant_id'), ('integration_connection.integration'),
  ('integration_connection.connected_at'), ('integration_connection.connected_by'),
  ('integration_connection.connected_by_name'), ('integration_connection.checked_at'),
  ('integration_connection.sealed_credentials'),
  ('api_token.tenant_id'), ('api_token.id'), ('api_token.hash'), ('api_token.previous_hash'),
  ('api_token.previous_until'), ('api_token.created_by'), ('api_token.created_at'),
  ('api_token.integration'), ('api_token.rotated_at'), ('api_token.revoked_at'),
  ('api_token.last_used_at'),
  ('webhook.tenant_id'), ('webhook.id'), ('webhook.sealed_secret'),
  ('webhook.sealed_previous_secret'), ('webhook.previous_until'), ('webhook.position'),
  ('webhook.api_token'), ('webhook.created_by'), ('webhook.created_at'),
  ('webhook.failing_since'), ('webhook.disabled_at');

create or replace temporary view house_table as
select c.oid, c.relname::text as name, c.relrowsecurity, c.relforcerowsecurity,
  (select a.attnum from pg_attribute a
   where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant_column
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%';

-- The columns of companies' rows that an export may hold, and what their comments say of it.
create or replace temporary view house_tenant_column as
select t.oid as relation, a.attnum as place, a.attname::text as column_name,
  t.name || '.' || a.attname as name, format_type(a.atttypid, null) as type,
  substring(col_description(t.oid, a.attnum) from '\[(exported|redacted|account)\]$') as says,
  a.attnotnull and not a.atthasdef and a.attidentity = '' as is_needed
from house_table t
join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
where t.tenant_column is not null and a.attgenerated = ''
  and coalesce(obj_description(t.oid, 'pg_class') !~ '\[redacted\]$', true);

create or replace temporary view house_function as
select p.oid, p.oid::regprocedure::text as name, p.prosecdef, p.provolatile, p.prolang, p.proacl,
  p.proowner, coalesce(array_to_string(p.proconfig, ', '), '') as settings
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where n.nspname <> 'information_schema' and n.nspname not like 'pg\_%';

create or replace temporary view house_policy as
select t.name as table_name, t.tenant_column, p.polname::text as name, p.polcmd,
  coalesce(pg_get_expr(p.polqual, p.polrelid), '') as qual,
  coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as with_check,
  coalesce(r.rolname::text, 'public') as role
from pg_policy p
join house_table t on t.oid = p.polrelid
cross join unnest(p.polroles) as named (role)
left join pg_roles r on r.oid = named.role;

create or replace temporary view catalog_violation (problem) as

-- Tenant tables -----------------------------------------------------------------------------------

select t.name || ': tenant_id is not "uuid not null"'
from house_table t
join pg_attribute a on a.attrelid = t.oid and a.attnum = t.tenant_column
where a.atttypid <> 'uuid'::regtype or not a.attnotnull
union all
select t.name || ': row-level security is not forced'
from house_table t
where not (t.relrowsecurity and t.relforcerowsecurity)
  and t.name not in (select name from allowed where thing in ('catalogue', 'ledger'))
union all
select t.name || ': no policy for hub_app'
from house_table t
where t.tenant_column is not null
  and not exists (select from house_policy p where p.table_name = t.name and p.role = 'hub_app')
union all
select t.name || ': no CHECK forbids the zero uuid'
from house_table t
where t.tenant_column is not null
  and not exists (
    select from pg_constraint k
    where k.conrelid = t.oid and k.contype = 'c' and k.convalidated and pg_get_constraintdef(k.oid)
      = 'CHECK ((tenant_id <> ''00000000-0000-0000-0000-000000000000''::uuid))')
union all
select t.name || ': no primary key'
from house_table t
where not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')
union all
select t.name || ': tenant_id is not first in the unique index ' || i.indexrelid::regclass::text
from house_table t
join pg_index i on i.indrelid = t.oid and i.indisunique
where t.tenant_column is not null and i.indkey[0] <> t.tenant_column
union all
select t.name || ': tenant_id is not first in the exclusion constraint ' || k.conname
from house_table t
join pg_constraint k on k.conrelid = t.oid and k.contype = 'x'
where t.tenant_column is not null and k.conkey[1] <> t.tenant_column
union all
select t.name || ': the foreign key ' || k.conname || ' crosses tenants'
from house_table t
join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
join house_table target on target.oid = k.confrelid
where target.tenant_column is not null
  and (t.tenant_column is null
    or k.conkey[1] <> t.tenant_column or k.confkey[1] <> target.tenant_column)
union all

-- The log -----------------------------------------------------------------------------------------

select t.name || ': no trigger event_at_commit writes its changes to the log'
from house_table t
where t.tenant_column is not null
  and t.name not in (select name from allowed where thing = 'log')
  and not exists (
    select from pg_trigger g
    join pg_proc p on p.oid = g.tgfoid
    where g.tgrelid = t.oid and g.tgname = 'event_at_commit' and g.tgenabled = 'O'
      -- AFTER, each row, of INSERT, DELETE and UPDATE.
      and g.tgtype & 95 = 29 and g.tginitdeferred
      and pg_get_userbyid(p.proowner) = 'hub_log')
union all
select t.name || ': no trigger note_event_tenant tells whose log is written at commit'
from house_table t
where t.tenant_column is not null
  and t.name not in (select name from allowed where thing = 'log')
  and not exists (
    select from pg_trigger g
    where g.tgrelid = t.oid and g.tgname = 'note_event_tenant' and g.tgtype & 95 = 29)
union all
select t.name || ': nothing refuses TRUNCATE, which the log would not notice'
from house_table t
where (t.tenant_column is not null or t.name = 'account')
  and t.name not in (select name from allowed where thing = 'fleeting')
  and not exists (
    select from pg_trigger g
    where g.tgrelid = t.oid and g.tgname = 'refuse_truncate' and g.tgenabled = 'O')
union all
select t.name || ': what the deferred trigger ' || g.tgname || ' waits for is not known'
from house_table t
join pg_trigger g on g.tgrelid = t.oid
where g.tginitdeferred and g.tgname <> 'event_at_commit'
  and g.tgname not in (select name from allowed where thing = 'deferred')
union all
select t.name || '.' || a.attname || ': the log neither records it nor leaves it out on purpose'
from house_table t
join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
join pg_proc p on p.proname = 'record_' || t.name
where t.tenant_column is not null
  and t.name not in (select name from allowed where thing = 'log')
  and p.prosrc !~ format('''%s ', a.attname)
  and t.name || '.' || a.attname not in (select name from unrecorded)
union all

-- Other tables ------------------------------------------------------------------------------------

select t.name || ': has no tenant_id and stands on no list'
from house_table t
where t.tenant_column is null
  and t.name not in (
    select name from allowed
    where thing in (
      'catalogue', 'account table', 'service table', 'operators'' table', 'ledger'))
union all
select r.rolname || ' may reach ' || t.name
from house_table t
join allowed a on a.thing = 'operators'' table' and a.name = t.name
join pg_roles r on r.rolname like 'hub\_%' and r.rolname <> 'hub_owner'
  and r.rolname not in (select name from allowed where thing = 'operators'' role')
where has_any_column_privilege(r.oid, t.oid, 'select, insert, update')
  or has_table_privilege(r.oid, t.oid, 'delete, truncate, trigger')
union all
select r.role || ' may ' || w.privilege || ' ' || t.name
from house_table t
cross join (values ('hub_app'), ('hub_app_read'), ('hub_app_write')) as r (role)
cross join (values ('insert'), ('update'), ('delete'), ('truncate'), ('trigger')) as w (privilege)
where (w.privilege in ('truncate', 'trigger') or r.role <> 'hub_app_write'
    or t.name in (select name from allowed where thing in ('catalogue', 'ledger')))
  and has_table_privilege(r.role, t.oid, w.privilege)
union all
select r.role || ' may change columns of ' || t.name
from house_table t
cross join (values ('hub_app'), ('hub_app_read')) as r (role)
where has_any_column_privilege(r.role, t.oid, 'insert, update')
union all
select 'hub_app_write may change ' || t.name || '.' || a.attname
from house_table t
join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
where a.attname in (
    'tenant_id', 'account_id', 'id', 'revision', 'field_revisions', 'country_version')
  and has_column_privilege('hub_app_write', t.oid, a.attnum, 'update')
union all
select r.role || ' may read ' || s.name
from allowed s
cross join (values
  ('hub_app'), ('hub_app_read'), ('hub_app_write'), ('hub_ops'), ('hub_ops_read'), ('hub_report'),
  ('hub_ops_actor'), ('hub_ops_reader')) as r (role)
where s.thing = 'sealed'
  -- Whether guesses are counted at an address is shown, of a person that there is.
  and (r.role, s.name) <> ('hub_ops_reader', 'sign_in_guess.email_hash')
  and has_column_privilege(
    r.role, split_part(s.name, '.', 1), split_part(s.name, '.', 2), 'select')
union all

-- What leaves the house with a company ------------------------------------------------------------
-- Tables and columns say so at the end of their comments; Migrations/0057_whole_company.sql tells.

select c.name || ': may be a secret, and says neither [exported] nor [redacted]'
from house_tenant_column c
where c.says is null
  and (c.type in ('bytea', 'bytea[]') or c.column_name ~ '(hash|secret|sealed|token|credential)')
union all
select c.name || ': is redacted, and no row could be imported without it'
from house_tenant_column c
where c.says = 'redacted' and c.is_needed
union all
select c.name || ': names a person, and says neither [account] nor [redacted]'
from house_tenant_column c
where c.says is null and c.type in ('uuid', 'uuid[]') and c.column_name ~ '(account|actor|_by$)'
  and not exists (
    select from tenant_columns(c.relation) t
    where t.name = c.column_name and t.points_to_person)
union all
select c.name || ': is [account], and no uuid'
from house_tenant_column c
where c.says = 'account' and c.type <> 'uuid'
union all
select c.name || ': points to ' || k.confrelid::regclass || ', which no export holds'
from house_tenant_column c
join pg_constraint k on k.contype = 'f' and k.conrelid = c.relation and c.place = any (k.conkey)
join house_table target on target.oid = k.confrelid
where c.says is distinct from 'redacted' and c.column_name <> 'tenant_id'
  and (target.tenant_column is null
      and target.name not in (select name from allowed where thing = 'catalogue')
      and target.name <> 'account'
    or target.tenant_column is not null
      and obj_description(target.oid, 'pg_class') ~ '\[redacted\]$')
union all

-- Policies ----------------------------------------------------------------------------------------

select p.table_name || ': the policy ' || p.name || ' is for ' || p.role
from house_policy p
where p.role not in (select name from allowed where thing = 'definer')
  and p.role <> 'hub_app'
union all
select p.table_name || ': the policy ' || p.name || ' does not read the tenant as an init plan'
from house_policy p
where p.role = 'hub_app'
  and p.qual not in (
    select format(
      '(%s = ( SELECT (NULLIF(current_setting(%L::text, true), ''''::text))::uuid AS "nullif"))',
      reads.key, reads.setting)
    from (values
      ('tenant_id', 'app.tenant_id'), ('account_id', 'app.account_id'),
      (case p.table_name when 'account' then 'id' end, 'app.account_id')) as reads (key, setting))
union all
select p.table_name || ': the policy ' || p.name || ' of hub_app lets everything through'
from house_policy p
where p.role = 'hub_app' and (p.qual in ('', 'true') or p.with_check = 'true')
union all

-- Operators ---------------------------------------------------------------------------------------

select t.name || ': hub_ops_tenant does not see all of it, as a deletion has to'
from house_table t
where not has_table_privilege('hub_ops_tenant', t.oid, 'select')
  or t.relrowsecurity and not exists (
    select from house_policy p
    where p.table_name = t.name and p.role = 'hub_ops_tenant' and p.polcmd = '*'
      and p.qual = 'true')
  or t.tenant_column is not null and not has_table_privilege('hub_ops_tenant', t.oid, 'delete')
union all
select f.name || ': is owned by hub_ops_tenant, which sees all of every table'
from house_function f
where pg_get_userbyid(f.proowner) = 'hub_ops_tenant'
  and f.name not in (select name from allowed where thing = 'whole company')
union all
select p.table_name || ': the policy ' || p.name || ' shows operators what stands on no list'
from house_policy p
where p.role = 'hub_ops_reader'
  and (p.polcmd <> 'r'
    or p.table_name not in (select name from allowed where thing = 'seen by operators'))
union all
select r.role || ' may change ' || t.name
from house_table t
cross join (values ('hub_ops'), ('hub_ops_read'), ('hub_report'), ('hub_ops_reader')) as r (role)
where has_any_column_privilege(r.role, t.oid, 'insert, update')
  or has_table_privilege(r.role, t.oid, 'delete, truncate, trigger')
union all
select 'hub_report may read ' || c.oid::regclass
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm') and n.nspname <> 'information_schema'
  and n.nspname not like 'pg\_%' and has_any_column_privilege('hub_report', c.oid, 'select')
  and c.oid::regclass::text !~ '^ops\.report_'
union all
select c.oid::regclass || '.' || a.attname || ': a report shows what may be a person''s'
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v' and c.relname ~ '^report_'
  and (a.atttypid = 'uuid'::regtype
    or a.attname ~ '(name|email|address|phone|number|_id$|subject|device|url|changes|reason)')
union all
select f.name || ': ' || r.role || ' may execute it'
from house_function f
join pg_proc p on p.oid = f.oid and p.pronamespace = 'ops'::regnamespace
cross join (values ('hub_app'), ('hub_app_read'), ('hub_app_write')) as r (role)
where has_function_privilege(r.role, f.oid, 'execute')
union all
select f.name || ': ' || r.role || ' may execute it, though it writes'
from house_function f
cross join (values ('hub_ops_read'), ('hub_report')) as r (role)
where f.provolatile = 'v' and has_function_privilege(r.role, f.oid, 'execute')
  and not (r.role = 'hub_ops_read' and f.name in ('ops.enter(text,text)', 'ops.leave()'))
union all
select c.oid::regclass || ': no comment'
from pg_class c
where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v'
  and obj_description(c.oid, 'pg_class') is null
union all
select c.oid::regclass || '.' || a.attname || ': no comment'
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v'
  and col_description(c.oid, a.attnum) is null
union all

-- Owners and rights -------------------------------------------------------------------------------

select r.rolname || ' owns ' || d.classid::regclass || ' ' || d.objid
from pg_shdepend d
join pg_roles r on r.oid = d.refobjid and d.refclassid = 'pg_authid'::regclass
where d.deptype = 'o' and r.rolname in ('hub_app', 'hub_app_read', 'hub_app_write')
  and d.dbid in (0, (select oid from pg_database where datname = current_database()))
union all
select t.name || ': is not owned by hub_owner'
from house_table t
join pg_class c on c.oid = t.oid
where pg_get_userbyid(c.relowner) <> 'hub_owner'
  and t.name not in (select name from allowed where thing = 'ledger')
union all
select 'the role ' || r.rolname || ' could undo the separation of tenants'
from pg_roles r
where r.rolname like 'hub\_%' and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb)
union all
select 'the role ' || r.name || ' may sign in'
from (values
  ('hub_owner'), ('hub_app'), ('hub_auth'), ('hub_company'), ('hub_delivery'), ('hub_log'),
  ('hub_service'), ('hub_ops'), ('hub_ops_read'), ('hub_report'), ('hub_ops_reader'),
  ('hub_ops_actor'), ('hub_ops_tenant')) as r (name)
join pg_roles p on p.rolname = r.name
where p.rolcanlogin
union all
select 'the role ' || s.role || ' lacks the setting ' || s.setting
from (values
  ('hub_app_read', 'default_transaction_isolation=repeatable read'),
  ('hub_app_read', 'default_transaction_read_only=on'),
  ('hub_app_read', 'app.tenant_id=00000000-0000-0000-0000-000000000000'),
  ('hub_app_read', 'app.account_id=00000000-0000-0000-0000-000000000000'),
  ('hub_app_write', 'default_transaction_isolation=read committed'),
  ('hub_app_write', 'app.tenant_id=00000000-0000-0000-0000-000000000000'),
  ('hub_app_write', 'app.account_id=00000000-0000-0000-0000-000000000000')
) as s (role, setting)
where not exists (
  select from pg_db_role_setting g
  join pg_roles r on r.oid = g.setrole
  where r.rolname = s.role and g.setdatabase = 0 and s.setting = any (g.setconfig))
union all
select 'PUBLIC has ' || a.privilege_type || ' on ' || c.oid::regclass
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join aclexplode(c.relacl) as a
where a.grantee = 0 and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
union all
select 'PUBLIC has ' || a.privilege_type || ' on the schema ' || n.nspname
from pg_namespace n
cross join aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) as a
where a.grantee = 0 and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
union all
select r.rolname || ' may create in the schema ' || n.nspname
from pg_namespace n
cross join pg_roles r
where r.rolname like 'hub\_%' and r.rolname <> 'hub_owner'
  and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
  and has_schema_privilege(r.oid, n.oid, 'create')
union all

-- Functions ---------------------------------------------------------------------------------------

select f.name || ': PUBLIC may execute it'
from house_function f
cross join aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a
where a.grantee = 0
union all
select f.name || ': does not pin its search_path with pg_temp last'
from house_function f
join pg_language l on l.oid = f.prolang
where (f.prosecdef or l.lanname = 'plpgsql')
  and f.settings not like '%search_path=pg_catalog, public, pg_temp%'
union all
select f.name || ': is SECURITY DEFINER and owned by ' || pg_get_userbyid(f.proowner)
from house_function f
where f.prosecdef
  and pg_get_userbyid(f.proowner)::text not in (
    select name from allowed where thing in ('definer', 'held definer'))
union all
select f.name || ': hub_app_read may execute it, though it writes'
from house_function f
where f.provolatile = 'v' and has_function_privilege('hub_app_read', f.oid, 'execute')
union all
select r.rolname || ' may execute ' || f.name || ', which is for operators'
from house_function f
join pg_proc p on p.oid = f.oid and p.prosrc ~ 'require_operator\(\)'
join pg_roles r on r.rolname like 'hub\_%' and r.rolname not in ('hub_owner', 'hub_ops_tenant')
where has_function_privilege(r.oid, f.oid, 'execute')
union all
select c.oid::regclass || ': a view reads with the rights of its owner'
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
  and (c.relkind = 'm' or c.relkind = 'v'
    and not coalesce(c.reloptions @> array['security_invoker=true'], false)
    and not (n.nspname = 'ops' and pg_get_userbyid(c.relowner) = 'hub_ops_reader'))
union all

-- Comments ----------------------------------------------------------------------------------------

select t.name || ': no comment'
from house_table t
where obj_description(t.oid, 'pg_class') is null
  and t.name not in (select name from allowed where thing = 'ledger')
union all
select t.name || '.' || a.attname || ': no comment'
from house_table t
join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
where col_description(t.oid, a.attnum) is null
  and t.name not in (select name from allowed where thing = 'ledger')
union all
select f.name || ': no comment'
from house_function f
where obj_description(f.oid, 'pg_proc') is null
union all
select t.typname || ': no comment'
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'd' and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
  and obj_description(t.oid, 'pg_type') is null
union all
select 'the role ' || r.rolname || ': no comment'
from pg_roles r
where r.rolname like 'hub\_%' and shobj_description(r.oid, 'pg_authid') is null;
