-- Runs unchanged on SQLite and PostgreSQL. Which service a municipality has switched on, and since when.
CREATE TABLE offers (
    tenant_id   TEXT    NOT NULL,
    service_id  TEXT    NOT NULL,
    is_offered  INTEGER NOT NULL,
    since       BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, service_id)
);
CREATE INDEX offers_by_service ON offers (service_id, is_offered);
