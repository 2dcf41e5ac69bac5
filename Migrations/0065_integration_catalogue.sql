-- The catalogue of integrations as data: for whom each is, in what form its credentials come, which
-- settings a connection has, and by what request the maker says that credentials are good. What
-- comes out: tables that the server keeps in memory with the other catalogues. A gateway is added,
-- moved or mended by rows of these, without code.

set local row_security = on;

set local role hub_owner;

-- The tabs ----------------------------------------------------------------------------------------

create table integration_filter (
  position smallint primary key,
  category text unique check (category in ('ONLINE_PAYMENTS', 'ZAPIER')),
  labels texts not null
);

comment on table integration_filter is
  'The ways in which a person can choose which integrations to see.';
comment on column integration_filter.position is 'The order in which they stand.';
comment on column integration_filter.category is 'What it leaves; null: all of them.';
comment on column integration_filter.labels is 'What it is called.';

insert into integration_filter (position, category, labels) values
  (1, null, '{
    "es": "Todas las integraciones", "en": "All integrations", "pt": "Todas as integrações"}'),
  (2, 'ONLINE_PAYMENTS', '{
    "es": "Pagos en línea", "en": "Online payments", "pt": "Pagamentos online"}'),
  (3, 'ZAPIER', '{"es": "Zapier", "en": "Zapier", "pt": "Zapier"}');

-- For whom ----------------------------------------------------------------------------------------

create table integration_plan (
  integration text not null references integration on delete cascade,
  plan text not null references plan,
  primary key (integration, plan)
);

comment on table integration_plan is
  'The plans that an integration is offered with: it asks for a solution in use on one of them. An '
  'integration without a row asks for none.';
comment on column integration_plan.integration is 'The integration.';
comment on column integration_plan.plan is 'A plan that it is offered with.';

create table integration_role (
  integration text not null references integration on delete cascade,
  role text not null
    check (role in ('administrator', 'accountant', 'assistant', 'seller')),
  primary key (integration, role)
);

comment on table integration_role is
  'The roles whose people see an integration at all; without a row, everybody does.';
comment on column integration_role.integration is 'The integration.';
comment on column integration_role.role is 'A role whose people see it.';

-- What connecting asks for ------------------------------------------------------------------------

alter table integration_credential_field
  add column pattern text not null default '[!-~]{1,512}',
  add column is_tax_id boolean not null default false;

comment on column integration_credential_field.pattern is
  'The form of the whole value, a regular expression. Values go into addresses and header fields: '
  'no pattern lets a control character through.';
comment on column integration_credential_field.is_tax_id is
  'Whether it is the tax number of the account there, which has to be the company''s own.';

-- Whoever asks for the same tax number needs to be told it.
insert into integration_credential_field
  (integration, name, position, secret, required, pattern, is_tax_id, labels)
values
  ('payu', 'apiLogin', 4, true, true, '[0-9A-Za-z]{6,64}', false, '{
    "es": "API Login", "en": "API login", "pt": "API Login"}'),
  ('payu', 'taxId', 5, false, true, '[0-9A-Za-z&.-]{3,32}', true, '{
    "es": "Identificación tributaria en PayU", "en": "Tax number at PayU",
    "pt": "Identificação tributária na PayU"}');

update integration_credential_field f set pattern = form.pattern
from (values
  ('payu', 'apiKey', '[0-9A-Za-z]{6,64}'), ('payu', 'merchantId', '[0-9]{1,12}'),
  ('payu', 'accountId', '[0-9]{1,12}'),
  ('wompi', 'publicKey', 'pub_(prod|test)_[0-9A-Za-z]{8,128}'),
  ('wompi', 'privateKey', 'prv_(prod|test)_[0-9A-Za-z]{8,128}'),
  ('wompi', 'integritySecret', '(prod|test)_integrity_[0-9A-Za-z]{8,128}'),
  ('wompi', 'eventsSecret', '(prod|test)_events_[0-9A-Za-z]{8,128}'),
  ('epayco', 'customerId', '[0-9]{1,12}'), ('epayco', 'publicKey', '[0-9A-Za-z]{8,128}'),
  ('epayco', 'privateKey', '[0-9A-Za-z]{8,128}'),
  ('conekta', 'publicKey', 'key_[0-9A-Za-z_]{8,128}'),
  ('conekta', 'privateKey', 'key_[0-9A-Za-z_]{8,128}'),
  ('openpay', 'merchantId', '[0-9a-z]{8,64}'), ('openpay', 'publicKey', 'pk_[0-9a-z]{8,128}'),
  ('openpay', 'privateKey', 'sk_[0-9a-z]{8,128}'),
  ('kushki', 'publicMerchantId', '[0-9a-z]{8,64}'),
  ('kushki', 'privateMerchantId', '[0-9a-z]{8,64}'),
  ('stripe', 'publishableKey', 'pk_(live|test)_[0-9A-Za-z]{8,256}'),
  ('stripe', 'secretKey', '(sk|rk)_(live|test)_[0-9A-Za-z]{8,256}'),
  ('mercadopago', 'publicKey', '(APP_USR|TEST)-[0-9A-Za-z-]{8,128}'),
  ('mercadopago', 'accessToken', '(APP_USR|TEST)-[0-9A-Za-z-]{8,256}')
) as form (integration, name, pattern)
where f.integration = form.integration and f.name = form.name;

-- What a connection is set to ---------------------------------------------------------------------

create table integration_setting_field (
  integration text not null references integration on delete cascade,
  name text not null check (name ~ '^[a-z][a-zA-Z]*$'),
  position smallint not null,
  kind text not null check (kind in ('AMOUNT', 'BOOLEAN', 'TEXT')),
  labels texts not null,
  pattern text not null,
  primary key (integration, name),
  unique (integration, position)
);

comment on table integration_setting_field is
  'What a connection can be set to, beside its credentials; none of it is secret.';
comment on column integration_setting_field.integration is 'The integration.';
comment on column integration_setting_field.name is 'The setting, such as minimumAmount.';
comment on column integration_setting_field.position is 'The order in the form.';
comment on column integration_setting_field.kind is
  'How a form asks for it: AMOUNT (of the company''s currency), BOOLEAN (true or false) or TEXT.';
comment on column integration_setting_field.labels is 'What the form calls it.';
comment on column integration_setting_field.pattern is
  'The form of the whole value, a regular expression.';

insert into integration_setting_field (integration, name, position, kind, pattern, labels)
select i.code, s.name, s.position, s.kind, s.pattern, s.labels
from integration i
cross join (values
  ('minimumAmount', 1, 'AMOUNT', '(0|[1-9][0-9]{0,11})([.][0-9]{1,2})?', '{
    "es": "Monto mínimo", "en": "Minimum amount", "pt": "Valor mínimo"}'::texts),
  ('withholdingsAllowed', 2, 'BOOLEAN', 'true|false', '{
    "es": "Permitir retenciones", "en": "Allow withholdings", "pt": "Permitir retenções"}'),
  ('bankAccount', 3, 'TEXT', '[ -~¡-ɏ]{1,64}', '{
    "es": "Banco donde se registran los pagos", "en": "Bank account to post payments to",
    "pt": "Banco onde os pagamentos são registrados"}')
) as s (name, position, kind, pattern, labels)
where i.category = 'ONLINE_PAYMENTS';

-- How credentials are verified --------------------------------------------------------------------
-- A template's {name} is the value of that credential: percent-encoded in the address, as it is in
-- a header's value, within a text of the body. Where a request goes is no value's to say.

create table integration_verifier (
  integration text primary key references integration on delete cascade,
  method text not null check (method in ('GET', 'POST')),
  url text not null check (
    url ~ '^(https://[a-z0-9.-]+(:[0-9]+)?|http://(127[.]0[.]0[.]1|localhost):[0-9]+)/[^#]*$'),
  headers jsonb not null default '{}' check (jsonb_typeof(headers) = 'object'),
  basic_user text,
  basic_password text,
  body_kind text check (body_kind in ('JSON', 'FORM')),
  body jsonb check (jsonb_typeof(body) = 'object'),
  good_statuses smallint[] not null default '{200}' check (cardinality(good_statuses) > 0),
  refused_statuses smallint[] not null default '{401, 403}',
  answer_path text[],
  answer_value text,
  check ((body_kind is null) = (body is null)),
  check (method = 'POST' or body is null),
  check ((basic_user is null) = (basic_password is null)),
  check ((answer_path is null) = (answer_value is null))
);

comment on table integration_verifier is
  'The request by which the maker of an integration says whether credentials are good; it changes '
  'nothing there. An integration without a row has no credentials that could be verified.';
comment on column integration_verifier.integration is 'The integration.';
comment on column integration_verifier.method is 'GET or POST.';
comment on column integration_verifier.url is
  'A template; its host is fixed. http is for this machine, which the server asks only where it '
  'was started for development.';
comment on column integration_verifier.headers is 'Templates by the name of their header field.';
comment on column integration_verifier.basic_user is
  'A template: the user of HTTP''s basic authentication (RFC 7617), where there is one.';
comment on column integration_verifier.basic_password is 'A template: the password beside it.';
comment on column integration_verifier.body_kind is 'JSON or FORM, where there is a body.';
comment on column integration_verifier.body is
  'What is sent; each text in it is a template. A form is an object of texts.';
comment on column integration_verifier.good_statuses is 'The statuses of a good answer.';
comment on column integration_verifier.refused_statuses is
  'The statuses that say that the credentials are not good; any other one says nothing of them.';
comment on column integration_verifier.answer_path is
  'Where in the answer, which is JSON then, a text stands that tells good from refused.';
comment on column integration_verifier.answer_value is 'That text, where the credentials are good.';

-- As their makers document them.
insert into integration_verifier
  (integration, method, url, headers, basic_user, basic_password, body_kind, body,
   refused_statuses, answer_path, answer_value)
values
  ('payu', 'POST', 'https://api.payulatam.com/payments-api/4.0/service.cgi', '{}', null, null,
   'JSON', '{"test": false, "language": "es", "command": "PING",
     "merchant": {"apiLogin": "{apiLogin}", "apiKey": "{apiKey}"}}',
   '{401, 403}', '{code}', 'SUCCESS'),
  ('mercadopago', 'GET', 'https://api.mercadopago.com/users/me',
   '{"Authorization": "Bearer {accessToken}"}', null, null, null, null,
   '{401, 403}', null, null),
  ('wompi', 'GET', 'https://production.wompi.co/v1/transactions?reference=mi-alegra',
   '{"Authorization": "Bearer {privateKey}"}', null, null, null, null,
   '{401, 403}', null, null),
  ('epayco', 'POST', 'https://apify.epayco.co/login', '{}', '{publicKey}', '{privateKey}',
   'JSON', '{}', '{401, 403}', null, null),
  ('bold', 'GET', 'https://integrations.api.bold.co/payments/payment-methods',
   '{"Authorization": "x-api-key {identityKey}"}', null, null, null, null,
   '{401, 403}', null, null),
  ('conekta', 'GET', 'https://api.conekta.io/customers?limit=1',
   '{"Authorization": "Bearer {privateKey}",
     "Accept": "application/vnd.conekta-v2.1.0+json"}', null, null, null, null,
   '{401, 403}', null, null),
  ('openpay', 'GET', 'https://api.openpay.mx/v1/{merchantId}/customers?limit=1', '{}',
   '{privateKey}', '', null, null, '{401, 403, 404}', null, null),
  ('kushki', 'GET', 'https://api.kushkipagos.com/analytics/v1/transactions-list'
     || '?from=2026-01-01T00:00:00&to=2026-01-01T00:00:01',
   '{"Private-Merchant-Id": "{privateMerchantId}"}', null, null, null, null,
   '{401, 403}', null, null),
  ('stripe', 'GET', 'https://api.stripe.com/v1/balance', '{}', '{secretKey}', '', null, null,
   '{401, 403}', null, null),
  ('paypal', 'POST', 'https://api-m.paypal.com/v1/oauth2/token', '{}', '{clientId}',
   '{clientSecret}', 'FORM', '{"grant_type": "client_credentials"}',
   '{400, 401, 403}', null, null);

-- What became of a connection ---------------------------------------------------------------------

create table integration_failure (
  code text primary key check (code ~ '^[A-Z_]+$'),
  messages texts not null
);

comment on table integration_failure is
  'Why a connection is not in order, as people read it; {name} is what the integration is called.';
comment on column integration_failure.code is 'Stable, for programs.';
comment on column integration_failure.messages is 'The sentence beside the connection.';

insert into integration_failure (code, messages) values
  ('CREDENTIALS_REFUSED', '{
    "es": "{name} no acepta las credenciales. Revísalas y conéctala de nuevo.",
    "en": "{name} does not accept the credentials. Check them and connect it again.",
    "pt": "{name} não aceita as credenciais. Confira-as e conecte novamente."}'),
  ('TAX_ID_CHANGED', '{
    "es": "La identificación de tu empresa cambió y ya no es la de tu cuenta en {name}. Conéctala de nuevo con la cuenta que la tiene.",
    "en": "Your company''s tax number has changed and is no longer that of your account at {name}. Connect it again with the account that has it.",
    "pt": "A identificação da sua empresa mudou e já não é a da sua conta na {name}. Conecte novamente com a conta que a tem."}'),
  ('GATEWAY_UNAVAILABLE', '{
    "es": "{name} no respondió cuando comprobamos la conexión. Vuelve a comprobarla en unos minutos.",
    "en": "{name} did not answer when we checked the connection. Check it again in a few minutes.",
    "pt": "{name} não respondeu quando verificamos a conexão. Verifique novamente em alguns minutos."}'),
  ('CREDENTIALS_MISSING', '{
    "es": "Ya no tenemos las credenciales de {name}. Conéctala de nuevo.",
    "en": "We no longer have the credentials of {name}. Connect it again.",
    "pt": "Já não temos as credenciais da {name}. Conecte novamente."}');

do $watch$
declare
  catalogue text;
begin
  foreach catalogue in array array[
    'integration_filter', 'integration_plan', 'integration_role', 'integration_setting_field',
    'integration_verifier', 'integration_failure']
  loop
    execute format(
      'create trigger %1$s_changed after insert or update or delete or truncate on %1$I '
      'for each statement execute function catalogue_changed()', catalogue);
    execute format('grant select on %I to hub_app', catalogue);
  end loop;
end
$watch$;

reset role;
