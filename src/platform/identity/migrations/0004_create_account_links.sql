-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC. All rows belong to the tenant 'canton'.

-- Links mailed to the owner of an account: to delete it, or to let it go from one address (email) to another.
-- Each works once; only its hash is kept.
CREATE TABLE account_links (
    tenant_id   TEXT   NOT NULL,
    token_hash  TEXT   NOT NULL,
    account_id  TEXT   NOT NULL,
    purpose     TEXT   NOT NULL CHECK (purpose IN ('delete_account', 'leave_address', 'take_address')),
    email       TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT,
    PRIMARY KEY (tenant_id, token_hash)
);
CREATE INDEX account_links_by_account ON account_links (tenant_id, account_id);
