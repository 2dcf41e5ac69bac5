-- What people call the browser and the system of a User-Agent: one row for each that is told of,
-- and for those that name others beside themselves. And when sessions were last seen.

\ir expect.sql

begin;
set local role hub_app_read;

select pg_temp.expect(
  user_agent, (browser_of(user_agent), system_of(user_agent)), (browser, system))
from (values
  ('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox', 'Linux'),
  ('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) '
    'Chrome/126.0.0.0 Safari/537.36', 'Chrome', 'Windows'),
  ('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) '
    'Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87', 'Edge', 'Windows'),
  ('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) '
    'Version/17.5 Safari/605.1.15', 'Safari', 'macOS'),
  ('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like '
    'Gecko) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari', 'iOS'),
  ('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like '
    'Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1', 'Chrome', 'iOS'),
  ('Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) '
    'FxiOS/127.0 Mobile/15E148 Safari/605.1.15', 'Firefox', 'iPadOS'),
  ('Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 '
    'Mobile Safari/537.36', 'Chrome', 'Android'),
  ('Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) '
    'SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36', 'Samsung Internet', 'Android'),
  ('Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) '
    'Chrome/126.0.0.0 Safari/537.36', 'Chrome', 'ChromeOS'),
  ('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 '
    'Safari/537.36 OPR/110.0.0.0', 'Opera', 'Linux'),
  ('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 '
    'Safari/537.36 Vivaldi/6.7', 'Vivaldi', 'Linux'),
  ('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) '
    'Chrome/124.0.0.0 YaBrowser/24.6.0.0 Safari/537.36', 'Yandex', 'Windows'),
  ('curl/8.5.0', null, null),
  ('Alegra/3.2 (Android 14)', null, 'Android'),
  ('NotFirefox/1.0 XLinuxer', null, null),
  ('', null, null)
) as expected (user_agent, browser, system);

reset role;
insert into account (id, email, country) values
  ('00000000-0000-4000-8000-0000000000e9', 'seen@test.example', 'CO');
insert into session (
  id, account_id, device, last_seen_at, expires_at, idle_expires_at, revoked_at)
select ('00000000-0000-4000-8000-0000000000e' || n)::uuid, '00000000-0000-4000-8000-0000000000e9',
  'test', now() - interval '1 hour', now() + interval '1 day', now() + interval '1 day',
  case when n = 2 then now() end
from generate_series(0, 2) as n;
set local role hub_app_write;
select pg_temp.expect('the later stays, and an ended session stays as it was', note_sessions_seen(
  '{00000000-0000-4000-8000-0000000000e0,00000000-0000-4000-8000-0000000000e1,'
    '00000000-0000-4000-8000-0000000000e2,00000000-0000-4000-8000-0000000000ef}',
  '{60,7200,60,60}'), 1);
reset role;
select pg_temp.expect('when they were seen',
  string_agg(extract(epoch from now() - last_seen_at)::integer::text, ',' order by id),
  '60,3600,3600')
from session where account_id = '00000000-0000-4000-8000-0000000000e9';
rollback;
