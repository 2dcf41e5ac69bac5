-- Operators in psql: what each of their roles sees and may do, what it must not be able to do, and
-- that whatever is done is in the log, by whom and why.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql
create role test_maria login in role hub_ops;
create role test_pedro login in role hub_ops_read;
create role test_bi login in role hub_report;
insert into session (id, account_id, device, expires_at, idle_expires_at)
select s.id, a.id, 'test', now() + interval '1 hour', now() + interval '1 hour'
from account a, (values
  ('00000000-0000-4000-8000-0000000000e1'::uuid), ('00000000-0000-4000-8000-0000000000e2'),
  ('00000000-0000-4000-8000-0000000000e3')) as s (id)
where a.email_key = 'ana@ejemplar.example';
insert into sign_in_guess (email_hash, client, full_at, step)
select hash_of_email('ana@ejemplar.example'), client, now() + interval '1 hour', '1 minute'
from (values ('*'), ('192.0.2.0/24'), ('second factor')) as c (client);
insert into sign_in_guess (email_hash, client, full_at, step)
values (hash_of_email('caro@ejemplar.example'), '*', now() + interval '1 hour', '1 minute');
insert into second_factor (account_id, sealed_secret, confirmed_at)
select a.id, '\x01046b65793100', now() from account a where a.email_key = 'sofia@pampa.example'
on conflict do nothing;
insert into webhook (tenant_id, id, url, sealed_secret, position)
values
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000f1',
   'https://hooks.example/', '\x01046b65793100', 0),
  ('00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-0000000000f2',
   'https://hooks.example/', '\x01046b65793200', 0);
insert into api_token (tenant_id, id, name, scopes, hash, expires_at)
values ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000d1', 'ERP',
  '{company:read}', sha256('ops'), now() + interval '1 day');
insert into one_time_link (id, purpose, address, facts, expires_at)
values
  ('00000000-0000-4000-8000-0000000000b1', 'sign_up', 'new@test.example', '{}',
   now() + interval '1 hour'),
  ('00000000-0000-4000-8000-0000000000b2', 'sign_up', 'new@test.example', '{}',
   now() - interval '1 hour');
insert into mail (id, kind, address, name, language, link_id, attempts, sent_at, given_up_at)
select m.id::uuid, 'sign_up', 'new@test.example', '', 'es', m.link::uuid, 1, m.sent_at,
  m.given_up_at
from (values
  ('00000000-0000-4000-8000-000000000001', null, null, now()),
  ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-0000000000b1', now(), null),
  ('00000000-0000-4000-8000-000000000003', null, null, null),
  ('00000000-0000-4000-8000-000000000004', '00000000-0000-4000-8000-0000000000b2', null, now())
) as m (id, link, sent_at, given_up_at);
set constraints all immediate;
set constraints all deferred;
update webhook set position = 3 where id = '00000000-0000-4000-8000-0000000000f1';
set constraints all immediate;
set constraints all deferred;

create function pg_temp.count_of(statement text) returns bigint language plpgsql as $$
declare
  counted bigint;
begin
  execute format('select count(*) from (%s) as asked', statement) into counted;
  return counted;
end
$$;
-- A refusal has a hint: what is to be done instead.
create function pg_temp.expect_hint(statement text, expected text, hinted text)
returns void language plpgsql as $$
declare
  said text;
begin
  execute statement;
  raise exception using errcode = 'HB999', message = 'was not refused: ' || statement;
exception
  when sqlstate 'HB999' then
    raise;
  when others then
    get stacked diagnostics said = pg_exception_hint;
    if sqlstate <> expected or strpos(said, hinted) = 0 then
      raise exception '%: expected % with %, got % with % (%)', statement, expected, hinted,
        sqlstate, said, sqlerrm;
    end if;
end
$$;
grant execute on all functions in schema pg_temp to public;

-- What each function would do, were it let. The last argument of each is the reason.
create temporary table act (name text primary key, statement text not null);
insert into act values
  ('activate_solution', $$select ops.activate_solution('Ejemplar', 'store', 'pyme', %L)$$),
  ('deactivate_solution', $$select ops.deactivate_solution('Ejemplar', 'payroll', %L)$$),
  ('change_plan', $$select ops.change_plan('Ejemplar', 'pos', 'pro', %L)$$),
  ('extend_trial', $$select ops.extend_trial('Ejemplar', 'pos', 5, %L)$$),
  ('correct_company', $$select ops.correct_company('Ejemplar', '{"phone": "+576015550199"}', %L)$$),
  ('move_company', $$select ops.move_company('Ejemplar', 'MX', %L, true, false)$$),
  ('unlock_login', $$select ops.unlock_login('ana@ejemplar.example', %L)$$),
  ('revoke_sessions', $$select ops.revoke_sessions('Ana@Ejemplar.example', %L)$$),
  ('begin_second_factor_recovery',
    $$select ops.begin_second_factor_recovery('sofia@pampa.example', %L)$$),
  ('finish_second_factor_recovery',
    $$select ops.finish_second_factor_recovery('sofia@pampa.example', %L)$$),
  ('resend_mail', $$select ops.resend_mail('00000000-0000-4000-8000-000000000001', %L)$$),
  ('replay_webhook', $$select ops.replay_webhook('Ejemplar',
    '00000000-0000-4000-8000-0000000000f1', now() - interval '1 hour', %L)$$),
  ('revoke_api_token',
    $$select ops.revoke_api_token('Ejemplar', '00000000-0000-4000-8000-0000000000d1', %L)$$),
  ('mark_key', $$select ops.mark_key('key1', %L)$$),
  ('export_company', $$select ops.export_company('Ejemplar', %L)$$),
  ('delete_company', $$select ops.delete_company('Ejemplar', 'Ejemplar S.A.S.', %L, false)$$);
grant select on act to public;
select pg_temp.expect(
  'each function of operators that writes is among them, or is for readers too',
  (select string_agg(p.proname, ', ') from pg_proc p
   where p.pronamespace = 'ops'::regnamespace and p.provolatile = 'v'
     and has_function_privilege('hub_ops', p.oid, 'execute')
     and p.proname not in (select name from act) and p.proname not in ('enter', 'leave')),
  null::text);

-- Who may what ------------------------------------------------------------------------------------

select pg_temp.expect(
  'views are for readers, reports for reports', string_agg(c.relname, ', '), null::text)
from pg_class c
where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v'
  and (not has_table_privilege('test_maria', c.oid, 'select')
    or not has_table_privilege('test_pedro', c.oid, 'select')
    or has_table_privilege('test_bi', c.oid, 'select') <> (c.relname like 'report\_%'));

set local session authorization test_bi;
select pg_temp.expect('reports count companies', sum(companies), 3::numeric)
from ops.report_companies;
select pg_temp.expect_refusal('select from ' || forbidden, '42501')
from unnest(array['ops.companies', 'ops.people', 'ops.events', 'public.company',
  'public.account', 'public.event', 'public.mail', 'public.operator_act']) as forbidden;
select pg_temp.expect_refusal(forbidden, '42501')
from unnest(array[
  $$select ops.find_person('ana')$$, $$select ops.company_id('Ejemplar')$$,
  $$select ops.enter('Ejemplar', 'reason')$$, 'set role hub_ops_read', 'set role hub_ops_reader',
  $$select * from ops.read_statements()$$]) as forbidden;
select pg_temp.expect_refusal(format(a.statement, 'a reason'), '42501') from act a;
select pg_temp.expect('it is helped with what it has',
  bool_and(name like 'ops.report\_%' or name like 'ops.help(%'), true)
from ops.help();

-- No value of a person or a company is in any report.
reset session authorization;
create function pg_temp.reports() returns text language plpgsql as $$
declare
  shown text := '';
  report text;
  lines text;
begin
  for report in
    select c.oid::regclass::text from pg_class c
    where c.relnamespace = 'ops'::regnamespace and c.relname like 'report\_%'
  loop
    execute format('select string_agg(r::text, E''\n'') from %s as r', report) into lines;
    perform pg_temp.expect(report || ' shows something', lines is not null, true);
    shown := shown || lines;
  end loop;
  return shown;
end
$$;
grant execute on all functions in schema pg_temp to public;
insert into webhook_delivery (tenant_id, webhook_id, message_id, type)
select tenant_id, id, 'test', 'webhook.test' from webhook;
create temporary table personal as
select a.email as value from account a
union select m.display_name from membership m union select c.legal_name from company c
union select c.trade_name from company c union select c.identification_number from company c
union select c.phone from company c union select c.tenant_id::text from company c
union select a.id::text from account a union select w.url from webhook w
union select address from mail;
grant select on personal to public;
set local session authorization test_bi;
select pg_temp.expect('a report shows ' || p.value, strpos(shown, p.value), 0)
from personal p, pg_temp.reports() as shown where p.value <> '';
reset session authorization;

-- Readers read, and change nothing.
set local session authorization test_pedro;
select pg_temp.expect(v, pg_temp.count_of('select * from ' || v) > 0, true)
from unnest(array[
  'ops.companies', 'ops.people', 'ops.memberships', 'ops.invitations', 'ops.solutions',
  'ops.integrations', 'ops.offers', 'ops.api_tokens', 'ops.sessions', 'ops.account_events',
  'ops.outbox', 'ops.webhooks', 'ops.webhook_deliveries', 'ops.dead_letters', 'ops.event_lag',
  'ops.events', 'ops.sealing_keys', 'ops.overview', 'ops.tables', 'ops.indexes']) as v;
select pg_temp.expect('nothing is counted where nothing is loaded',
  pg_temp.count_of('select * from ops.slow_statements where calls < 0'), 0::bigint);
select pg_temp.expect_refusal(format(a.statement, 'a reason'), '42501') from act a;
select pg_temp.expect_refusal(forbidden, '42501')
from unnest(array[
  'set role hub_ops', 'set role hub_app_write', 'set role hub_ops_reader',
  'set role hub_ops_tenant', 'set role hub_owner', 'select password_hash from account',
  'select hash from api_token', 'select sealed_secret from webhook', 'select facts from mail',
  'update company set phone = null', 'delete from session', 'create table ops.mine ()',
  'create table public.mine ()', $$update ops.companies set phone = null$$,
  $$select record_operator_act('enter', null, null, null, 'a reason')$$,
  $$select ops.begin_act(null)$$, $$select public.unlock_account(null)$$,
  $$select delete_tenant(null, null, null, null)$$,
  $$select open_to_operators('company')$$]) as forbidden;

-- As a company ------------------------------------------------------------------------------------

select pg_temp.expect('who entered no company sees none', count(*), 0::bigint) from company;
select ops.enter('901.234.567-7', 'ticket 4711: they see no invoices');
select pg_temp.expect('who entered sees the one', string_agg(legal_name, ','), 'Ejemplar S.A.S.')
from company;
select pg_temp.expect('of its people the members', count(*), 2::bigint) from membership;
select pg_temp.expect('and nobody''s account', count(*), 0::bigint) from account;
select pg_temp.expect_refusal('update company set phone = null', '42501');
select ops.leave();
select pg_temp.expect('and then none', count(*), 0::bigint) from company;
-- As at a commit.
set constraints all immediate;
set constraints all deferred;
reset session authorization;
select pg_temp.expect('the company''s log says who entered, and why',
  concat_ws(' ', actor_kind, actor_id, changes #>> '{0,after}', changes #>> '{1,after}'),
  'OPERATOR test_pedro enter ticket 4711: they see no invoices')
from event where type = 'operator.acted';

-- Acting ------------------------------------------------------------------------------------------

set local session authorization test_maria;
select pg_temp.expect_refusal(forbidden, '42501')
from unnest(array[
  'set role hub_app_write', 'set role hub_ops_actor', 'set role hub_ops_tenant',
  'set role hub_owner', 'update company set phone = null',
  'insert into operator_act default values', 'delete from operator_act', 'select from operator_act',
  $$select delete_tenant(null, null, null, null)$$, $$select change_country(null, null, null)$$,
  $$select public.change_plan(null, null, null)$$]) as forbidden;

-- Without a reason nothing is done, whatever it is.
select pg_temp.expect_hint(format(a.statement, reason), 'HB422', 'ticket 4711')
from act a, (values (''), ('   '), ('why?'), (repeat('x', 501)), (null)) as r (reason);
reset session authorization;
select pg_temp.expect('and nothing was', count(*), 1::bigint) from operator_act;
set local session authorization test_maria;

select pg_temp.expect_hint(v.statement, v.code, v.hinted)
from (values
  ($$select ops.enter('Nobody', 'a reason')$$, 'HB404', 'ops.find_company'),
  ($$select ops.enter(null, 'a reason')$$, 'HB404', 'ops.find_company'),
  ($$select ops.enter('00000000-0000-4000-8000-00000000dead', 'a reason')$$, 'HB404',
    'ops.find_company'),
  ($$select ops.unlock_login('nobody@test.example', 'a reason')$$, 'HB404', 'ops.find_person'),
  ($$select ops.activate_solution('Ejemplar', 'rockets', 'pyme', 'a reason')$$, 'HB404',
    $h$ops.offers where country_version = 'CO'$h$),
  ($$select ops.activate_solution('Ejemplar', 'store', 'gold', 'a reason')$$, 'HB404',
    'ops.offers'),
  ($$select ops.activate_solution('Ejemplar', 'accounting', 'pyme', 'a reason')$$, 'HB409',
    'ops.change_plan'),
  ($$select ops.activate_solution('Ejemplar', 'store', 'pyme', 'a reason', 91)$$, 'HB422', '15'),
  ($$select ops.activate_solution('Pampa', 'store', 'pyme', 'a reason')$$, 'HB409',
    'Activate those first'),
  ($$select ops.change_plan('Ejemplar', 'store', 'pyme', 'a reason')$$, 'HB404',
    'ops.activate_solution'),
  ($$select ops.change_plan('Ejemplar', 'invoicing', 'emprendedor', 'a reason')$$, 'HB409',
    'other roles first'),
  ($$select ops.extend_trial('Ejemplar', 'accounting', 5, 'a reason')$$, 'HB409', 'paid for'),
  ($$select ops.extend_trial('Ejemplar', 'store', 5, 'a reason')$$, 'HB404',
    'ops.activate_solution'),
  ($$select ops.extend_trial('Ejemplar', 'pos', 0, 'a reason')$$, 'HB422', 'ops.change_plan'),
  ($$select ops.correct_company('Ejemplar', '{"colour": "red"}', 'a reason')$$, 'HB422',
    'form_field'),
  ($$select ops.correct_company('Ejemplar', '{}', 'a reason')$$, 'HB422', 'form_field'),
  ($$select ops.correct_company('Ejemplar', '[]', 'a reason')$$, 'HB422', 'form_field'),
  ($$select ops.correct_company('Ejemplar', '{"phone": "call me"}', 'a reason')$$, 'HB422',
    'Nothing was changed'),
  ($$select ops.correct_company('Ejemplar', '{"identification.checkDigit": "8"}', 'a reason')$$,
    'HB422', 'tax_id_type'),
  ($$select ops.correct_company('Ejemplar', '{"legalName": ""}', 'a reason')$$, 'HB422',
    'Nothing was changed'),
  ($$select ops.correct_company('Ejemplar', '{"decimalPrecision": "many"}', 'a reason')$$,
    'HB422', 'Nothing was changed'),
  ($$select ops.move_company('Ejemplar', 'XX', 'a reason', false, false)$$, 'HB404',
    'country_version'),
  ($$select ops.move_company('Ejemplar', 'MX', 'a reason', false, false)$$, 'HB409',
    'drops => true'),
  ($$select ops.revoke_sessions('ana@ejemplar.example', 'a reason',
    '00000000-0000-4000-8000-00000000dead')$$, 'HB404', 'ops.sessions'),
  ($$select ops.begin_second_factor_recovery('ana@ejemplar.example', 'a reason')$$, 'HB409',
    'has_second_factor'),
  ($$select ops.finish_second_factor_recovery('sofia@pampa.example', 'a reason')$$, 'HB409',
    '72 hours'),
  ($$select ops.resend_mail('00000000-0000-4000-8000-00000000dead', 'a reason')$$, 'HB404',
    'ops.outbox'),
  ($$select ops.resend_mail('00000000-0000-4000-8000-000000000003', 'a reason')$$, 'HB409',
    'doctor'),
  ($$select ops.resend_mail('00000000-0000-4000-8000-000000000004', 'a reason')$$, 'HB409',
    'ask for it again'),
  -- Another company's webhook and token are not its own.
  ($$select ops.replay_webhook('Ejemplar', '00000000-0000-4000-8000-0000000000f2', now(),
    'a reason')$$, 'HB404', 'ops.webhooks'),
  ($$select ops.replay_webhook('Ejemplar', '00000000-0000-4000-8000-0000000000f1',
    now() + interval '1 hour', 'a reason')$$, 'HB422', 'interval'),
  ($$select ops.revoke_api_token('Modelo', '00000000-0000-4000-8000-0000000000d1',
    'a reason')$$, 'HB404', 'ops.api_tokens'),
  ($$select ops.mark_key('key9', 'a reason')$$, 'HB404', 'ops.sealing_keys'),
  ($$select ops.delete_company('Ejemplar', 'Ejemplar', 'a reason', false)$$, 'HB409',
    'legal name'),
  ($$select ops.delete_company('Ejemplar', null, 'a reason', false)$$, 'HB422', 'you mean')
) as v (statement, code, hinted);
reset session authorization;
select pg_temp.expect('what was refused left no record', count(*), 1::bigint) from operator_act;

-- A dry run leaves nothing.
create temporary table before as
select to_jsonb(c) as company, (select count(*) from event) as events,
  (select count(*) from company_solution) as solutions, (select count(*) from mail) as mails
from company c where trade_name = 'Ejemplar';
set local session authorization test_maria;
select pg_temp.expect('a dry run is the default, and says so', report -> 'done', 'false'::jsonb)
from (values
  (ops.move_company('Ejemplar', 'MX', 'a reason')),
  (ops.delete_company('Ejemplar', 'Ejemplar S.A.S.', 'a reason'))) as told (report);
reset session authorization;
set constraints all immediate;
set constraints all deferred;
select pg_temp.expect('and nothing has changed', to_jsonb(now_is), to_jsonb(before))
from before, (
  select to_jsonb(c) as company, (select count(*) from event) as events,
    (select count(*) from company_solution) as solutions, (select count(*) from mail) as mails
  from company c where trade_name = 'Ejemplar') as now_is;
select pg_temp.expect('nor was anything recorded', count(*), 1::bigint) from operator_act;

-- Who pretends to be somebody else is not believed.
set local session authorization test_maria;
select set_config('app.actor', 'account:00000000-0000-4000-8000-0000000000a1', true),
  set_config('app.account_id', '00000000-0000-4000-8000-0000000000a1', true),
  set_config('app.tenant_id', '00000000-0000-4000-8000-0000000000c2', true);
select pg_temp.expect('it is said how it stands',
  ops.correct_company('Ejemplar', '{"phone": "+576015550199", "address.city": " Cali "}',
    'ticket 1: letter'), 'Corrected; the company is at revision 2.');
select pg_temp.expect('and that it stood so',
  ops.correct_company('Ejemplar', '{"phone": "+576015550199"}', 'ticket 1: again'),
  'It stood so already; nothing was changed.');
select pg_temp.expect('the company that was entered stays it',
  current_setting('app.tenant_id'), '00000000-0000-4000-8000-0000000000c2');
set constraints all immediate;
set constraints all deferred;
reset session authorization;
select set_config('app.actor', '', true), set_config('app.account_id', '', true);
select pg_temp.expect('it is corrected', phone || ' ' || address_city, '+576015550199 Cali')
from company where trade_name = 'Ejemplar';
select pg_temp.expect('an operator''s word is confirmed as one', kind, 'OPERATOR')
from company_confirmation
where tenant_id = '00000000-0000-4000-8000-0000000000c1' and field = 'address.city';
select pg_temp.expect('the same event as the hub''s, and by whom', string_agg(
  concat_ws(' ', type, actor_kind, actor_id), ', ' order by sequence),
  'company.updated OPERATOR test_maria, operator.acted OPERATOR test_maria, '
  'operator.acted OPERATOR test_maria')
from event where actor_id = 'test_maria';

-- Each act, its effect and its event.
create function pg_temp.events_of(statement text) returns text language plpgsql as $$
declare
  so_far bigint := (select coalesce(max(id), 0) from operator_act);
  log_end bigint := (select sequence from event_head
    where tenant_id = '00000000-0000-4000-8000-0000000000c1');
begin
  set local session authorization test_maria;
  execute statement;
  set constraints all immediate;
  set constraints all deferred;
  reset session authorization;
  perform pg_temp.expect(statement || ': one record', count(*), 1::bigint)
  from operator_act where id > so_far and operator = 'test_maria' and reason = 'ticket 4712';
  return (
    select string_agg(concat_ws(' ', type, subject), ', ' order by sequence) from event
    where tenant_id = '00000000-0000-4000-8000-0000000000c1' and sequence > log_end
      and actor_kind = 'OPERATOR' and actor_id = 'test_maria');
end
$$;
select pg_temp.expect(v.name, pg_temp.events_of(format(a.statement, 'ticket 4712')), v.expected)
from (values
  (1, 'extend_trial', 'solution.updated pos, operator.acted pos'),
  (2, 'activate_solution', 'solution.activated store, operator.acted store'),
  (3, 'deactivate_solution', 'solution.deactivated payroll, operator.acted payroll'),
  (4, 'change_plan', 'solution.plan_changed pos, operator.acted pos'),
  (5, 'replay_webhook', 'operator.acted 00000000-0000-4000-8000-0000000000f1'),
  (6, 'revoke_api_token', 'api_token.revoked 00000000-0000-4000-8000-0000000000d1, '
    'operator.acted 00000000-0000-4000-8000-0000000000d1'),
  (7, 'unlock_login', null), (8, 'revoke_sessions', null), (9, 'resend_mail', null),
  (10, 'mark_key', null),
  (11, 'export_company', 'operator.acted')) as v (place, name, expected)
join act a on a.name = v.name
order by v.place;

select pg_temp.expect('the solutions', string_agg(concat_ws(' ', solution, plan, state,
    case when trial_ends_at > now() then 'on trial' end), ', ' order by solution),
  'accounting pro ACTIVE, invoicing pro ACTIVE, payroll plus INACTIVE on trial, '
  'pos pro ACTIVE on trial, store pyme TRIAL on trial')
from company_solution where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('what is to be told once more', count(*), 3::bigint) from webhook_delivery
where webhook_id = '00000000-0000-4000-8000-0000000000f1' and sequence is not null;
select pg_temp.expect('hers are unlocked, another''s are not', string_agg(client, ','), '*')
from sign_in_guess where email_hash in (
  hash_of_email('ana@ejemplar.example'), hash_of_email('caro@ejemplar.example'));
select pg_temp.expect('her sessions are over', bool_and(revoked_at is not null), true)
from session where id::text like '00000000-0000-4000-8000-0000000000e_';
select pg_temp.expect('what was given up waits',
  given_up_at is null and attempts = 0 and next_attempt_at <= now(), true)
from mail where id = '00000000-0000-4000-8000-000000000001';
select pg_temp.expect('her own log says it', string_agg(type || ' ' || actor_id, ', ' order by id),
  'operator.acted test_maria, operator.acted test_maria, session.revoked test_maria, '
  'session.revoked test_maria, session.revoked test_maria')
from account_event where account_id = '00000000-0000-4000-8000-0000000000a1'
  and actor_id = 'test_maria';
select pg_temp.expect('the key is marked', marked_by, 'test_maria')
from ops.sealing_keys where key_name = 'key1';

-- A second factor that was lost takes 72 hours.
set local session authorization test_maria;
select ops.begin_second_factor_recovery('sofia@pampa.example', 'ticket 4716');
select pg_temp.expect_hint(
  $$select ops.finish_second_factor_recovery('sofia@pampa.example', 'ticket 4716')$$, 'HB409',
  '72 hours');
reset session authorization;
update second_factor set recovery_asked_at = recovery_asked_at - interval '72 hours';
set local session authorization test_maria;
select ops.finish_second_factor_recovery('sofia@pampa.example', 'ticket 4716');
select pg_temp.expect('it is gone, and told', has_second_factor, false)
from ops.people where email = 'sofia@pampa.example';
select pg_temp.expect('twice', string_agg(kind, ',' order by kind),
  'second_factor_disabled,second_factor_recovery')
from ops.outbox where address = 'sofia@pampa.example';
reset session authorization;

-- Of a mail that was sent a copy goes, which is another mail.
set local session authorization test_maria;
select ops.resend_mail('00000000-0000-4000-8000-000000000002', 'ticket 4713');
select pg_temp.expect('one was sent, its copy waits', string_agg(status, ',' order by status),
  'SENT,WAITING')
from ops.outbox where link = 'OPEN';
select pg_temp.expect('one session may be ended alone',
  ops.revoke_sessions('00000000-0000-4000-8000-0000000000a1', 'ticket 4713'),
  '0 sessions are over, at once.');
reset session authorization;

-- The whole company -------------------------------------------------------------------------------

-- Whatever is known of a company, a move to each version is judged in the operators' own right.
savepoint known;
insert into company_claim (tenant_id, field, source, value, reported_at)
select c.tenant_id, 'identification', 'payroll',
  jsonb_build_object('type', t.code, 'number', '20131312955', 'checkDigit', '5'), now()
from company c
cross join (select distinct code from tax_id_type) as t (code)
on conflict do nothing;
set local session authorization test_maria;
select pg_temp.expect('moves are foretold', count(*) > 10, true)
from (
  select ops.move_company(c.name, v.code, 'ticket 4714', drops => true)
  from ops.companies c
  cross join unnest(array['AR', 'CO', 'CR', 'DO', 'ES', 'MX', 'PA', 'PE']) as v (code)
  where v.code <> c.country_version) as foretold (move);
reset session authorization;
rollback to known;

savepoint whole;
set local session authorization test_maria;
create temporary table exported as
select string_agg(line, E'\n') as document
from ops.export_company('Ejemplar', 'ticket 4714') as line;
select pg_temp.expect('the export is one document of it', concat_ws(' ',
    document::jsonb ->> 'tenantId', document::jsonb #>> '{tables,company,0,legal_name}',
    jsonb_array_length(document::jsonb -> 'people')),
  '00000000-0000-4000-8000-0000000000c1 Ejemplar S.A.S. 2')
from exported;
select pg_temp.expect('without a secret', document ~ '(scrypt|sealed)', false)
from (select (document::jsonb - 'redacted')::text as document from exported) as told;
select ops.correct_company('Ejemplar', '{"decimalPrecision": "4"}', 'ticket 4714');
select set_config('app.actor', 'account:00000000-0000-4000-8000-0000000000a1', true),
  set_config('app.account_id', '00000000-0000-4000-8000-0000000000a1', true);
select pg_temp.expect('it is moved', ops.move_company(
  'Ejemplar', 'MX', 'ticket 4714', drops => true, dry_run => false) -> 'done', 'true'::jsonb);
reset session authorization;
set constraints all immediate;
set constraints all deferred;
select pg_temp.expect('what moving it wrote is the operator''s word, whoever they say they are',
  kind || ' ' || coalesce(confirmed_by::text, 'nobody'), 'OPERATOR nobody')
from company_confirmation
where tenant_id = '00000000-0000-4000-8000-0000000000c1' and field = 'decimalPrecision';
select pg_temp.expect('its version is another', country_version || ' ' || currency_code, 'MX MXN')
from company where tenant_id = '00000000-0000-4000-8000-0000000000c1';
set local session authorization test_maria;
select pg_temp.expect('it is deleted', ops.delete_company(
  'Ejemplar', 'Ejemplar S.A.S.', 'ticket 4715', dry_run => false) -> 'done', 'true'::jsonb);
select pg_temp.expect('its tombstone says who and why', deleted_by || ' ' || reason,
  'test_maria ticket 4715')
from ops.deleted_companies;
select pg_temp.expect('and so does the record, without its number',
  concat_ws(' ', operator, company_id, subject), 'test_maria Ejemplar S.A.S.')
from ops.acts where act = 'delete_company';
select pg_temp.expect('Modelo is as it was', count(*), 1::bigint)
from ops.companies where name = 'Modelo';
reset session authorization;
set constraints all immediate;
select pg_temp.expect('its number stands nowhere', count(*), 0::bigint)
from tenant_traces('00000000-0000-4000-8000-0000000000c1');
rollback to whole;

-- A person who goes takes the records about them along; what is old is purged.
delete from membership where account_id = '00000000-0000-4000-8000-0000000000a2';
select pg_temp.expect('there are records', count(*) > 10, true) from operator_act;
update operator_act set at = now() - interval '401 days' where act <> 'mark_key';
set local role hub_app_write;
select purge_events(400 * 86400, 1000);
reset role;
select pg_temp.expect('what is old is gone', string_agg(act, ','), 'mark_key') from operator_act;
rollback;
