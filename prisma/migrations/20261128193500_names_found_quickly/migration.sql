-- Support looks for parts of names, without accents and case. Where PostgreSQL has no pg_trgm, or the
-- user may not add it, the search reads all names instead. While the index is built, a few seconds for
-- 200,000 accounts, names wait to be written: CONCURRENTLY does not run in a migration's transaction.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  EXECUTE 'CREATE INDEX IF NOT EXISTS "account_heard_name_idx" ON "account" USING GIN '
    || '(regexp_replace(lower(normalize("name", NFKD)), ''[\u0300-\u036f]'', '''', ''g'') gin_trgm_ops)';
EXCEPTION
  WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
    RAISE NOTICE 'Names are searched without an index: %', SQLERRM;
END $$;
