-- Runs unchanged on SQLite and PostgreSQL. tenant_id is the canton's: everybody reads these.
-- Where one office does something for several municipalities: which one does it for this one. Where there is no row,
-- each does it itself.
CREATE TABLE responsibilities (
    tenant_id   TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    bfs_number  BIGINT NOT NULL,
    seat        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, body, bfs_number),
    FOREIGN KEY (tenant_id, bfs_number) REFERENCES municipalities (tenant_id, bfs_number),
    FOREIGN KEY (tenant_id, seat) REFERENCES municipalities (tenant_id, bfs_number)
);
