-- Where a person is signed in, in words that people know, and when it was last used. What comes
-- out: the browser and the system that a User-Agent names, and the function that writes down in
-- bulk which sessions were seen.

set local row_security = on;

set local role hub_owner;

-- Small rules, tried in order: a browser names those that it is made from as well. A program that
-- calls itself something else keeps its own text, which is shown beside.
create function browser_of(user_agent text) returns text
language sql immutable parallel safe
as $$
  select case
    when user_agent ~ '\m(Edg|EdgA|EdgiOS)/' then 'Edge'
    when user_agent ~ '\m(OPR|OPT|Opera)/' then 'Opera'
    when user_agent ~ '\mSamsungBrowser/' then 'Samsung Internet'
    when user_agent ~ '\mVivaldi/' then 'Vivaldi'
    when user_agent ~ '\mYaBrowser/' then 'Yandex'
    when user_agent ~ '\m(Firefox|FxiOS)/' then 'Firefox'
    when user_agent ~ '\m(Chrome|CriOS|Chromium|HeadlessChrome)/' then 'Chrome'
    when user_agent ~ '\mVersion/[0-9.]+ (Mobile/\w+ )?Safari/' then 'Safari'
  end
$$;

comment on function browser_of(text) is
  'The browser that a User-Agent names, as people call it; null where it is none of the common '
  'ones.';

create function system_of(user_agent text) returns text
language sql immutable parallel safe
as $$
  select case
    when user_agent ~ '\m(iPhone|iPod);' then 'iOS'
    when user_agent ~ '\miPad;' then 'iPadOS'
    when user_agent ~ '\mAndroid\M' then 'Android'
    when user_agent ~ '\mWindows NT\M' then 'Windows'
    when user_agent ~ '\mCrOS\M' then 'ChromeOS'
    when user_agent ~ '\mMacintosh;' then 'macOS'
    when user_agent ~ '\m(Linux|X11)\M' then 'Linux'
  end
$$;

comment on function system_of(text) is
  'The system that a User-Agent names, as people call it; null where it is none of the common '
  'ones.';

grant execute on function browser_of(text), system_of(text) to hub_app;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function note_sessions_seen(sessions uuid[], seconds_ago integer[]) returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  -- A row that somebody holds is being ended or refreshed, which says more than this does: nobody
  -- waits for a read that was noted.
  with free as (
    select s.id, now() - make_interval(secs => seen.seconds_ago) as seen_at
    from unnest(note_sessions_seen.sessions, note_sessions_seen.seconds_ago)
      as seen (session, seconds_ago)
    join session s on s.id = seen.session
    where s.revoked_at is null
    for no key update of s skip locked
  ), noted as (
    update session s set last_seen_at = free.seen_at
    from free
    where s.id = free.id and s.last_seen_at < free.seen_at
    returning 1
  )
  select count(*)::integer from noted
$$;

comment on function note_sessions_seen(uuid[], integer[]) is
  'Writes down when sessions were last used, each so many seconds ago by the server''s count; how '
  'many were older. What was seen later stays, and a session that was ended stays as it was.';

grant execute on function note_sessions_seen(uuid[], integer[]) to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
