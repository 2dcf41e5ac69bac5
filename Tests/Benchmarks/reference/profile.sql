-- The section Perfil. The server answers it from the context row and sends no such statement; the
-- reference asks for it, being a page of five sections.
SELECT a.id, a.first_name, a.last_name, coalesce(nullif(a.display_name, ''), a.first_name),
  a.phone, a.country, a.language, a.photo_url, a.revision, a.updated_at
FROM account a WHERE a.id = :account
