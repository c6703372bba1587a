-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.
-- The account that a draft belongs to besides its browser: a keyed hash of the e-mail address.
ALTER TABLE drafts ADD COLUMN account_index TEXT;
CREATE INDEX drafts_by_account ON drafts (account_index);
-- Mailed links with which a draft is resumed in another browser, for whoever knows the second factor as well: the
-- code, kept as its hash, or where there is none the date of birth among the answers.
CREATE TABLE draft_links (
    tenant_id   TEXT   NOT NULL,
    token_hash  TEXT   NOT NULL,
    draft_id    TEXT   NOT NULL,
    code_hash   TEXT,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, token_hash)
);
CREATE UNIQUE INDEX draft_links_by_token ON draft_links (token_hash);
CREATE INDEX draft_links_by_age ON draft_links (created_at);
