-- Runs unchanged on SQLite and PostgreSQL. tenant_id is the canton's: everybody reads these.
CREATE TABLE municipalities (
    tenant_id           TEXT    NOT NULL,
    bfs_number          BIGINT  NOT NULL,
    slug                TEXT    NOT NULL,
    name                TEXT    NOT NULL,
    district            TEXT    NOT NULL,
    canton              TEXT    NOT NULL,
    population          BIGINT  NOT NULL CHECK (population >= 0),
    participates        INTEGER NOT NULL,
    office_name         TEXT    NOT NULL,
    office_street       TEXT    NOT NULL,
    office_postal_code  TEXT    NOT NULL,
    office_town         TEXT    NOT NULL,
    office_phone        TEXT    NOT NULL,
    office_email        TEXT    NOT NULL,
    opening_hours       TEXT    NOT NULL,
    languages           TEXT    NOT NULL,
    colour              TEXT    NOT NULL,
    latitude            BIGINT  NOT NULL,
    longitude           BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, bfs_number),
    UNIQUE (tenant_id, slug)
);
-- One row per municipality that has a share of a postal locality.
CREATE TABLE localities (
    tenant_id    TEXT   NOT NULL,
    postal_code  TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    bfs_number   BIGINT NOT NULL,
    share        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, postal_code, name, bfs_number),
    FOREIGN KEY (tenant_id, bfs_number) REFERENCES municipalities (tenant_id, bfs_number)
);
CREATE TABLE former_municipalities (
    tenant_id   TEXT   NOT NULL,
    bfs_number  BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    successor   BIGINT NOT NULL,
    year        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, bfs_number),
    FOREIGN KEY (tenant_id, successor) REFERENCES municipalities (tenant_id, bfs_number)
);
