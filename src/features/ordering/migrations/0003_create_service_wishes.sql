-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.
-- Who would use a service that their municipality does not offer: counted by browser, forgotten after a year.
CREATE TABLE service_wishes (
    tenant_id     TEXT   NOT NULL,
    service_id    TEXT   NOT NULL,
    visitor_hash  TEXT   NOT NULL,
    wished_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, service_id, visitor_hash)
);
CREATE INDEX service_wishes_by_age ON service_wishes (wished_at);
