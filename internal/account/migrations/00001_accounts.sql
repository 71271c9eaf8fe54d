-- +goose Up
-- Times are seconds since 1970, UTC. Secrets (links, tokens, session cookies) are kept as their SHA-256 only.

-- A user who is removed stays as a name, so that nobody else ever stands in a log of decisions under it.
CREATE TABLE users (
  name     TEXT PRIMARY KEY,
  password TEXT NOT NULL DEFAULT '', -- PHC string; empty: none set
  email    TEXT NOT NULL DEFAULT '', -- as the identity provider gives it
  subject  TEXT NOT NULL DEFAULT '', -- issuer and subject at the identity provider, once seen
  epoch    INTEGER NOT NULL DEFAULT 1, -- sessions of an earlier epoch are over
  removed  INTEGER NOT NULL DEFAULT 0,
  made     INTEGER NOT NULL,
  seen     INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX users_by_email ON users (email) WHERE email <> '';
CREATE UNIQUE INDEX users_by_subject ON users (subject) WHERE subject <> '';

-- user 'public' is whoever asks without an account; archive '*' is every archive.
CREATE TABLE grants (
  user    TEXT NOT NULL,
  archive TEXT NOT NULL,
  role    INTEGER NOT NULL,
  PRIMARY KEY (user, archive)
) WITHOUT ROWID;

-- Links to set a password with; user is empty for that of the first admin, who chooses a name.
CREATE TABLE links (
  hash    TEXT PRIMARY KEY,
  user    TEXT NOT NULL,
  expires INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE tokens (
  id       TEXT PRIMARY KEY,
  hash     TEXT NOT NULL UNIQUE,
  user     TEXT NOT NULL,
  label    TEXT NOT NULL,
  archives TEXT NOT NULL, -- JSON, sorted
  role     INTEGER NOT NULL,
  made     INTEGER NOT NULL,
  expires  INTEGER NOT NULL,
  used     INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX tokens_by_user ON tokens (user);

CREATE TABLE sessions (
  hash    TEXT PRIMARY KEY,
  data    BLOB NOT NULL,
  expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires);

-- Up to when somebody has looked at what is new in an archive.
CREATE TABLE looked (
  user    TEXT NOT NULL,
  archive TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (user, archive)
) WITHOUT ROWID;
