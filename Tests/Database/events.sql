-- The log: what is written of a change, by whom, in which order; what is taken out of it; and that
-- the chain tells where it was broken. Events are written at commit; SET CONSTRAINTS stands for it.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql
set constraints all immediate;

\set ejemplar '00000000-0000-4000-8000-0000000000c1'
\set modelo '00000000-0000-4000-8000-0000000000c2'
\set pampa '00000000-0000-4000-8000-0000000000c3'
\set ana '00000000-0000-4000-8000-0000000000a1'
\set sofia '00000000-0000-4000-8000-0000000000a3'
\set caro '00000000-0000-4000-8000-0000000000a4'

-- Where each log stood; what was written since, and what it says, in the order of each log.
create temporary table seen (tenant_id uuid primary key, sequence bigint not null);
insert into seen select tenant_id, sequence from event_head;
create function pg_temp.news() returns table (place text, type text, subject text, fields text)
language plpgsql as $$
begin
  set constraints all immediate;
  return query
  select right(e.tenant_id::text, 2), e.type, right(e.subject, 10),
    (select string_agg(
       format('%s: %s > %s', c ->> 'field', coalesce(c ->> 'before', '-'),
         coalesce(c ->> 'after', '-')), '; ' order by position)
     from jsonb_array_elements(e.changes) with ordinality as c (c, position))
  from event e
  left join seen s on s.tenant_id = e.tenant_id
  where e.sequence > coalesce(s.sequence, 0)
  order by e.tenant_id, e.sequence;
  insert into seen select tenant_id, sequence from event_head
  on conflict (tenant_id) do update set sequence = excluded.sequence;
  set constraints all deferred;
end
$$;

create function pg_temp.told() returns text language sql as $$
  select coalesce(string_agg(
    concat_ws(' ', n.place, n.type, n.subject, '[' || n.fields || ']'), E'\n'), '')
  from pg_temp.news() as n
$$;

-- What makes an event, and what it says -----------------------------------------------------------

update company set phone = '+576015550999', address_city = 'Cali' where tenant_id = :'ejemplar';
select pg_temp.expect('a change is told by field, before and after', pg_temp.told(),
  'c1 company.updated [address.city: Bogotá > Cali; phone: +576015550101 > +576015550999]');

update company set phone = phone, revision = 99, updated_at = now(), created_at = now();
update membership set role = role;
update company_solution set plan = plan, state = state;
update invitation set invited_by_name = 'x', link_id = null;
update integration_connection set checked_at = now(), connected_by_name = 'x';
update account set language = language, last_tenant_id = null;
delete from company_solution where solution = 'nothing';
select pg_temp.expect('a change that changes nothing makes no event', pg_temp.told(), '');

update company_solution set plan = 'plus' where (tenant_id, solution) = (:'ejemplar', 'accounting');
update company_solution set state = 'ACTIVE' where (tenant_id, solution) = (:'ejemplar', 'pos');
delete from company_solution where (tenant_id, solution) = (:'ejemplar', 'payroll');
insert into company_solution (tenant_id, solution, country_version, plan, state)
values (:'ejemplar', 'store', 'CO', 'pro', 'ACTIVE');
select pg_temp.expect('solutions',
  regexp_replace(pg_temp.told(), 'trialEndsAt: \S+', 'trialEndsAt: x', 'g'),
  $$c1 solution.plan_changed accounting [plan: pro > plus]
c1 solution.updated pos [state: READ_ONLY > ACTIVE]
c1 solution.deactivated payroll [plan: plus > -; state: TRIAL > -; trialEndsAt: x > -]
c1 solution.activated store [plan: - > pro; state: - > ACTIVE]$$);

update company_solution set state = 'INACTIVE', deactivated_at = now()
where (tenant_id, solution) = (:'ejemplar', 'store');
update company_solution set state = 'READ_ONLY', deactivated_at = null, plan = 'plus'
where (tenant_id, solution) = (:'ejemplar', 'store');
insert into company_claim (tenant_id, field, source, reported_at, value)
values (:'ejemplar', 'website', 'pos', now(), '"https://claimed.example/"');
insert into company_claim (tenant_id, field, source, reported_at, value)
values (:'ejemplar', 'website', 'pos', now(), '"https://claimed.example/"')
on conflict do nothing;
select pg_temp.expect('switched off, on again, and what one claims', pg_temp.told(),
  $$c1 solution.deactivated store [state: ACTIVE > INACTIVE]
c1 solution.activated store [plan: pro > plus; state: INACTIVE > READ_ONLY]
c1 claim.reported pos [website: - > https://claimed.example/]$$);

update integration_connection set sealed_credentials = '\x0102'
where (tenant_id, integration) = (:'ejemplar', 'payu');
update integration_connection set state = 'ERROR', failure = 'CREDENTIALS_REFUSED'
where (tenant_id, integration) = (:'ejemplar', 'payu');
update integration_connection set state = 'CONNECTED', failure = null
where (tenant_id, integration) = (:'ejemplar', 'payu');
delete from integration_connection where (tenant_id, integration) = (:'ejemplar', 'payu');
select pg_temp.expect('integrations, without their credentials', pg_temp.told(),
  $$c1 integration.updated payu [credentials: - > -]
c1 integration.failed payu [state: CONNECTED > ERROR; failure: - > CREDENTIALS_REFUSED]
c1 integration.recovered payu [state: ERROR > CONNECTED; failure: CREDENTIALS_REFUSED > -]
c1 integration.disconnected payu [state: CONNECTED > -; settings: {} > -]$$);

insert into invitation (tenant_id, id, email, role, invited_by_name, expires_at)
values (:'modelo', '00000000-0000-4000-8000-0000000000f9', 'f@f.example', 'seller', '', 'infinity');
update invitation set mailed_at = array[now()] where id = '00000000-0000-4000-8000-0000000000f9';
update invitation set role = 'assistant' where id = '00000000-0000-4000-8000-0000000000f9';
update invitation set revoked_at = now() where id = '00000000-0000-4000-8000-0000000000f9';
update invitation set revoked_at = null, accepted_at = now()
where id = '00000000-0000-4000-8000-0000000000f9';
update invitation set accepted_at = null where id = '00000000-0000-4000-8000-0000000000f9';
update invitation set accepted_at = now() where id = '00000000-0000-4000-8000-0000000000f2';
select pg_temp.expect('invitations; not one that was not accepted after all', pg_temp.told(),
  $$c2 invitation.created 00000000f9 [email: - > f@f.example; role: - > seller; $$
  || $$solutionRoles: - > {}; expiresAt: - > infinity]
c2 invitation.sent 00000000f9
c2 invitation.updated 00000000f9 [role: seller > assistant]
c2 invitation.revoked 00000000f9
c2 invitation.accepted 00000000f2$$);

update account set first_name = 'Carola', phone = '+573005550199' where id = :'caro';
update account set display_name = 'Carito', email = 'carito@ejemplar.example' where id = :'caro';
select pg_temp.expect('a profile is told in each company, and what none sees is only named',
  pg_temp.told(), $$c1 profile.updated 00000000a4 [firstName: - > -; phone: - > -]
c1 profile.updated 00000000a4 [displayName: Caro > Carito; $$
  || $$email: caro@ejemplar.example > carito@ejemplar.example]
c2 profile.updated 00000000a4 [firstName: - > -; phone: - > -]
c2 profile.updated 00000000a4 [displayName: Caro > Carito; $$
  || $$email: caro@ejemplar.example > carito@ejemplar.example]$$);

select pg_temp.expect('roles in solutions as they were, and one that is new', outcome, 'changed')
from change_role(
  :'ana', :'ejemplar', :'caro', 'accountant', '{"invoicing": "assistant", "pos": "accountant"}');
insert into solution_role (tenant_id, account_id, solution, role)
values (:'modelo', :'caro', 'invoicing', 'seller');
delete from solution_role where (tenant_id, account_id, solution) = (:'modelo', :'caro', 'store');
delete from membership where (tenant_id, account_id) = (:'modelo', :'caro');
select pg_temp.expect('people, and no roles of who has left', pg_temp.told(),
  $$c1 person.role_changed 00000000a4 [solutionRoles.pos: - > accountant]
c1 person.role_changed 00000000a4 [role: seller > accountant]
c2 person.left 00000000a4 [role: accountant > -; displayName: Carito > -; $$
  || $$email: carito@ejemplar.example > -]$$);
insert into membership (tenant_id, account_id, role) values (:'modelo', :'caro', 'seller');
select pg_temp.expect('who joins', pg_temp.told(),
  $$c2 person.joined 00000000a4 [role: - > seller; displayName: - > Carito; $$
  || $$email: - > carito@ejemplar.example]$$);

-- Who made it -------------------------------------------------------------------------------------

select set_config('app.actor', 'account:' || :'ana', true);
update company set website = 'https://a.example/' where tenant_id = :'ejemplar';
set constraints all immediate;
select pg_temp.expect('an operator cannot pass as somebody else',
  (actor_kind, actor_id, actor_name),
  ('OPERATOR'::text, current_setting('session_authorization'), null::text))
from event where tenant_id = :'ejemplar' order by sequence desc limit 1;

set session authorization hub_app_write;
select set_config('app.tenant_id', :'ejemplar', true),
  set_config('app.account_id', :'ana', true), set_config('app.origin', 'tab-1', true);
set constraints all deferred;
update company set website = 'https://b.example/';
set constraints all immediate;
reset session authorization;
select pg_temp.expect('the server acts for whom it says',
  (actor_kind, actor_id, actor_name, origin),
  ('ACCOUNT'::text, :'ana'::text, 'Anita'::text, 'tab-1'::text))
from event where tenant_id = :'ejemplar' order by sequence desc limit 1;

set session authorization hub_app_write;
set constraints all deferred;
select set_config('app.actor', 'service:invoicing', true), set_config('app.origin', '', true);
update company set website = 'https://c.example/';
set constraints all immediate;
set constraints all deferred;
select set_config('app.actor', 'somebody', true);
update company set website = 'https://d.example/';
set constraints all immediate;
reset session authorization;
select pg_temp.expect('a service, and what says nothing that is known',
  array_agg(concat_ws(' ', actor_kind, actor_id, actor_name, origin) order by sequence desc),
  array['OPERATOR hub_app_write', 'SERVICE invoicing'])
from (
  select * from event where tenant_id = :'ejemplar' order by sequence desc limit 2) as e;
select pg_temp.told();

-- The login of a person ---------------------------------------------------------------------------

delete from account_event;
select set_config('app.actor', '', true);
update account set password_hash = 'other', password_changed_at = now() where id = :'ana';
update account set password_hash = 'by hand' where id = :'ana';
update account set pending_email = 'new@new.example' where id = :'ana';
update account set email = 'new@new.example', pending_email = null where id = :'ana';
insert into account_google (account_id, subject, email) values (:'ana', '7', 'a@gmail.com');
delete from account_google where account_id = :'ana';
insert into second_factor (account_id, sealed_secret) values (:'ana', 's');
update second_factor set confirmed_at = now(), recovery_codes_left = 10 where account_id = :'ana';
update second_factor set recovery_codes_left = 9 where account_id = :'ana';
delete from second_factor where account_id = :'ana';
insert into session (account_id, device, expires_at, idle_expires_at)
values (:'ana', 'Firefox', now() + interval '1 hour', now() + interval '1 hour');
update session set revoked_at = now() where account_id = :'ana';
update session set last_seen_at = now() where account_id = :'ana';
set session authorization hub_app_write;
select upgrade_password_hash(:'ana', 'by hand', 'better');
reset session authorization;
select pg_temp.expect('what happened to a login', string_agg(type, ' ' order by id),
  'password.changed password.changed email.requested email.changed google.linked google.unlinked '
  || 'second_factor.enabled recovery_code.used second_factor.disabled session.revoked')
from account_event where account_id = :'ana';
select pg_temp.expect('by whom', array_agg(distinct actor_id),
  array[current_setting('session_authorization')])
from account_event where account_id = :'ana';
select pg_temp.expect('the log of a login holds no secret', count(*), 0::bigint)
from account_event where details::text ~ 'other|by hand|better|scrypt';
select pg_temp.told();

-- Reading -----------------------------------------------------------------------------------------

create function pg_temp.at(number bigint) returns text language sql as $$
  select event_cursor(e.sequence, e.hash) from event e
  where e.tenant_id = '00000000-0000-4000-8000-0000000000c1' and e.sequence = number
$$;
set local role hub_app_read;
select set_config('app.tenant_id', :'ejemplar', true);
select pg_temp.expect('a page is as long as asked for, and there is more',
  (jsonb_array_length(events), has_more, cursor, events -> 4 ->> 'cursor'),
  (5, true, pg_temp.at(5), pg_temp.at(5)))
from event_page(:'ejemplar', null, null, null, 5);
select pg_temp.expect('the next page begins behind it', events -> 0 ->> 'cursor', pg_temp.at(6))
from event_page(:'ejemplar', pg_temp.at(5), null, null, 5);
select pg_temp.expect('a bound holds', (jsonb_array_length(a.events), jsonb_array_length(b.events)),
  (1, least(200, (select count(*)::integer from event))))
from event_page(:'ejemplar', null, null, null, 0) as a,
  event_page(:'ejemplar', null, null, null, 100000) as b;
select pg_temp.expect('of some types, and the cursor stands at the end of the log all the same',
  (jsonb_array_length(events), cursor, has_more),
  (1, event_end(:'ejemplar'), false))
from event_page(:'ejemplar', null, array['company.created'], null, 5);
select pg_temp.expect('without what an origin made',
  (select count(*) from jsonb_array_elements(a.events))
    - (select count(*) from jsonb_array_elements(b.events)), 1::bigint)
from event_page(:'ejemplar', null, null, null, 200) as a,
  event_page(:'ejemplar', null, null, 'tab-1', 200) as b;
select pg_temp.expect('behind the end there is nothing, and the cursor stays',
  (jsonb_array_length(events), cursor), (0, event_end(:'ejemplar')))
from event_page(:'ejemplar', event_end(:'ejemplar'), null, null, 5);
select pg_temp.expect('behind what the log does not have there is no page', count(*), 0::bigint)
from (values
  (event_cursor(999999, repeat('x', 32)::bytea)), (event_cursor(5, repeat('x', 32)::bytea)))
  as none (cursor)
cross join lateral event_page(:'ejemplar', none.cursor, null, null, 5);
select pg_temp.expect('nothing of another tenant is found',
  (jsonb_array_length(a.events), a.cursor, jsonb_array_length(b.events)),
  (0, 'ev1-' || repeat('0', 24), 0))
from event_page(:'modelo', null, null, null, 5) as a,
  audit_page(:'modelo', null, null, null, null, 5) as b;
select pg_temp.expect('backwards, the latest first',
  (events -> 0 ->> 'cursor', events -> 2 ->> 'cursor', has_more),
  (pg_temp.at(h.sequence), pg_temp.at(h.sequence - 2), true))
from audit_page(:'ejemplar', null, null, null, null, 3), event_head h;
select pg_temp.expect('of one person',
  (select count(*) from jsonb_array_elements(events)), 1::bigint)
from audit_page(:'ejemplar', null, null, :'ana', null, 200);
reset role;

-- The chain ---------------------------------------------------------------------------------------

select pg_temp.expect('each chain holds', count(*), 0::bigint)
from event_head h, verify_event_chain(h.tenant_id) as v
where v.problem is not null;

select pg_temp.expect_refusal($$update event set type = 'a.b' where sequence = 3$$, 'HB405');
select pg_temp.expect_refusal($$update event set changes = '[]' where sequence = 3$$, 'HB405');
select pg_temp.expect_refusal($$delete from event where sequence = 3$$, 'HB405');
select pg_temp.expect_refusal('truncate ' || name, 'HB405')
from unnest(array['event', 'event_head', 'audit_signature', 'invitation', 'company cascade'])
  as name;

-- Whoever can do all the same, with triggers off, is found out.
create function pg_temp.broken(statement text) returns text language plpgsql as $$
declare
  found text;
begin
  begin
    set local session_replication_role = replica;
    execute statement;
    select concat_ws(' ', v.sequence, v.problem) into found
    from verify_event_chain('00000000-0000-4000-8000-0000000000c2') as v;
    raise exception using errcode = 'HB998';
  exception when sqlstate 'HB998' then
    return found;
  end;
end
$$;
select pg_temp.expect(fault, pg_temp.broken(fault || $$ and tenant_id =
  '00000000-0000-4000-8000-0000000000c2'$$), found)
from (values
  ($$update event set type = 'a.b' where sequence = 3$$,
   '3 the hash is not that of this event behind the one before'),
  ($$update event set at = at + interval '1 us' where sequence = 3$$,
   '3 the hash is not that of this event behind the one before'),
  ($$update event set actor_id = 'me' where sequence = 4$$,
   '4 the hash is not that of this event behind the one before'),
  ($$update event set changes = '[]' where sequence = 5$$,
   '5 the changes are not those that were written'),
  ($$update event set actor_name = 'Me', actor_salt = gen_random_uuid() where sequence = 6$$,
   '6 the name of who made it is not the one that was written'),
  ($$delete from event where sequence = 3$$, '4 an event before this one is missing'),
  ($$delete from event where sequence = 1$$, '2 an event before this one is missing'),
  ($$delete from event where sequence > 4$$, '%'),
  ($$delete from event where true$$, '%'),
  ($$update event_head set sequence = 2, hash = hash where true$$,
   '2 the head is not the last event'),
  ($$delete from event_head where true$$, '0 the head is not the last event')
) as broken (fault, found)
where found <> '%';
select pg_temp.expect(fault, pg_temp.broken(fault || $$ and tenant_id =
  '00000000-0000-4000-8000-0000000000c2'$$) like '% the head is not the last event', true)
from (values ('delete from event where sequence > 4'), ('delete from event where true'))
  as b (fault);

-- Taking out --------------------------------------------------------------------------------------

select set_config('app.actor', '', true);
select sequence from event where tenant_id = :'ejemplar' and actor_name = 'Anita' \gset before_
delete from invitation where id = '00000000-0000-4000-8000-0000000000f9';
insert into membership (tenant_id, account_id, role)
values (:'ejemplar', :'sofia', 'administrator');
delete from account where id = :'ana';
set constraints all immediate;
select pg_temp.expect('who goes leaves no name, no address', count(*), 0::bigint)
from event
where actor_name = 'Anita' or changes::text ~ 'Anita|ana@ejemplar|new@new|f@f.example';
select pg_temp.expect('but that it happened', (type, changes is null, actor_name),
  ('company.updated'::text, false, null::text))
from event where tenant_id = :'ejemplar' and sequence = :before_sequence;
select pg_temp.expect('and no log of a login', count(*), 0::bigint)
from account_event where account_id = :'ana';
select pg_temp.expect('what others did stays', count(*) > 3, true)
from event where changes::text like '%carito@%' or changes::text like '%Cali%' or type like 'sol%';
select pg_temp.expect('each chain holds still', count(*), 0::bigint)
from event_head h, verify_event_chain(h.tenant_id) as v
where v.problem is not null;

select pg_temp.expect('nothing is old yet', purge_events(86400, 1000), 0);
select pg_temp.expect('as many as are asked for', purge_events(-86400, 4), 4);
select pg_temp.expect('the rest', purge_events(-86400, 1000) > 20, true);
select pg_temp.expect('all payloads are gone', count(*), 0::bigint)
from event where changes is not null or actor_name is not null;
select pg_temp.expect('and the chains hold', count(*), 0::bigint)
from event_head h, verify_event_chain(h.tenant_id) as v
where v.problem is not null;

update company set website = 'https://e.example/' where tenant_id = :'pampa';
set constraints all immediate;
select pg_temp.expect('a tenant is emptied', erase_tenant_events(:'pampa'), 1);
select pg_temp.told();
delete from company where tenant_id = :'pampa';
select pg_temp.expect('what goes along with a company is one event', pg_temp.told(),
  'c3 company.deleted');
rollback;
