-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.

-- What happened, written in the transaction in which it did; without personal data. The ids rise with time.
CREATE TABLE webhook_events (
    tenant_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    data         TEXT   NOT NULL,
    happened_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX webhook_events_by_id ON webhook_events (id);

-- Who wants to be told. One of the tenant 'canton' hears of all tenants. 'leased_until': a delivery is under way.
CREATE TABLE webhook_subscriptions (
    tenant_id          TEXT   NOT NULL,
    id                 TEXT   NOT NULL,
    client_id          TEXT   NOT NULL,
    address            TEXT   NOT NULL,
    kinds              TEXT   NOT NULL,
    created_at         BIGINT NOT NULL,
    state              TEXT   NOT NULL CHECK (state IN ('active', 'failing')),
    failures           BIGINT NOT NULL,
    failed_since       BIGINT,
    last_error         TEXT   NOT NULL,
    last_delivered_at  BIGINT,
    next_attempt_at    BIGINT NOT NULL,
    leased_until       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX webhook_subscriptions_by_client ON webhook_subscriptions (tenant_id, client_id);

-- What has not been delivered yet. The tenant is the event's.
CREATE TABLE webhook_deliveries (
    tenant_id        TEXT NOT NULL,
    subscription_id  TEXT NOT NULL,
    event_id         TEXT NOT NULL,
    PRIMARY KEY (tenant_id, subscription_id, event_id),
    FOREIGN KEY (tenant_id, event_id) REFERENCES webhook_events (tenant_id, id)
);
CREATE INDEX webhook_deliveries_by_subscription ON webhook_deliveries (subscription_id, event_id);
CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (event_id);
