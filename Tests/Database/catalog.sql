-- Every table and function keeps the rules of the house; and the rules notice who does not.

\ir expect.sql
\ir catalog_violations.sql

select pg_temp.expect(
  'the rules of the house are kept', (select string_agg(problem, E'\n') from catalog_violation),
  null::text);

begin;

set local role hub_owner;
create table carelessly_added (id uuid primary key, tenant_id uuid, note text);
create table half_done (
  tenant_id uuid not null, id uuid not null unique, carelessly uuid references carelessly_added,
  primary key (id, tenant_id));
alter table half_done enable row level security, force row level security;
create policy everybody on half_done to hub_app using (true);
create policy anybody on half_done using (true);
create table without_a_list (id uuid primary key);
create table leaky (
  tenant_id uuid primary key references company, wrapped bytea, access_token text,
  closed_by uuid, kept_hash text not null, opened_by text, link_id uuid references one_time_link);
comment on column leaky.kept_hash is 'What nobody may see. [redacted]';
comment on column leaky.opened_by is 'Whoever did. [account]';
grant execute on function delete_tenant(uuid, text, text, bytea) to hub_app_write;
grant select (legal_name) on tenant_tombstone to hub_auth;
create view shortcut as select * from company;
create function loophole() returns void language sql security definer as 'select';
grant execute on function loophole() to public;
create policy peeking on photo for select to hub_ops_reader using (true);
create policy scribbling on company for update to hub_ops_reader using (true);
drop policy whole_for_operators on webhook;
create view ops.leak as select account.email from account;
grant select on company to hub_report;
grant update (legal_name) on company to hub_ops;
grant select (hash) on api_token to hub_ops_reader;
reset role;
create view ops.report_leak with (security_invoker = true) as select email from account;
grant execute on function ops.enter(text, text) to hub_app_write;
grant execute on function ops.find_person(text) to hub_app;
grant execute on function ops.leave() to hub_report;
alter role hub_ops login;
create function ops.loophole() returns void language sql as 'select';
alter function ops.loophole() owner to hub_ops_tenant;
grant truncate on company to hub_app_write;
grant update (country_version) on company to hub_app_write;
grant select (password_hash) on account to hub_app;
alter table integration_connection owner to hub_app;
alter table company_solution no force row level security;
alter table company add column forgotten_by_the_log text;
drop trigger event_at_commit on membership;
drop trigger refuse_truncate on company;
create constraint trigger locks_late after insert on invitation
deferrable initially deferred for each row execute function record_invitation();

select pg_temp.expect(
  expected.problem,
  exists (select from catalog_violation v where v.problem = expected.problem), true)
from (values
  ('carelessly_added: tenant_id is not "uuid not null"'),
  ('carelessly_added: row-level security is not forced'),
  ('carelessly_added: no policy for hub_app'),
  ('carelessly_added: no CHECK forbids the zero uuid'),
  ('carelessly_added: tenant_id is not first in the unique index carelessly_added_pkey'),
  ('carelessly_added: no trigger event_at_commit writes its changes to the log'),
  ('carelessly_added: no trigger note_event_tenant tells whose log is written at commit'),
  ('carelessly_added: nothing refuses TRUNCATE, which the log would not notice'),
  ('membership: no trigger event_at_commit writes its changes to the log'),
  ('company: nothing refuses TRUNCATE, which the log would not notice'),
  ('invitation: what the deferred trigger locks_late waits for is not known'),
  ('company.forgotten_by_the_log: the log neither records it nor leaves it out on purpose'),
  ('carelessly_added: no comment'),
  ('carelessly_added.note: no comment'),
  ('half_done: tenant_id is not first in the unique index half_done_pkey'),
  ('half_done: tenant_id is not first in the unique index half_done_id_key'),
  ('half_done: the foreign key half_done_carelessly_fkey crosses tenants'),
  ('half_done: the policy everybody of hub_app lets everything through'),
  ('half_done: the policy everybody does not read the tenant as an init plan'),
  ('half_done: the policy anybody is for public'),
  ('without_a_list: has no tenant_id and stands on no list'),
  ('leaky.wrapped: may be a secret, and says neither [exported] nor [redacted]'),
  ('leaky.access_token: may be a secret, and says neither [exported] nor [redacted]'),
  ('leaky.kept_hash: is redacted, and no row could be imported without it'),
  ('leaky.closed_by: names a person, and says neither [account] nor [redacted]'),
  ('leaky.opened_by: is [account], and no uuid'),
  ('leaky.link_id: points to one_time_link, which no export holds'),
  ('hub_app_write may execute delete_tenant(uuid,text,text,bytea), which is for operators'),
  ('hub_auth may reach tenant_tombstone'),
  ('without_a_list: row-level security is not forced'),
  ('shortcut: a view reads with the rights of its owner'),
  ('carelessly_added: hub_ops_tenant does not see all of it, as a deletion has to'),
  ('webhook: hub_ops_tenant does not see all of it, as a deletion has to'),
  ('photo: the policy peeking shows operators what stands on no list'),
  ('company: the policy scribbling shows operators what stands on no list'),
  ('ops.leak: a view reads with the rights of its owner'),
  ('ops.leak: no comment'),
  ('ops.leak.email: no comment'),
  ('hub_report may read company'),
  ('hub_ops may change company'),
  ('hub_ops_reader may read api_token.hash'),
  ('ops.report_leak.email: a report shows what may be a person''s'),
  ('ops.find_person(text): hub_app may execute it'),
  ('ops.enter(text,text): hub_app_write may execute it'),
  ('ops.leave(): hub_report may execute it, though it writes'),
  ('the role hub_ops may sign in'),
  ('ops.loophole(): is owned by hub_ops_tenant, which sees all of every table'),
  ('loophole(): PUBLIC may execute it'),
  ('loophole(): does not pin its search_path with pg_temp last'),
  ('loophole(): is SECURITY DEFINER and owned by hub_owner'),
  ('loophole(): hub_app_read may execute it, though it writes'),
  ('hub_app_write may truncate company'),
  ('hub_app_write may change company.country_version'),
  ('hub_app may read account.password_hash'),
  ('integration_connection: is not owned by hub_owner'),
  ('company_solution: row-level security is not forced')
) as expected (problem);

select pg_temp.expect(
  'hub_app owns nothing',
  exists (select from catalog_violation where problem like 'hub_app owns %'), true);

rollback;
