-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.
-- Answers before submission, sealed. A submitted draft has no answers any more, but names its case.
CREATE TABLE drafts (
    tenant_id     TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    visitor_hash  TEXT   NOT NULL,
    service_id    TEXT   NOT NULL,
    answers       BYTEA  NOT NULL,
    case_id       TEXT,
    updated_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX drafts_by_id ON drafts (id);
CREATE INDEX drafts_by_visitor ON drafts (tenant_id, visitor_hash, service_id);
CREATE INDEX drafts_by_age ON drafts (updated_at);

-- Which browser may see which case: it ordered, or it knew the second factor.
CREATE TABLE case_grants (
    tenant_id     TEXT   NOT NULL,
    case_id       TEXT   NOT NULL,
    visitor_hash  TEXT   NOT NULL,
    granted_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, case_id, visitor_hash)
);
