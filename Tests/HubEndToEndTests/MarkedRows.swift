// A row in each table for a company, where the demo has none.

extension MarkedCompany {
  /// SQL that an operator runs; not every company of the demo has a row everywhere.
  var rowsEverywhere: String {
    """
    insert into account_google (account_id, subject, email, linked_at)
    values ('\(person.account)', '\(tag)', 'mark@marker.example',
      '2026-02-03 12:30:00+00')
    on conflict do nothing;
    insert into refresh_token (hash, session_id)
    values (sha256('\(tag)'), '\(person.session)');
    insert into one_time_link (purpose, account_id, address, expires_at)
    values ('reset_password', '\(person.account)', 'mark@marker.example', now());
    insert into solution_role (tenant_id, account_id, solution, role)
    select tenant_id, '\(person.account)', min(solution), 'accountant'
    from company_solution where tenant_id = '\(person.tenant)' group by tenant_id;
    insert into invitation (
      tenant_id, email, role, solution_roles, invited_by, invited_by_name, invited_at,
      expires_at)
    values (
      '\(person.tenant)', 'mark@marker.example', 'accountant', '{"pos": "accountant"}',
      '\(person.account)', 'Mark', '2026-02-03 12:30:00+00', '2100-01-01');
    insert into google_flow (hash, intent, account_id, session_id, expires_at)
    values (sha256('\(tag)'), 'LINK', '\(person.account)',
      '\(person.session)', now());
    insert into mail (kind, account_id, address, name, language)
    values ('marked', '\(person.account)', 'mark@marker.example', 'Mark', 'es');
    insert into second_factor (account_id, sealed_secret)
    values ('\(person.account)', sha256('\(tag)'));
    insert into recovery_code (account_id, hash)
    values ('\(person.account)', sha256('\(tag)'));
    insert into sign_in_challenge (account_id, hash)
    values ('\(person.account)', sha256('\(tag)'));
    insert into company_claim (tenant_id, field, source, reported_at, value)
    values ('\(person.tenant)', 'tradeName', 'accounting', '2026-02-03 12:30:00+00',
      to_jsonb('\(tag)-claim'::text))
    on conflict do nothing;
    insert into api_token (
      tenant_id, name, scopes, hash, previous_hash, previous_until, created_by, rotated_at,
      expires_at, revoked_at, last_used_at)
    values ('\(person.tenant)', 'Mark', '{people:read}', sha256('\(tag)'),
      sha256('\(tag)'), '2100-01-01', '\(person.account)', now(),
      '2100-01-01', now(), now());
    insert into launch_code (
      tenant_id, hash, account_id, session_id, solution, expires_at)
    select tenant_id, sha256('\(tag)'), '\(person.account)',
      '\(person.session)', min(solution), now() + interval '1 hour'
    from company_solution where tenant_id = '\(person.tenant)' group by tenant_id;
    insert into company_logo (tenant_id, name, digest, bytes)
    values ('\(person.tenant)', md5('\(tag)') || '.png',
      sha256('\(tag)'), '\(tag)')
    on conflict do nothing;
    insert into photo (account_id, name, digest, bytes)
    values ('\(person.account)', md5('\(tag)') || '.png',
      sha256('\(tag)'), '\(tag)')
    on conflict do nothing;
    insert into account_event (account_id, type, actor_kind, actor_id)
    values ('\(person.account)', 'marked.marked', 'JOB', 'mark');
    insert into operator_act (operator, act, about_tenant_id, about_account_id, subject, reason)
    values ('mark', 'mark', '\(person.tenant)', '\(person.account)', 'mark', 'marked');
    insert into audit_signature (tenant_id, sequence, hash, signed_at, key_name, signature)
    select tenant_id, sequence, hash, now(), 'mark', hash from event_head
    where tenant_id = '\(person.tenant)'
    on conflict do nothing;
    insert into webhook (
      tenant_id, url, name, sealed_secret, sealed_previous_secret, previous_until, created_by,
      event_types, failing_since, disabled_at, disabled_for, api_token)
    select tenant_id, 'https://marker.example/', 'Mark', sha256('\(tag)'), sha256('\(tag)'),
      '2100-01-01', '\(person.account)', '{company.updated}', now(), now(), 'REQUESTED', id
    from api_token
    where tenant_id = '\(person.tenant)' and hash = sha256('\(tag)');
    insert into webhook_delivery (
      tenant_id, webhook_id, message_id, type, attempts, claimed_until, attempted_at,
      response_status, failure, milliseconds)
    select tenant_id, id, 'evt_mark', 'webhook.test', 1, now(), now(), 599, 'MARK', 41 from webhook
    where tenant_id = '\(person.tenant)';
    insert into kept_answer (tenant_id, actor, key_digest, field, body_digest, sealed_answer)
    values ('\(person.tenant)', '\(person.account)', sha256('\(tag)'), 'mark', sha256('\(tag)'),
      sha256('\(tag)'))
    on conflict do nothing
    """
  }
}
