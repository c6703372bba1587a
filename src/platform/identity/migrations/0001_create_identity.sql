-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.

-- Those who work for an authority. An e-mail address is one account in the whole canton.
CREATE TABLE users (
    tenant_id      TEXT    NOT NULL,
    id             TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    password_hash  TEXT    NOT NULL,
    roles          TEXT    NOT NULL,
    is_active      INTEGER NOT NULL,
    created_at     BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX users_by_email ON users (email);

-- Who is logged in; only the hash of the cookie's token is kept. Residents belong to the tenant 'canton'.
CREATE TABLE sessions (
    tenant_id     TEXT   NOT NULL,
    token_hash    TEXT   NOT NULL,
    kind          TEXT   NOT NULL CHECK (kind IN ('resident', 'staff')),
    subject       TEXT   NOT NULL,
    email         TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, token_hash)
);
CREATE UNIQUE INDEX sessions_by_token ON sessions (token_hash);

-- Links mailed to residents so that they can log in without a password; each works once.
CREATE TABLE login_links (
    tenant_id   TEXT   NOT NULL,
    token_hash  TEXT   NOT NULL,
    email       TEXT   NOT NULL,
    return_to   TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT,
    PRIMARY KEY (tenant_id, token_hash)
);
