-- +goose Up
-- Secrets of the desk itself, made when they are first needed. They never leave it.
CREATE TABLE keys (
  name TEXT PRIMARY KEY,
  key  BLOB NOT NULL
) WITHOUT ROWID;
