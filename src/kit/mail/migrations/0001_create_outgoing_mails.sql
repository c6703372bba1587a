-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.
-- A mail that must go out. The message is sealed, and gone once it is settled.
CREATE TABLE outgoing_mails (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
    message     BYTEA  CHECK ((state = 'waiting') = (message IS NOT NULL)),
    reason      TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    settled_at  BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outgoing_mails_by_state ON outgoing_mails (state, settled_at);
