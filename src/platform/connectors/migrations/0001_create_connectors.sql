-- Runs unchanged on SQLite and PostgreSQL.
-- Where each municipality's business system answers. The secret is sealed.
CREATE TABLE connectors (
    tenant_id  TEXT  NOT NULL,
    address    TEXT  NOT NULL,
    secret     BYTEA NOT NULL,
    PRIMARY KEY (tenant_id)
);
