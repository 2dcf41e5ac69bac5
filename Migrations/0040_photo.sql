-- The photo of a profile. What comes out: one image a person, and the functions of hub_auth that
-- keep, remove and serve it. An image is found by its name alone, which nobody can guess, and no
-- role of the server's reads the table.

set local row_security = on;

set local role hub_owner;

create table photo (
  account_id uuid primary key references account on delete cascade,
  name text not null unique check (name ~ '^[0-9a-f]{32}\.(png|jpg|webp)$'),
  digest bytea not null check (length(digest) = 32),
  bytes bytea not null check (length(bytes) between 1 and 67108864),
  stored_at timestamptz not null default now()
);

-- Images are compressed already: pressing them again costs time and gains nothing.
alter table photo alter column bytes set storage external;

comment on table photo is
  'The photo of each profile that has one, without metadata. Replaced, never edited: another image '
  'has another name.';
comment on column photo.account_id is 'Whose it is; each person has one at most.';
comment on column photo.name is
  'What it is served under: 128 random bits and the ending of its kind. Whoever knows it may see '
  'the photo; whoever does not cannot find it.';
comment on column photo.digest is
  'SHA-256 of the bytes: the same image once more changes nothing.';
comment on column photo.bytes is 'The image as it is served.';
comment on column photo.stored_at is 'When it was uploaded.';

alter table photo enable row level security, force row level security;

create policy photo_by_auth on photo to hub_auth using (true);
grant select, insert, update, delete on photo to hub_auth;
grant update (photo_url) on account to hub_auth;

comment on column account.photo_url is
  'Where the photo is served: a path below the server''s public address, or a whole address; null '
  'where there is none.';

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function keep_photo(
  account uuid, name text, digest bytea, bytes bytea, out photo_url text, out revision bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  kept text;
begin
  -- Of two uploads at once the second waits here, and is held against the first one's image.
  perform from account a where a.id = keep_photo.account for no key update;
  select p.name into kept
  from photo p
  where p.account_id = keep_photo.account and p.digest = keep_photo.digest;
  if kept is null then
    kept := keep_photo.name;
    insert into photo as p (account_id, name, digest, bytes)
    values (keep_photo.account, kept, keep_photo.digest, keep_photo.bytes)
    on conflict (account_id) do update
    set name = excluded.name, digest = excluded.digest, bytes = excluded.bytes, stored_at = now();
  end if;
  update account a set photo_url = '/photos/' || kept
  where a.id = keep_photo.account
  returning a.photo_url, a.revision into keep_photo.photo_url, keep_photo.revision;
end
$$;

comment on function keep_photo(uuid, text, bytea, bytea) is
  'Gives a person a photo in the place of the one they have. The same image as that one (by its '
  'digest) keeps its name, and nothing changes.';

create function remove_photo(account uuid, out revision bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update account a set photo_url = null
  where a.id = remove_photo.account
  returning a.revision into remove_photo.revision;
  delete from photo p where p.account_id = remove_photo.account;
end
$$;

comment on function remove_photo(uuid) is
  'Takes a person''s photo away, where they have one; it is served no more.';

create function photo_length(name text) returns text
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select length(p.bytes)::text from photo p where p.name = photo_length.name
$$;

create function photo_bytes(name text) returns bytea
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select p.bytes from photo p where p.name = photo_bytes.name
$$;

comment on function photo_length(text) is
  'How many bytes the photo of this name has; null where there is none (any more).';
comment on function photo_bytes(text) is
  'The photo of this name; null where there is none (any more). To know the name is the right to '
  'see it.';

grant execute on function keep_photo(uuid, text, bytea, bytea), remove_photo(uuid)
  to hub_app_write;
grant execute on function photo_length(text), photo_bytes(text) to hub_app;

reset role;
revoke create on schema public from hub_auth;
