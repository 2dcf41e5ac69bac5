-- What is there for whoever asks. What comes out: what each column of the views means, and
-- ops.help(), which reads the comments of the schema ops and shows each operator what they may use.

set local row_security = on;

-- The columns -------------------------------------------------------------------------------------

set local role hub_ops_reader;

do $columns$
declare
  said record;
begin
  for said in
    select * from (values
      ('companies', 'name', 'What it is called: the trade name, or else the registered one.'),
      ('companies', 'legal_name', 'The registered name.'),
      ('companies', 'identification_type', 'The kind of its tax identification, such as NIT.'),
      ('companies', 'identification_number', 'The number of it.'),
      ('companies', 'identification_check_digit', 'Its check digit, where it is a field.'),
      ('companies', 'kind_of_person', 'LEGAL_ENTITY or PERSON_ENTITY.'),
      ('companies', 'email', 'The address for correspondence.'),
      ('companies', 'phone', 'The telephone in E.164.'),
      ('companies', 'created_at', 'When it signed up.'),
      ('companies', 'people', 'How many belong to it.'),
      ('companies', 'solutions', 'The solutions in use, each with plan and status.'),
      ('companies', 'last_event_at', 'When something of it last changed.'),
      ('people', 'pending_email', 'A new address that waits to be confirmed.'),
      ('people', 'phone', 'The telephone in E.164.'),
      ('people', 'country', 'The country they signed up in.'),
      ('people', 'language', 'The language the hub speaks with them.'),
      ('people', 'has_password', 'Whether they can sign in with a password.'),
      ('people', 'password_changed_at', 'When they last chose one.'),
      ('people', 'has_google', 'Whether they can sign in with Google.'),
      ('people', 'has_second_factor', 'Whether a second factor is asked for.'),
      ('people', 'companies', 'Their companies, and their role in each.'),
      ('people', 'open_sessions', 'In how many places they are signed in.'),
      ('people', 'last_seen_at', 'When they were last seen.'),
      ('people', 'guesses_until',
        'Until when guesses at the password or the second factor are counted; null: none is. They '
        'may be kept out until then: ops.unlock_login.'),
      ('people', 'created_at', 'When they signed up.'),
      ('memberships', 'role', 'The role in the company.'),
      ('memberships', 'solution_roles', 'The roles in single solutions, where they differ.'),
      ('memberships', 'joined_at', 'Since when.'),
      ('invitations', 'invitation_id', 'The invitation.'),
      ('invitations', 'email', 'Who is invited.'),
      ('invitations', 'role', 'The role that they get.'),
      ('invitations', 'status', 'PENDING, ACCEPTED, REVOKED or EXPIRED.'),
      ('invitations', 'invited_at', 'When they were last asked.'),
      ('invitations', 'invited_by_name', 'Who asked.'),
      ('invitations', 'expires_at', 'Until when it can be accepted.'),
      ('solutions', 'solution', 'The code of the solution.'),
      ('solutions', 'plan', 'The plan it is, or was last, had on.'),
      ('solutions', 'status', 'TRIAL, ACTIVE, READ_ONLY, or AVAILABLE where it is switched off.'),
      ('solutions', 'trial_ends_at', 'When its trial ends or ended.'),
      ('solutions', 'activated_at', 'When it was last activated.'),
      ('solutions', 'deactivated_at', 'When it was switched off.'),
      ('integrations', 'integration', 'The code of the integration.'),
      ('integrations', 'status', 'CONNECTED, ERROR, or RETIRED: no longer offered there.'),
      ('integrations', 'failure', 'Why the credentials were refused, a code.'),
      ('integrations', 'checked_at', 'When they were last tried.'),
      ('integrations', 'connected_at', 'When it was connected.'),
      ('integrations', 'connected_by_name', 'Who connected it.'),
      ('offers', 'kind', 'solution, plan or integration.'),
      ('offers', 'code', 'The code, such as pos or pyme.'),
      ('offers', 'name', 'What it is called there.'),
      ('api_tokens', 'api_token_id', 'The token.'),
      ('api_tokens', 'name', 'What people call it.'),
      ('api_tokens', 'status', 'ACTIVE, EXPIRED or REVOKED.'),
      ('api_tokens', 'scopes', 'What it opens.'),
      ('api_tokens', 'integration', 'The integration that it was made for; null: a person asked.'),
      ('api_tokens', 'created_at', 'When it was made.'),
      ('api_tokens', 'rotated_at', 'When it was last rotated.'),
      ('api_tokens', 'expires_at', 'When it ends.'),
      ('api_tokens', 'last_used_at', 'When it was last used, to within minutes.'),
      ('sessions', 'session_id', 'The session.'),
      ('sessions', 'device', 'The browser and system, as far as they told.'),
      ('sessions', 'address_range', 'The network that they signed in from.'),
      ('sessions', 'created_at', 'When they signed in.'),
      ('sessions', 'last_seen_at', 'When it was last used.'),
      ('sessions', 'ends_at', 'When it ends unless it is used before.'),
      ('sessions', 'revoked_at', 'When somebody ended it.'),
      ('sessions', 'is_open', 'Whether it lives.'),
      ('account_events', 'type', 'What happened, such as password.changed.'),
      ('account_events', 'details', 'What changed, without secrets.'),
      ('outbox', 'mail_id', 'The mail.'),
      ('outbox', 'kind', 'What it tells; the name of its template.'),
      ('outbox', 'address', 'Where it goes.'),
      ('outbox', 'status', 'WAITING, SENT or GIVEN_UP.'),
      ('outbox', 'created_at', 'When it was asked for.'),
      ('outbox', 'attempts', 'How often sending was begun.'),
      ('outbox', 'next_attempt_at', 'When it may be tried next.'),
      ('outbox', 'ended_at', 'When it was sent or given up.'),
      ('outbox', 'failure', 'What the last attempt failed of.'),
      ('outbox', 'link', 'Of the link it carries: OPEN, USED, VOID or EXPIRED; null: it has none.'),
      ('webhooks', 'name', 'What people call it.'),
      ('webhooks', 'url', 'Whom it tells.'),
      ('webhooks', 'event_types', 'Of which events; null: of all.'),
      ('webhooks', 'status', 'GOOD, FAILING, or DISABLED and for what.'),
      ('webhooks', 'status_since', 'Since when it fails or is disabled.'),
      ('webhooks', 'created_at', 'When it was made.'),
      ('webhook_deliveries', 'delivery_id', 'The delivery.'),
      ('webhook_deliveries', 'sequence', 'The event of the log; null: a test.'),
      ('webhook_deliveries', 'message_id', 'What the other side knows it by (webhook-id).'),
      ('webhook_deliveries', 'type', 'The type of the event.'),
      ('webhook_deliveries', 'status', 'PENDING, DELIVERED, or FAILED: given up.'),
      ('webhook_deliveries', 'attempts', 'How often it was sent.'),
      ('webhook_deliveries', 'created_at', 'When it was asked for.'),
      ('webhook_deliveries', 'due_at', 'When it is sent at the earliest.'),
      ('webhook_deliveries', 'attempted_at', 'When the last attempt ended.'),
      ('webhook_deliveries', 'ended_at', 'When it was delivered or given up.'),
      ('webhook_deliveries', 'response_status', 'What was answered to the last attempt.'),
      ('webhook_deliveries', 'failure', 'Why the last attempt failed, a word.'),
      ('webhook_deliveries', 'milliseconds', 'How long the last attempt took.'),
      ('dead_letters', 'kind', 'mail or webhook.'),
      ('dead_letters', 'id', 'The mail, or the delivery.'),
      ('dead_letters', 'about', 'The kind of mail, or the type of the event.'),
      ('dead_letters', 'target', 'The address that was not reached.'),
      ('dead_letters', 'since', 'When it was given up.'),
      ('dead_letters', 'attempts', 'How often it was tried.'),
      ('dead_letters', 'failure', 'What the last attempt failed of.'),
      ('event_lag', 'url', 'Whom it tells.'),
      ('event_lag', 'log_end', 'The number of the last event of the company.'),
      ('event_lag', 'position', 'The last event that was looked at for the webhook.'),
      ('event_lag', 'events_behind', 'How many lie between.'),
      ('event_lag', 'behind_since', 'Since when the first of them waits.'),
      ('event_lag', 'deliveries_pending', 'How much was looked at and is still to be delivered.'),
      ('event_lag', 'oldest_pending_at', 'Since when the oldest of that waits.'),
      ('events', 'sequence', 'Its number in the company''s log.'),
      ('events', 'type', 'What happened, such as company.updated.'),
      ('events', 'subject', 'What it happened to within the company.'),
      ('events', 'actor_name', 'What that person was called then.'),
      ('events', 'origin', 'What the client that made the change calls itself.'),
      ('events', 'changes', 'The fields that changed; null once retention took them.'),
      ('acts', 'act_id', 'The order in which they were done.'),
      ('acts', 'operator', 'Who: the role that the connection was opened by.'),
      ('acts', 'act', 'The function of the schema ops.'),
      ('acts', 'subject', 'What it was done to.'),
      ('acts', 'reason', 'Why.'),
      ('deleted_companies', 'legal_name', 'Its registered name.'),
      ('deleted_companies', 'identification_number', 'The number of its tax identification.'),
      ('deleted_companies', 'deleted_at', 'When it was deleted.'),
      ('deleted_companies', 'deleted_by', 'Who did it: the role of the connection.'),
      ('deleted_companies', 'reason', 'Why.'),
      ('deleted_companies', 'keep_until', 'From when on this may be deleted too.'),
      ('deleted_companies', 'row_counts', 'How many rows of each table went.'),
      ('deleted_companies', 'was_exported', 'Whether an export was written by the same deletion.'),
      ('sealing_keys', 'place', 'The table and column of the secrets.'),
      ('sealing_keys', 'key_name', 'The key''s name; null: no envelope.'),
      ('sealing_keys', 'secrets', 'How many are sealed under it.'),
      ('sealing_keys', 'marked_at', 'When it was marked for rotation (ops.mark_key).'),
      ('sealing_keys', 'marked_by', 'Who marked it.'),
      ('sealing_keys', 'reason', 'Why.'),
      ('overview', 'name', 'What is counted.'),
      ('overview', 'value', 'How many.'),
      ('overview', 'since', 'Of which the oldest is from.'),
      ('overview', 'look_at', 'The view that shows each.'),
      ('slow_statements', 'calls', 'How often it was run.'),
      ('slow_statements', 'total_seconds', 'How long it took altogether.'),
      ('slow_statements', 'mean_milliseconds', 'How long it takes on average.'),
      ('slow_statements', 'max_milliseconds', 'How long it took at most.'),
      ('slow_statements', 'rows', 'How many rows it gave or changed altogether.'),
      ('slow_statements', 'cache_hit_percent', 'How much of what it read was in memory.'),
      ('slow_statements', 'role', 'Whose statement it is.'),
      ('slow_statements', 'statement', 'Its text, with $1 in the place of each value.'),
      ('tables', 'live_rows', 'How many rows it has, about.'),
      ('tables', 'dead_rows', 'How many rows wait to be vacuumed, about.'),
      ('tables', 'dead_percent', 'How much of it that is.'),
      ('tables', 'table_bytes', 'Its size without indexes.'),
      ('tables', 'index_bytes', 'The size of its indexes.'),
      ('tables', 'sequential_scans', 'How often it was read whole.'),
      ('tables', 'index_scans', 'How often by an index.'),
      ('tables', 'vacuumed_at', 'When it was last vacuumed.'),
      ('tables', 'analyzed_at', 'When it was last analyzed.'),
      ('tables', 'transactions_unfrozen', 'The age of its oldest transaction id.'),
      ('indexes', 'index_name', 'The index.'),
      ('indexes', 'bytes', 'Its size.'),
      ('indexes', 'scans', 'How often it was used since statistics were reset.'),
      ('indexes', 'is_unique', 'Whether it keeps rows apart, and so is needed in any case.'),
      ('indexes', 'is_valid', 'Whether it can be used.'),
      ('report_companies', 'kind_of_person', 'LEGAL_ENTITY or PERSON_ENTITY; null: not said yet.'),
      ('report_people', 'country', 'The country they signed up in.'),
      ('report_people', 'people', 'How many.'),
      ('report_people', 'with_second_factor', 'How many of them have a second factor.'),
      ('report_people', 'with_google', 'How many of them sign in with Google.'),
      ('report_people', 'seen_within_30_days', 'How many of them were here within 30 days.'),
      ('report_solutions', 'solution', 'The solution.'),
      ('report_solutions', 'plan', 'The plan.'),
      ('report_solutions', 'status', 'TRIAL, ACTIVE, READ_ONLY or AVAILABLE (switched off).'),
      ('report_integrations', 'integration', 'The integration.'),
      ('report_integrations', 'status', 'CONNECTED or ERROR.'),
      ('report_events', 'events', 'How many.'),
      ('report_events', 'actor_kind', 'ACCOUNT, TOKEN, SERVICE, OPERATOR or JOB.'),
      ('report_mails', 'kind', 'What they tell; the name of their template.'),
      ('report_mails', 'status', 'WAITING, SENT or GIVEN_UP.'),
      ('report_mails', 'mails', 'How many.'),
      ('report_mails', 'mean_seconds', 'How long they waited until they were sent, on average.'),
      ('report_webhooks', 'status', 'PENDING, DELIVERED or FAILED.'),
      ('report_webhooks', 'deliveries', 'How many.'),
      ('report_webhooks', 'mean_attempts', 'How often each was sent, on average.'),
      ('report_webhooks', 'mean_milliseconds', 'How long the last attempt took, on average.'),
      -- What several of them have, and means the same in each.
      ('*', 'company_id', 'The company; null: none.'),
      ('*', 'company_name', 'What it is called: the trade name, or else the registered one.'),
      ('*', 'country_version', 'The country version.'),
      ('*', 'account_id', 'The person; null: nobody.'),
      ('*', 'webhook_id', 'The webhook.'),
      ('*', 'email', 'The address they sign in with.'),
      ('*', 'name', 'What they are called.'),
      ('*', 'at', 'When.'),
      ('*', 'actor_kind', 'ACCOUNT, TOKEN, SERVICE, OPERATOR or JOB.'),
      ('*', 'actor_id', 'Who: an id, a solution, a job, or an operator''s role.'),
      ('*', 'table_name', 'The table.'),
      ('*', 'advice', 'What to do; null: nothing.'),
      ('*', 'signed_up_month', 'The first day of the month.'),
      ('*', 'companies', 'How many companies.'),
      ('*', 'language', 'The language the hub speaks with them.'),
      ('*', 'day', 'The day, by UTC.'),
      ('*', 'type', 'The type of the event.')
    ) as given (view_name, column_name, says)
  loop
    for said.view_name in
      select c.relname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = said.column_name
      where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v'
        and (c.relname = said.view_name
          or said.view_name = '*' and col_description(c.oid, a.attnum) is null)
    loop
      execute format(
        'comment on column ops.%I.%I is %L', said.view_name, said.column_name, said.says);
    end loop;
  end loop;
end
$columns$;

reset role;

-- The help ----------------------------------------------------------------------------------------

set local role hub_owner;

create function ops.help(about text default null)
returns table (name text, kind text, says text)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  with thing as (
    select c.relname::text as short, 'view' as kind, 'ops.' || c.relname as shown,
      obj_description(c.oid, 'pg_class') as says, c.oid as relation
    from pg_class c
    where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v'
      and has_table_privilege(c.oid, 'select')
    union all
    select p.proname::text, 'function',
      format('ops.%s(%s)', p.proname, pg_get_function_arguments(p.oid)),
      obj_description(p.oid, 'pg_proc'), null::oid
    from pg_proc p
    where p.pronamespace = 'ops'::regnamespace and has_function_privilege(p.oid, 'execute')
      -- What a view is made of is not called by anybody.
      and p.proname !~ '^read_'),
  word as (select lower(regexp_replace(btrim(help.about), '^ops\.|\(.*$', '', 'g')) as given)
  select l.shown, l.kind, l.says
  from (
    select 0 as place, t.shown, t.kind, t.says, t.short
    from thing t, word w
    where w.given is null or w.given = t.short
      or not exists (select from thing o where o.short = w.given)
        and strpos(lower(t.shown || ' ' || t.says), w.given) > 0
    union all
    select a.attnum, '  ' || a.attname, format_type(a.atttypid, null),
      col_description(a.attrelid, a.attnum), t.short
    from thing t
    join word w on w.given = t.short
    join pg_attribute a on a.attrelid = t.relation and a.attnum > 0 and not a.attisdropped
  ) as l
  order by (l.kind = 'function') and l.place = 0 desc, l.short, l.place
$$;

comment on function ops.help(text) is
  'What there is for you: select * from ops.help(); of one thing, with its columns: '
  'ops.help(''companies''); by a word: ops.help(''trial'').';

grant execute on function ops.help(text) to hub_ops_read, hub_report;

reset role;
