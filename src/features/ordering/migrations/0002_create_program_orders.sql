-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.
-- What programs of others have ordered, under keys of their own: the same key never orders twice. Kept is the hash of
-- the key, and an index of what was ordered with a key of ours, which says whether it was the same.
CREATE TABLE program_orders (
    tenant_id    TEXT   NOT NULL,
    client_id    TEXT   NOT NULL,
    key_hash     TEXT   NOT NULL,
    fingerprint  TEXT   NOT NULL,
    case_id      TEXT   NOT NULL,
    ordered_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, client_id, key_hash)
);
