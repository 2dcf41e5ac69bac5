-- What the tests of this folder say things with. Included by each; lives as long as its connection.

\set ON_ERROR_STOP on
set client_min_messages = warning;

create or replace function pg_temp.expect(what text, actual anyelement, expected anyelement)
returns void language plpgsql as $$
begin
  if actual is distinct from expected then
    raise exception '%: expected %, got %', what, expected, actual;
  end if;
end
$$;

-- The statement must be refused with this SQLSTATE; what it did is undone.
create or replace function pg_temp.expect_refusal(statement text, expected text)
returns void language plpgsql as $$
begin
  execute statement;
  raise exception using errcode = 'HB999', message = 'was not refused: ' || statement;
exception
  when sqlstate 'HB999' then
    raise;
  when others then
    if sqlstate <> expected then
      raise exception '%: expected %, got % (%)', statement, expected, sqlstate, sqlerrm;
    end if;
end
$$;

grant execute on all functions in schema pg_temp to public;
