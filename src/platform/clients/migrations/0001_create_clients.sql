-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.

-- Programs of others that may use the interfaces, each for one authority; 'canton' for all of them. Only hashes
-- of their secrets are kept. The secret before the last change is taken until it has run out.
CREATE TABLE api_clients (
    tenant_id              TEXT    NOT NULL,
    id                     TEXT    NOT NULL,
    name                   TEXT    NOT NULL,
    scopes                 TEXT    NOT NULL,
    secret_hash            TEXT    NOT NULL,
    former_secret_hash     TEXT    NOT NULL,
    former_secret_expires  BIGINT  NOT NULL,
    is_active              INTEGER NOT NULL,
    created_at             BIGINT  NOT NULL,
    last_used_at           BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX api_clients_by_id ON api_clients (id);

-- What clients show instead of their secret, for an hour; only the hash is kept.
CREATE TABLE api_tokens (
    tenant_id   TEXT   NOT NULL,
    token_hash  TEXT   NOT NULL,
    client_id   TEXT   NOT NULL,
    scopes      TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, client_id) REFERENCES api_clients (tenant_id, id)
);
CREATE UNIQUE INDEX api_tokens_by_token ON api_tokens (token_hash);
CREATE INDEX api_tokens_by_expiry ON api_tokens (expires_at);
