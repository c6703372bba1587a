-- Runs unchanged on SQLite and PostgreSQL.
-- Programs of municipalities ask for what has changed, page by page.
CREATE INDEX cases_by_change ON cases (tenant_id, changed_at, id);
