-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC; amounts are minor units.

-- One municipality's account with the provider. The keys are sealed.
CREATE TABLE payment_accounts (
    tenant_id    TEXT  NOT NULL,
    instance     TEXT  NOT NULL,
    api_key      BYTEA NOT NULL,
    signing_key  BYTEA NOT NULL,
    PRIMARY KEY (tenant_id)
);

-- One payment for each case that costs something: the second key rules out that two orders are opened.
CREATE TABLE payments (
    tenant_id       TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    case_id         TEXT   NOT NULL,
    reference       TEXT   NOT NULL,
    amount          BIGINT NOT NULL CHECK (amount >= 0),
    currency        TEXT   NOT NULL,
    booking_text    TEXT   NOT NULL,
    language        TEXT   NOT NULL,
    state           TEXT   NOT NULL CHECK (state IN ('open', 'pending', 'paid', 'expired', 'refunding',
                                                     'partly_refunded', 'refunded', 'manual')),
    failed_attempt  TEXT,
    method          TEXT   NOT NULL,
    paid_by         TEXT   NOT NULL,
    manual_note     TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    paid_at         BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, case_id),
    UNIQUE (tenant_id, reference)
);

-- The provider's payment pages, and when each is looked at next; nothing: never again.
CREATE TABLE payment_gateways (
    tenant_id      TEXT   NOT NULL,
    gateway_id     TEXT   NOT NULL,
    payment_id     TEXT   NOT NULL,
    link           TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    valid_until    BIGINT NOT NULL,
    next_check_at  BIGINT,
    PRIMARY KEY (tenant_id, gateway_id),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id)
);
CREATE INDEX payment_gateways_by_payment ON payment_gateways (tenant_id, payment_id, created_at);
CREATE INDEX payment_gateways_by_check ON payment_gateways (next_check_at);

-- The provider's books about our payments, as last read from the provider itself.
CREATE TABLE payment_transactions (
    tenant_id       TEXT    NOT NULL,
    uuid            TEXT    NOT NULL,
    payment_id      TEXT    NOT NULL,
    transaction_id  TEXT    NOT NULL,
    progress        TEXT    NOT NULL,
    amount          BIGINT  NOT NULL,
    currency        TEXT    NOT NULL,
    refunded        BIGINT  NOT NULL,
    method          TEXT    NOT NULL,
    is_test         INTEGER NOT NULL,
    changed_at      BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, uuid),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id)
);

-- Money that shall go back. The row is there before the provider is asked, so that a program that was killed
-- knows what it may have asked for.
CREATE TABLE payment_refunds (
    tenant_id        TEXT   NOT NULL,
    refund_key       TEXT   NOT NULL,
    payment_id       TEXT   NOT NULL,
    uuid             TEXT   NOT NULL,
    transaction_id   TEXT   NOT NULL,
    amount           BIGINT NOT NULL CHECK (amount > 0),
    currency         TEXT   NOT NULL,
    state            TEXT   NOT NULL CHECK (state IN ('wanted', 'asked', 'done', 'refused')),
    refunded_before  BIGINT NOT NULL,
    asked_at         BIGINT NOT NULL,
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, refund_key),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments (tenant_id, id)
);

-- What the provider has sent us and we have taken: each message once.
CREATE TABLE payment_deliveries (
    tenant_id       TEXT   NOT NULL,
    uuid            TEXT   NOT NULL,
    status          TEXT   NOT NULL,
    body_hash       TEXT   NOT NULL,
    transaction_id  TEXT   NOT NULL,
    received_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, uuid, status, body_hash)
);
