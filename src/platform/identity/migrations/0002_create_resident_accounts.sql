-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.

-- A resident's account; made at the first login. All of these belong to the tenant 'canton'. Orders belong to the
-- e-mail address, not to the account. The secret of the second step is sealed and counts once it was confirmed.
CREATE TABLE resident_accounts (
    tenant_id          TEXT   NOT NULL,
    id                 TEXT   NOT NULL,
    email              TEXT   NOT NULL,
    language           TEXT   NOT NULL,
    state              TEXT   NOT NULL CHECK (state IN ('active', 'warned')),
    created_at         BIGINT NOT NULL,
    last_login_at      BIGINT NOT NULL,
    warned_at          BIGINT,
    password_hash      TEXT,
    code_secret        BYTEA,
    code_confirmed_at  BIGINT,
    code_last_step     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX resident_accounts_by_email ON resident_accounts (tenant_id, email);
CREATE INDEX resident_accounts_by_login ON resident_accounts (tenant_id, last_login_at);

-- What happened with an account, in order, logins included.
CREATE TABLE account_events (
    tenant_id   TEXT   NOT NULL,
    account_id  TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    browser     TEXT   NOT NULL,
    system      TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, account_id, number)
);
CREATE INDEX account_events_by_time ON account_events (tenant_id, at);

-- So that people recognise their sessions and can end one. Sessions of residents that are older than their account
-- find none and are over.
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN system TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_by_subject ON sessions (tenant_id, subject);
