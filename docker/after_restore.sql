-- What a database that went back in time must not do again: run once, as a superuser, between the
-- restore and the first server. Sessions end (some were revoked after the backup); links of mails
-- are void (some were used); mails that were waiting are given up (most were sent). It prints how
-- many.
\set ON_ERROR_STOP on
begin;
with ended as (
  update session set revoked_at = now()
  where revoked_at is null and expires_at > now() and idle_expires_at > now() returning 1)
select count(*) as sessions_ended from ended;
with voided as (
  update one_time_link set voided_at = now()
  where used_at is null and voided_at is null and expires_at > now() returning 1)
select count(*) as links_voided from voided;
with given_up as (
  update mail set given_up_at = now(), failure = 'restored from a backup'
  where sent_at is null and given_up_at is null returning 1)
select count(*) as mails_given_up from given_up;
commit;
