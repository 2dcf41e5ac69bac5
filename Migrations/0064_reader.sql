-- Who reads. What comes out: functions by which what is read may depend on a person where there is
-- one, and on the request of a partner's program where there is none.

set local row_security = on;

set local role hub_owner;

create function reader_account() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.account_id', true), '')::uuid $$;

comment on function reader_account() is
  'The account of whoever reads; null: no person, but a partner''s program.';

create function reader_token() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.token_id', true), '')::uuid $$;

comment on function reader_token() is
  'The API token that reads; null: a person does.';

create function reader_language() returns text
language sql stable
as $$
  select coalesce(
    (select a.language from account a where a.id = (select reader_account())),
    nullif(current_setting('app.language', true), ''), 'es')
$$;

comment on function reader_language() is
  'The language of whoever reads: the person''s, or for a partner''s program the one that its '
  'request asked for (app.language).';

grant execute on function reader_account(), reader_token(), reader_language() to hub_app;

reset role;
