-- What operators do within a company, or for a person. What comes out: functions of the schema ops,
-- which call those of the hub, so that each rule stands in one place.
--
-- A company is given by its id, its tax number or its exact name, a person by id or address. What
-- is refused has an SQLSTATE as in the rest of the hub (HB404: not there; HB409: something stands
-- in the way; HB422: it makes no sense) and a hint of what to do.

set local row_security = on;

set local role hub_owner;
grant create on schema ops to hub_ops_reader, hub_ops_actor;
grant update (trial_ends_at) on company_solution to hub_ops_actor;
reset role;

-- Finding -----------------------------------------------------------------------------------------

set local role hub_ops_reader;

create function ops.find_company(words text) returns setof ops.companies
language plpgsql stable security definer rows 10
set search_path = pg_catalog, public, pg_temp
as $$
declare
  number constant text := upper(regexp_replace(find_company.words, '[^[:alnum:]]', '', 'g'));
begin
  return query
    select c.* from ops.companies c
    where c.company_id::text = lower(btrim(find_company.words))
      or number <> '' and c.identification_number is not null
        and (c.identification_number = number
          or c.identification_number || coalesce(c.identification_check_digit, '') = number)
      or btrim(find_company.words) <> '' and (
        strpos(lower(c.legal_name), lower(btrim(find_company.words))) > 0
        or strpos(lower(c.name), lower(btrim(find_company.words))) > 0
        or lower(c.email) = lower(btrim(find_company.words)))
    order by c.name, c.company_id
    limit 50;
end
$$;

comment on function ops.find_company(text) is
  'Finds companies by id, tax number (with or without separators), a part of the name, or the '
  'address for correspondence; the first fifty. Such as: '
  'select * from ops.find_company(''901.234.567-7'');';

create function ops.find_person(words text) returns setof ops.people
language plpgsql stable security definer rows 10
set search_path = pg_catalog, public, pg_temp
as $$
begin
  return query
    select p.* from ops.people p
    where p.account_id = (
      select a.id from account a where a.email_key = lower(btrim(find_person.words)));
  if found then
    return;
  end if;
  return query
    select p.* from ops.people p
    where p.account_id::text = lower(btrim(find_person.words))
      or btrim(find_person.words) <> '' and (
        strpos(lower(p.email), lower(btrim(find_person.words))) > 0
        or strpos(lower(p.name), lower(btrim(find_person.words))) > 0)
    order by p.email
    limit 50;
end
$$;

comment on function ops.find_person(text) is
  'Finds people by id, address, a part of the address or of the name; the first fifty. Such as: '
  'select * from ops.find_person(''ana@ejemplar.example'');';

create function ops.company_id(company text) returns uuid
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  number constant text := upper(regexp_replace(company_id.company, '[^[:alnum:]]', '', 'g'));
  found_ids uuid[];
begin
  if company_id.company ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    found_ids := array(
      select c.tenant_id from company c where c.tenant_id = company_id.company::uuid);
  else
    found_ids := array(
      select c.tenant_id from company c
      where number <> '' and (c.identification_number = number
          or c.identification_number || coalesce(c.identification_check_digit, '') = number)
        or lower(btrim(company_id.company)) in (lower(c.legal_name), lower(c.trade_name))
      order by c.tenant_id limit 20);
  end if;
  if cardinality(found_ids) = 1 then
    return found_ids[1];
  elsif cardinality(found_ids) > 1 then
    raise exception '% is more than one company', company_id.company
      using errcode = 'HB409', detail = array_to_string(found_ids, ', '),
        hint = 'Give the id of the one that is meant.';
  end if;
  raise exception 'there is no company %', coalesce(company_id.company, '(null)')
    using errcode = 'HB404',
      hint = 'Give its id, its tax number or its exact name; to look for it: select * from '
        'ops.find_company(''a part of the name'');';
end
$$;

comment on function ops.company_id(text) is
  'The id of the one company with this id, tax number or exact name. HB404: none; HB409: several.';

create function ops.person_id(person text) returns uuid
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  found_id uuid;
begin
  select a.id into found_id from account a
  where a.email_key = lower(btrim(person_id.person))
    or person_id.person ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      and a.id::text = lower(person_id.person);
  if found_id is null then
    raise exception 'there is no person %', coalesce(person_id.person, '(null)')
      using errcode = 'HB404',
        hint = 'Give the address they sign in with, or the id; to look for them: select * from '
          'ops.find_person(''a part of the name'');';
  end if;
  return found_id;
end
$$;

comment on function ops.person_id(text) is
  'The id of the person with this id or address to sign in with. HB404: nobody.';

create function ops.person_address(account uuid) returns text
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$ select a.email from account a where a.id = person_address.account $$;

comment on function ops.person_address(uuid) is 'The address that a person signs in with.';

grant execute on function
  ops.find_company(text), ops.find_person(text), ops.company_id(text), ops.person_id(text)
  to hub_ops_read;
grant execute on function ops.company_id(text) to hub_ops_actor, hub_ops_tenant;
grant execute on function ops.person_id(text), ops.person_address(uuid) to hub_ops_actor;

reset role;

-- What the hub could not do yet -------------------------------------------------------------------

grant create on schema public to hub_auth, hub_delivery;
set local role hub_owner;
grant insert on mail to hub_delivery;
reset role;
set local role hub_auth;

create function unlock_account(account uuid) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
  counted integer;
begin
  select a.* into person from account a where a.id = unlock_account.account for no key update;
  select count(*) into counted from sign_in_guess g
  where g.email_hash = hash_of_email(person.email_key);
  perform forget_guesses(person.email_key);
  delete from sign_in_guess g where g.email_hash = hash_of_email(person.email_key);
  return counted;
end
$$;

comment on function unlock_account(uuid) is
  'Forgets every guess that is counted against a person: at the password, by whomever, and at the '
  'second factor. How many buckets there were. For operators.';

grant execute on function
  unlock_account(uuid), begin_second_factor_recovery(text), finish_second_factor_recovery(text)
  to hub_ops_actor;

reset role;
set local role hub_delivery;

create function resend_mail(
  mail uuid, out outcome text, out resent uuid, out kind text, out account uuid, out tenant uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  known mail;
  carried one_time_link;
begin
  select m.* into known from mail m where m.id = resend_mail.mail for update;
  select l.* into carried from one_time_link l where l.id = known.link_id;
  kind := known.kind;
  account := coalesce(known.account_id, carried.account_id);
  tenant := (carried.facts ->> 'tenant')::uuid;
  outcome := case
    when known.id is null then 'not_found'
    when known.sent_at is null and known.given_up_at is null then 'waiting'
    when carried.used_at is not null or carried.voided_at is not null
      or carried.expires_at <= now() then 'link_over'
  end;
  if outcome is not null then
    return;
  end if;
  if known.given_up_at is not null then
    update mail m
    set given_up_at = null, failure = null, attempts = 0, next_attempt_at = now()
    where m.id = known.id;
    resent := known.id;
  else
    -- Another mail: under the same Message-ID mailboxes would take it for the one they have.
    insert into mail as m (kind, account_id, address, name, language, facts, link_id)
    values (
      known.kind, known.account_id, known.address, known.name, known.language, known.facts,
      known.link_id)
    returning m.id into resent;
  end if;
  outcome := 'resent';
end
$$;

comment on function resend_mail(uuid) is
  'Sends a mail again: one that was given up is tried anew, of one that was sent a copy goes. '
  'Outcomes: resent (by the id given); not_found; waiting (it is still to be sent); link_over (its '
  'link can be used no longer). For operators.';

grant execute on function resend_mail(uuid) to hub_ops_actor;

reset role;
revoke create on schema public from hub_auth, hub_delivery;

-- Entering a company ------------------------------------------------------------------------------

set local role hub_ops_actor;

create function ops.enter(company text, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(enter.company);
begin
  perform record_operator_act('enter', tenant, null, null, enter.reason);
  perform set_config('app.tenant_id', tenant::text, false);
  return format('You read as %s does, until ops.leave() or the end of the connection.', tenant);
end
$$;

comment on function ops.enter(text, text) is
  'From now on this connection reads the tables of the hub as the company does: select * from '
  'company shows this one company. Its log says that you entered. Such as: select '
  'ops.enter(''901234567'', ''ticket 4711: they see no invoices'');';

create function ops.leave() returns text
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', false);
  return 'You read as no company any more.';
end
$$;

comment on function ops.leave() is
  'Ends what ops.enter began. Closing the connection does as well.';

grant execute on function ops.enter(text, text), ops.leave() to hub_ops_read;

-- Acting within one -------------------------------------------------------------------------------

create function ops.begin_act(tenant uuid) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  entered constant text := coalesce(current_setting('app.tenant_id', true), '');
begin
  -- Nobody else's name counts, whatever the connection says.
  perform set_config('app.tenant_id', begin_act.tenant::text, true),
    set_config('app.account_id', '00000000-0000-0000-0000-000000000000', true),
    set_config('app.actor', '', true);
  return entered;
end
$$;

comment on function ops.begin_act(uuid) is
  'Sets the one company whose policies hold what follows; gives the one that was entered, for '
  'ops.end_act.';

create function ops.end_act(entered text) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform set_config('app.tenant_id', end_act.entered, true);
end
$$;

comment on function ops.end_act(text) is 'Goes back to the company that was entered before an act.';

create function ops.refuse_change(tenant uuid, solution text, outcome text, obstacles jsonb)
returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  version constant text := (
    select c.country_version from company c where c.tenant_id = refuse_change.tenant);
  offered constant text := format(
    'What there is: select * from ops.offers where country_version = %L;', version);
begin
  raise exception '%', case refuse_change.outcome
      when 'solution_not_available' then format('the version %s has no %s', version, solution)
      when 'plan_not_available' then format('the version %s does not offer this plan', version)
      when 'already_active' then format('%s is in use on another plan', solution)
      when 'solution_not_found' then format('%s is not in use', solution)
      when 'requirement_inactive' then format('%s needs solutions that are not in use', solution)
      when 'dependents_active' then format('solutions in use need %s', solution)
      when 'plan_lacks_roles' then 'the plan does not allow the roles that people have in it'
      else refuse_change.outcome
    end
    using errcode = case
        when refuse_change.outcome in ('solution_not_available', 'plan_not_available',
          'solution_not_found') then 'HB404' else 'HB409' end,
      detail = coalesce((
        select string_agg(
          concat_ws(' ', o ->> 'kind', o ->> 'id', o ->> 'name', o ->> 'role'), ', ')
        from jsonb_array_elements(refuse_change.obstacles) as o), ''),
      hint = case refuse_change.outcome
        when 'solution_not_available' then offered
        when 'plan_not_available' then offered
        when 'already_active' then 'To change the plan: ops.change_plan.'
        when 'solution_not_found' then 'To take it into use: ops.activate_solution.'
        when 'requirement_inactive' then 'Activate those first.'
        when 'dependents_active' then 'Switch those off first: ops.deactivate_solution.'
        when 'plan_lacks_roles' then
          'Their administrator gives them other roles first, or the plan is a larger one.'
        else '' end;
end
$$;

comment on function ops.refuse_change(uuid, text, text, jsonb) is
  'Raises what a function of the hub said against a change of a solution, with a hint.';

create function ops.solution_line(tenant uuid, solution text) returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select format('%s: %s on %s%s', s.solution,
    solution_status(s.state, s.trial_ends_at, now()), s.plan,
    case when s.state = 'TRIAL'
      then to_char(s.trial_ends_at at time zone 'UTC', '", until" YYYY-MM-DD HH24:MI "UTC"') end)
  from company_solution s
  where s.tenant_id = solution_line.tenant and s.solution = solution_line.solution
$$;

comment on function ops.solution_line(uuid, text) is
  'How a solution of a company stands, in words.';

create function ops.activate_solution(
  company text, solution text, plan text, reason text, trial_days integer default 15)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(activate_solution.company);
  entered constant text := ops.begin_act(tenant);
  said record;
  line text;
begin
  if activate_solution.trial_days is null or activate_solution.trial_days not between 1 and 90 then
    raise exception 'a trial has 1 to 90 days, not %', activate_solution.trial_days
      using errcode = 'HB422', hint = 'Without the argument it has the usual 15.';
  end if;
  select * into said from public.activate_solution(
    tenant, activate_solution.solution, activate_solution.plan, 'es',
    activate_solution.trial_days);
  if said.outcome not in ('activated', 'unchanged') then
    perform ops.refuse_change(tenant, activate_solution.solution, said.outcome, said.obstacles);
  end if;
  perform record_operator_act(
    'activate_solution', tenant, null, activate_solution.solution, activate_solution.reason);
  line := ops.solution_line(tenant, activate_solution.solution);
  perform ops.end_act(entered);
  return line;
end
$$;

comment on function ops.activate_solution(text, text, text, text, integer) is
  'Takes a solution into use, as the company''s administrator would: the first time begins its '
  'trial, of so many days. Such as: select ops.activate_solution(''901234567'', ''pos'', ''pyme'', '
  '''ticket 4711: asked for by telephone'');';

create function ops.deactivate_solution(company text, solution text, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(deactivate_solution.company);
  entered constant text := ops.begin_act(tenant);
  said record;
  line text;
begin
  select * into said from public.deactivate_solution(tenant, deactivate_solution.solution, 'es');
  if said.outcome not in ('deactivated', 'unchanged') then
    perform ops.refuse_change(tenant, deactivate_solution.solution, said.outcome, said.obstacles);
  end if;
  perform record_operator_act(
    'deactivate_solution', tenant, null, deactivate_solution.solution, deactivate_solution.reason);
  line := coalesce(
    ops.solution_line(tenant, deactivate_solution.solution),
    deactivate_solution.solution || ': never in use');
  perform ops.end_act(entered);
  return line;
end
$$;

comment on function ops.deactivate_solution(text, text, text) is
  'Switches a solution off, as the company''s administrator would; what people had in it waits.';

create function ops.change_plan(company text, solution text, plan text, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(change_plan.company);
  entered constant text := ops.begin_act(tenant);
  said record;
  line text;
begin
  select * into said from public.change_plan(tenant, change_plan.solution, change_plan.plan);
  if said.outcome not in ('changed', 'unchanged') then
    perform ops.refuse_change(tenant, change_plan.solution, said.outcome, said.obstacles);
  end if;
  perform record_operator_act(
    'change_plan', tenant, null, change_plan.solution, change_plan.reason);
  line := ops.solution_line(tenant, change_plan.solution);
  perform ops.end_act(entered);
  return line;
end
$$;

comment on function ops.change_plan(text, text, text, text) is
  'Takes a plan for a solution in use, which makes it ACTIVE. Such as: select '
  'ops.change_plan(''901234567'', ''pos'', ''pro'', ''ticket 4711: signed contract'');';

create function ops.extend_trial(company text, solution text, days integer, reason text)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(extend_trial.company);
  entered constant text := ops.begin_act(tenant);
  held company_solution;
  line text;
begin
  if extend_trial.days is null or extend_trial.days not between 1 and 90 then
    raise exception 'a trial is extended by 1 to 90 days, not %', extend_trial.days
      using errcode = 'HB422', hint = 'Beyond that it is a plan: ops.change_plan.';
  end if;
  perform hold_company(tenant);
  select s.* into held from company_solution s
  where s.tenant_id = tenant and s.solution = extend_trial.solution
  for no key update;
  if held.state is null or held.state = 'INACTIVE' then
    perform ops.refuse_change(tenant, extend_trial.solution, 'solution_not_found', '[]');
  elsif held.state = 'ACTIVE' then
    raise exception '% is no trial: a plan was taken', extend_trial.solution
      using errcode = 'HB409', hint = 'What is paid for needs no trial; see ops.solutions.';
  end if;
  update company_solution s
  set state = 'TRIAL',
      trial_ends_at = greatest(s.trial_ends_at, now()) + make_interval(days => extend_trial.days)
  where s.tenant_id = tenant and s.solution = extend_trial.solution;
  perform record_operator_act(
    'extend_trial', tenant, null, extend_trial.solution, extend_trial.reason);
  line := ops.solution_line(tenant, extend_trial.solution);
  perform ops.end_act(entered);
  return line;
end
$$;

comment on function ops.extend_trial(text, text, integer, text) is
  'Gives a trial so many days more, from its end or, where it is over, from now. Such as: select '
  'ops.extend_trial(''901234567'', ''pos'', 15, ''ticket 4711: they were on holiday'');';

create function ops.correct_company(company text, fields jsonb, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(correct_company.company);
  entered constant text := ops.begin_act(tenant);
  before bigint;
  after bigint;
  version text;
  unknown text;
  columns text;
  said text;
  wrong text;
begin
  select c.revision, c.country_version into before, version
  from company c where c.tenant_id = tenant for no key update;
  if jsonb_typeof(correct_company.fields) is distinct from 'object'
    or correct_company.fields = '{}'
  then
    raise exception 'the fields are an object, such as {"phone": "+576015550101"}'
      using errcode = 'HB422', hint = format(
        'The fields of the version %s: select path, required, labels ->> ''es'' from form_field '
        'where country_version = %1$L order by position;', version);
  end if;
  select string_agg(f.path, ', ') into unknown
  from jsonb_object_keys(correct_company.fields) as f (path)
  where not exists (
    select from form_field o where o.country_version = version and o.path = f.path);
  if unknown is not null then
    raise exception 'the version % has no field %', version, unknown
      using errcode = 'HB422', hint = format(
        'The fields: select path, required, labels ->> ''es'' from form_field where '
        'country_version = %L order by position;', version);
  end if;
  select string_agg(format('%I = given.%1$I', company_column(f.path)), ', ') into columns
  from jsonb_object_keys(correct_company.fields) as f (path);
  begin
    -- An empty text is none, as in the form.
    execute format(
      'update company c set %s from jsonb_populate_record(null::company, $1) as given '
      'where c.tenant_id = $2', columns)
    using (
      select jsonb_object_agg(company_column(f.path), nullif(btrim(f.value), ''))
      from jsonb_each_text(correct_company.fields) as f (path, value)), tenant;
  exception
    when check_violation or not_null_violation or foreign_key_violation
      or data_exception or invalid_text_representation or sqlstate 'HB422'
    then
      get stacked diagnostics said = message_text, wrong = column_name;
      raise exception '%', said
        using errcode = 'HB422', detail = coalesce(nullif(wrong, ''), ''), hint = format(
          'Nothing was changed. What each field takes: select * from form_field where '
          'country_version = %L order by position; of identifications: tax_id_type.', version);
  end;
  select c.revision into after from company c where c.tenant_id = tenant;
  perform record_operator_act('correct_company', tenant, null, null, correct_company.reason);
  perform ops.end_act(entered);
  return case
    when after = before then 'It stood so already; nothing was changed.'
    else format('Corrected; the company is at revision %s.', after) end;
end
$$;

comment on function ops.correct_company(text, jsonb, text) is
  'Corrects fields of a company''s form, by their paths; an empty one is emptied. The rules of its '
  'country version hold, and what is written counts as confirmed by somebody. Such as: select '
  'ops.correct_company(''901234567'', ''{"phone": "+576015550199", "address.city": "Cali"}'', '
  '''ticket 4711: letter of their administrator'');';

create function ops.revoke_api_token(company text, api_token_id uuid, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(revoke_api_token.company);
begin
  if public.revoke_api_token(tenant, revoke_api_token.api_token_id) <> 'revoked' then
    raise exception 'the company has no token %', revoke_api_token.api_token_id
      using errcode = 'HB404', hint = format(
        'Its tokens: select * from ops.api_tokens where company_id = %L;', tenant);
  end if;
  perform record_operator_act(
    'revoke_api_token', tenant, null, revoke_api_token.api_token_id::text,
    revoke_api_token.reason);
  return 'Revoked: nothing is done by it any more, and its webhooks are gone.';
end
$$;

comment on function ops.revoke_api_token(text, uuid, text) is
  'Ends a token of a company''s program for good, such as one that leaked. The company makes '
  'another one in the hub.';

create function ops.replay_webhook(
  company text, webhook_id uuid, since timestamptz, reason text, until timestamptz default null)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(replay_webhook.company);
  said record;
begin
  if replay_webhook.since is null or replay_webhook.since > now()
    or replay_webhook.until <= replay_webhook.since
  then
    raise exception 'the time to replay begins in the past, and ends behind its beginning'
      using errcode = 'HB422',
        hint = 'Such as: now() - interval ''2 hours'', or ''2026-11-26 08:00+00''.';
  end if;
  select * into said from public.replay_webhook(
    tenant, null, replay_webhook.webhook_id, replay_webhook.since, replay_webhook.until, 10000);
  if said.outcome <> 'replayed' then
    raise exception '%', case said.outcome
        when 'not_found' then format('the company has no webhook %s', webhook_id)
        when 'disabled' then 'the webhook is disabled'
        else format('%s events are too many at once', said.events) end
      using errcode = case said.outcome when 'not_found' then 'HB404' else 'HB409' end,
        hint = case said.outcome
          when 'not_found' then format(
            'Its webhooks: select * from ops.webhooks where company_id = %L;', tenant)
          when 'disabled' then 'The company enables it in the hub, once it takes messages again.'
          else 'Ask for a shorter time: at most 10000 events.' end;
  end if;
  perform record_operator_act(
    'replay_webhook', tenant, null, replay_webhook.webhook_id::text, replay_webhook.reason);
  return format('%s events are told once more, under the ids they had.', said.events);
end
$$;

comment on function ops.replay_webhook(text, uuid, timestamptz, text, timestamptz) is
  'Lets a webhook be told once more what happened in a time. Such as: select '
  'ops.replay_webhook(''901234567'', ''..'', now() - interval ''2 hours'', '
  '''ticket 4711: they were down'');';

-- For a person ------------------------------------------------------------------------------------

create function ops.unlock_login(person text, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  account constant uuid := ops.person_id(unlock_login.person);
  forgotten integer;
begin
  -- First: whoever deletes an account holds it before what hangs on it.
  perform record_operator_act('unlock_login', null, account, null, unlock_login.reason);
  forgotten := unlock_account(account);
  return case forgotten
    when 0 then 'No guesses were counted: that is not what keeps them out.'
    else 'Unlocked: they may sign in now.' end;
end
$$;

comment on function ops.unlock_login(text, text) is
  'Lets a person sign in who was kept out by too many guesses at password or second factor, their '
  'own or strangers''. Changes neither. Such as: select ops.unlock_login(''ana@ejemplar.example'', '
  '''ticket 4711: called back at the number we know'');';

create function ops.revoke_sessions(person text, reason text, session_id uuid default null)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  account constant uuid := ops.person_id(revoke_sessions.person);
  ended integer;
begin
  perform record_operator_act(
    'revoke_sessions', null, account, revoke_sessions.session_id::text, revoke_sessions.reason);
  if revoke_sessions.session_id is null then
    -- All but none.
    ended := revoke_other_sessions('00000000-0000-0000-0000-000000000000', account);
  elsif revoke_session(account, revoke_sessions.session_id) then
    ended := 1;
  else
    raise exception 'they have no open session %', revoke_sessions.session_id
      using errcode = 'HB404', hint = format(
        'Theirs: select * from ops.sessions where account_id = %L and is_open;', account);
  end if;
  return format('%s sessions are over, at once.', ended);
end
$$;

comment on function ops.revoke_sessions(text, text, uuid) is
  'Ends all open sessions of a person, or the one given: access tokens, streams, refresh tokens. '
  'Such as: select ops.revoke_sessions(''ana@ejemplar.example'', ''ticket 4711: lost telephone'');';

create function ops.begin_second_factor_recovery(person text, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  account constant uuid := ops.person_id(begin_second_factor_recovery.person);
  said text;
begin
  perform record_operator_act(
    'begin_second_factor_recovery', null, account, null, begin_second_factor_recovery.reason);
  said := public.begin_second_factor_recovery(ops.person_address(account));
  if said not like 'begun%' then
    raise exception '%', said
      using errcode = 'HB409', hint = format(
        'See has_second_factor in ops.people, and what was begun: select * from ops.account_events '
        'where account_id = %L order by at desc;', account);
  end if;
  return 'Begun, and told by mail: ops.finish_second_factor_recovery may follow in 72 hours.';
end
$$;

comment on function ops.begin_second_factor_recovery(text, text) is
  'Begins to take away the second factor of a person who has lost it and the recovery codes. They '
  'are told by mail, and any sign-in with the factor puts an end to it. First be sure who asks.';

create function ops.finish_second_factor_recovery(person text, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  account constant uuid := ops.person_id(finish_second_factor_recovery.person);
  said text;
begin
  perform record_operator_act(
    'finish_second_factor_recovery', null, account, null, finish_second_factor_recovery.reason);
  said := public.finish_second_factor_recovery(ops.person_address(account));
  if said not like 'done%' then
    raise exception '%', said
      using errcode = 'HB409',
        hint = 'It is begun by ops.begin_second_factor_recovery, and takes 72 hours.';
  end if;
  return 'Done: the password alone signs in now.';
end
$$;

comment on function ops.finish_second_factor_recovery(text, text) is
  'Takes away a second factor that was lost, 72 hours after ops.begin_second_factor_recovery.';

create function ops.resend_mail(mail_id uuid, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  said record;
begin
  select * into said from public.resend_mail(resend_mail.mail_id);
  if said.outcome <> 'resent' then
    raise exception '%', case said.outcome
        when 'not_found' then format('there is no mail %s', resend_mail.mail_id)
        when 'waiting' then 'the mail is still to be sent'
        else 'the link that the mail carries can be used no longer' end
      using errcode = case said.outcome when 'not_found' then 'HB404' else 'HB409' end,
        hint = case said.outcome
          when 'not_found' then 'The mails there are: select * from ops.outbox;'
          when 'waiting' then
            'See next_attempt_at in ops.outbox; `mi-alegra doctor` says whether the mail server '
            'answers.'
          else 'They ask for it again where they asked before, and get another mail.' end;
  end if;
  perform record_operator_act(
    'resend_mail', said.tenant, said.account, said.resent::text, resend_mail.reason);
  return format('On its way, as the mail %s.', said.resent);
end
$$;

comment on function ops.resend_mail(uuid, text) is
  'Sends a mail again that was given up, or a copy of one that was sent and did not arrive. Such '
  'as: select ops.resend_mail(''..'', ''ticket 4711: their mailbox was full'');';

create function ops.mark_key(key_name text, reason text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  held bigint;
begin
  select sum(k.secrets) into held from sealing_keys_in_use() k
  where k.key_name = mark_key.key_name;
  if held is null then
    raise exception 'nothing is sealed under a key %', coalesce(mark_key.key_name, '(null)')
      using errcode = 'HB404', hint = 'The keys in use: select * from ops.sealing_keys;';
  end if;
  perform record_operator_act('mark_key', null, null, mark_key.key_name, mark_key.reason);
  return format(
    '%s secrets wait: put a new key first in SEALING_KEYS, restart the servers, and run '
    '`mi-alegra keys reseal`.', held);
end
$$;

comment on function ops.mark_key(text, text) is
  'Marks a key that seals secrets at rest as one to be rotated, for whoever has the keys: the '
  'database has none. ops.sealing_keys shows the mark, and how much is still sealed under it.';

grant execute on function
  ops.activate_solution(text, text, text, text, integer),
  ops.deactivate_solution(text, text, text),
  ops.change_plan(text, text, text, text),
  ops.extend_trial(text, text, integer, text),
  ops.correct_company(text, jsonb, text),
  ops.revoke_api_token(text, uuid, text),
  ops.replay_webhook(text, uuid, timestamptz, text, timestamptz),
  ops.unlock_login(text, text),
  ops.revoke_sessions(text, text, uuid),
  ops.begin_second_factor_recovery(text, text),
  ops.finish_second_factor_recovery(text, text),
  ops.resend_mail(uuid, text),
  ops.mark_key(text, text)
  to hub_ops;

reset role;
set local role hub_owner;
revoke create on schema ops from hub_ops_reader, hub_ops_actor;
reset role;
