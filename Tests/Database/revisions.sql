-- Concurrent edits: which column changed at which revision; what did not change is not counted.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql
update company set phone = '+576015550101'
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select revision as before, updated_at as before_at from company
where tenant_id = '00000000-0000-4000-8000-0000000000c1' \gset

update company set legal_name = legal_name, phone = '+576015550101', created_at = '2001-01-01'
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('an update that changes nothing leaves no trace',
  (revision, updated_at, created_at > '2002-01-01'),
  (:before::bigint, :'before_at'::timestamptz, true))
from company where tenant_id = '00000000-0000-4000-8000-0000000000c1';

update company set phone = null, website = 'https://otra.example/'
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
update company set website = null
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('each change counts up by one', revision, :before + 2::bigint)
from company where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('the revision stands beside each column that changed',
  ((field_revisions->>'phone')::bigint, (field_revisions->>'website')::bigint,
    field_revisions ? 'revision', field_revisions ? 'updated_at'),
  (:before + 1::bigint, :before + 2::bigint, false, false))
from company where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('what changed after a revision is told',
  (fields_changed_after(field_revisions, :before),
    fields_changed_after(field_revisions, :before + 1),
    fields_changed_after(field_revisions, :before + 2)),
  ('{phone,website}'::text[], '{website}'::text[], '{}'::text[]))
from company where tenant_id = '00000000-0000-4000-8000-0000000000c1';

update company set revision = 1000, field_revisions = '{}'
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('nobody sets a revision by hand', revision, :before + 2::bigint)
from company where tenant_id = '00000000-0000-4000-8000-0000000000c1';

-- A person's revision counts what the person edits, not what a sign-in writes.
select revision as before from account where email_key = 'ana@ejemplar.example' \gset
update account
set last_tenant_id = '00000000-0000-4000-8000-0000000000c1', password_hash = password_hash || '0'
where email_key = 'ana@ejemplar.example';
select pg_temp.expect('a sign-in is no edit', revision, :before::bigint)
from account where email_key = 'ana@ejemplar.example';
update account set language = 'pt' where email_key = 'ana@ejemplar.example';
select pg_temp.expect('an edit is one', (revision, field_revisions),
  (:before + 1::bigint, jsonb_build_object('language', :before + 1)))
from account where email_key = 'ana@ejemplar.example';

-- Each side of a membership sees the other's present names.
update account set display_name = '', email = 'Ana.Gomez@Ejemplar.example'
where email_key = 'ana@ejemplar.example';
update company set trade_name = null
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('a membership carries the names of both',
  (company_name, display_name, email),
  ('Ejemplar S.A.S.'::text, 'Ana Gómez'::text, 'Ana.Gomez@Ejemplar.example'::text))
from membership
where tenant_id = '00000000-0000-4000-8000-0000000000c1'
  and account_id = '00000000-0000-4000-8000-0000000000a1';
delete from company_solution where tenant_id = '00000000-0000-4000-8000-0000000000c1';
update company set kind_of_person = null, regime = null, identification_type = null,
  identification_number = null, identification_check_digit = null, address_region = null,
  address_postal_code = null, country_version = 'INTL'
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('a membership follows its company to another country version',
  array_agg(country_version), array['INTL', 'INTL'])
from membership where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('and only its own', count(*), 1::bigint)
from membership where display_name = 'Ana Gómez';
rollback;
