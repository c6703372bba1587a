-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC. All rows belong to the tenant 'canton'.

-- Codes that stand in for the app on a lost telephone; each works once, and only its hash is kept.
CREATE TABLE recovery_codes (
    tenant_id   TEXT   NOT NULL,
    account_id  TEXT   NOT NULL,
    code_hash   TEXT   NOT NULL,
    used_at     BIGINT,
    PRIMARY KEY (tenant_id, account_id, code_hash)
);

-- Who has used a link or a password and now is asked for a code; only the hash of the cookie's token is kept.
CREATE TABLE login_waits (
    tenant_id   TEXT   NOT NULL,
    token_hash  TEXT   NOT NULL,
    account_id  TEXT   NOT NULL,
    how         TEXT   NOT NULL,
    return_to   TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, token_hash)
);
CREATE INDEX login_waits_by_account ON login_waits (tenant_id, account_id);
