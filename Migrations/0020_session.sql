-- Where a person is signed in. What comes out: sessions, their refresh tokens, and the count of
-- guesses at passwords. hub_app sees a person's own sessions; the rest is hub_auth's alone.

set local role hub_owner;

create table session (
  id uuid primary key default gen_random_uuid()
    check (id <> '00000000-0000-0000-0000-000000000000'),
  account_id uuid not null references account on delete cascade,
  last_tenant_id uuid,
  device text not null check (char_length(device) <= 200),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  idle_expires_at timestamptz not null,
  revoked_at timestamptz,
  check (idle_expires_at <= expires_at)
);

create index session_by_account on session (account_id);

comment on table session is
  'A place where a person is signed in. Every request asks here whether its session still lives, '
  'so revoking one ends its access tokens at once.';
comment on column session.id is 'The session; access tokens name it.';
comment on column session.account_id is 'The person.';
comment on column session.last_tenant_id is
  'The company this session was last in: where its next refresh goes on. A guess, as in account.';
comment on column session.device is 'The browser and system, as far as they told.';
comment on column session.created_at is 'When the person signed in.';
comment on column session.last_seen_at is 'When it was last used, to within minutes.';
comment on column session.expires_at is 'When it ends, however much it is used.';
comment on column session.idle_expires_at is 'When it ends unless it is refreshed before.';
comment on column session.revoked_at is 'When a person or the house ended it; null: never.';

alter table session enable row level security, force row level security;

create policy session_of_account on session for select to hub_app
  using (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));
grant select on session to hub_app;

create policy session_by_auth on session to hub_auth using (true);
grant select, insert, update on session to hub_auth;

create table refresh_token (
  hash bytea primary key check (length(hash) = 32),
  session_id uuid not null references session on delete cascade,
  issued_at timestamptz not null default now(),
  used_at timestamptz,
  successor_hash bytea check (length(successor_hash) = 32),
  check ((used_at is null) = (successor_hash is null))
);

create index refresh_token_by_session on refresh_token (session_id);

comment on table refresh_token is
  'The refresh tokens of each session. Each is used once; a used one that comes again is a sign of '
  'theft and ends the session. Tokens of 256 random bits need no slow hash.';
comment on column refresh_token.hash is 'SHA-256 of the token.';
comment on column refresh_token.session_id is 'The session it prolongs.';
comment on column refresh_token.issued_at is 'When it was given out.';
comment on column refresh_token.used_at is 'When it was exchanged; null: not yet.';
comment on column refresh_token.successor_hash is 'SHA-256 of the token it was exchanged for.';

alter table refresh_token enable row level security, force row level security;

create policy refresh_token_by_auth on refresh_token to hub_auth using (true);
grant select, insert, update on refresh_token to hub_auth;

create table sign_in_guess (
  email_hash bytea primary key check (length(email_hash) = 32),
  window_started_at timestamptz not null default now(),
  guesses integer not null
);

create index sign_in_guess_by_age on sign_in_guess (window_started_at);

comment on table sign_in_guess is
  'How often a password was guessed for an address lately, whether there is an account or not. A '
  'sign-in that succeeds forgets its guesses.';
comment on column sign_in_guess.email_hash is
  'SHA-256 of the address in lower case: what people mistype is nobody''s to read.';
comment on column sign_in_guess.window_started_at is 'When counting began.';
comment on column sign_in_guess.guesses is 'How many since then.';

alter table sign_in_guess enable row level security, force row level security;

create policy sign_in_guess_by_auth on sign_in_guess to hub_auth using (true);
grant select, insert, update, delete on sign_in_guess to hub_auth;

reset role;
