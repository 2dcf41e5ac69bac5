-- A check digit that is a weighted sum is data of the catalogue, so that a country whose tax number
-- has one comes without a change of the server. What comes out: `weights:..` beside the names of
-- rules in tax_id_type.check_algorithm.

set local row_security = on;

set local role hub_owner;

-- It takes more than before, and the catalogue has a few dozen rows.
-- squawk-ignore ban-drop-constraint
alter table tax_id_type drop constraint tax_id_type_check_algorithm_check;

-- squawk-ignore constraint-missing-not-valid
alter table tax_id_type add constraint tax_id_type_check_algorithm_check check (
  check_algorithm in ('nit', 'rfc', 'rnc', 'ruc_pe', 'cuit', 'rut', 'nif', 'cif')
  or check_algorithm ~ '^weights:[0-9]{1,2}(,[0-9]{1,2}){0,19}:[0-9A-Z-]{2,36}$');

comment on column tax_id_type.check_algorithm is
  'The rule beyond the pattern, which the server knows by name: the check digit, or for rfc the '
  'length by kind of person; null where there is none. Or the rule itself, such as '
  'weights:4,3,2,9,8,7,6,5,4,3,2:0-987654321: the weights of the digits, of a shorter number those '
  'on the right; and what ends the number for each remainder, from 0 on, of their sum by as many '
  'as there are characters; a hyphen where a remainder is never given out.';

-- Whoever calls it by its name goes on: the name is given anew below.
-- squawk-ignore renaming-object
alter function tax_check_characters(text, text) rename to named_check_characters;

create function weighted_check_characters(rule text, body text) returns text
language sql immutable strict parallel safe
set search_path = pg_catalog, public, pg_temp
as $$
  select case when body ~ '^[0-9]+$' and length(body) <= cardinality(weights) then translate(
    substr(
      characters,
      weighted_digits(lpad(body, cardinality(weights), '0'), weights) % length(characters) + 1, 1),
    '-', '') end
  from (select string_to_array(split_part(rule, ':', 2), ',')::integer[], split_part(rule, ':', 3))
    as read (weights, characters)
$$;

comment on function weighted_check_characters(text, text) is
  'As tax_check_characters, by a rule that is data: weights:..';

create function tax_check_characters(algorithm text, body text) returns text
language sql immutable strict parallel safe
set search_path = pg_catalog, public, pg_temp
as $$
  select case when algorithm like 'weights:%' then weighted_check_characters(algorithm, body)
    else named_check_characters(algorithm, body) end
$$;

comment on function tax_check_characters(text, text) is
  'The characters that may end a tax number with this body, by the algorithm of its kind; empty '
  'where none fits, null where the body has not the form that the rule speaks of, or the rule '
  'knows no check digit.';

comment on function named_check_characters(text, text) is
  'As tax_check_characters, by a rule that has a name.';

grant execute on function
  tax_check_characters(text, text), weighted_check_characters(text, text) to hub_app, hub_auth;

reset role;
