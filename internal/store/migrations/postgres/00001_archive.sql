-- +goose Up
-- Times are microseconds since 1970, UTC. An entry's number n rises with the second its article was known, so that every
-- list and every search comes in the order of time without sorting (numbers.go).

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Texts and raw bytes, zstd, under the SHA-256 of what they hold.
CREATE TABLE blobs (
  hash TEXT PRIMARY KEY,
  size BIGINT NOT NULL,
  data BYTEA NOT NULL
);

-- body is the article as it arrived, JSON; the columns up to raw_hash repeat parts of it for queries.
CREATE TABLE articles (
  n             BIGINT PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  known         BIGINT NOT NULL,
  title         TEXT NOT NULL,
  publisher     TEXT NOT NULL,
  url           TEXT NOT NULL,
  guid          TEXT NOT NULL,
  text_hash     TEXT NOT NULL,
  raw_hash      TEXT NOT NULL,
  body          TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'withdrawn', 'erased')),
  state_reason  TEXT NOT NULL,
  state_at      BIGINT,
  superseded_by TEXT,
  reading       BIGINT NOT NULL
);
-- These three may be longer than a B-tree takes.
CREATE INDEX articles_publisher ON articles USING hash (publisher);
CREATE INDEX articles_url ON articles USING hash (url);
CREATE INDEX articles_guid ON articles USING hash (guid) WHERE guid <> '';
CREATE INDEX articles_text_hash ON articles (text_hash);
CREATE INDEX articles_raw_hash ON articles (raw_hash);
CREATE INDEX articles_state ON articles (state) WHERE state <> 'current';

-- Every reading of an article: its record without the document, JSON, zstd; hash is that of the JSON.
CREATE TABLE readings (
  article BIGINT NOT NULL REFERENCES articles (n),
  number  BIGINT NOT NULL,
  model   TEXT NOT NULL,
  rules   TEXT NOT NULL,
  hash    TEXT NOT NULL,
  record  BYTEA NOT NULL,
  PRIMARY KEY (article, number)
);

-- reading is the newest one that found the entry. kind is the letter of its id. item is packed (pack.go).
CREATE TABLE entries (
  n          BIGINT PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  article    BIGINT NOT NULL REFERENCES articles (n),
  start      BIGINT NOT NULL,
  finish     BIGINT NOT NULL,
  label      TEXT NOT NULL,
  status     TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  reading    BIGINT NOT NULL,
  item       BYTEA NOT NULL
);
CREATE INDEX entries_article ON entries (article);
-- Here an index has the order of numbers only if they are in it.
CREATE INDEX entries_kind ON entries (kind, n, confidence);
CREATE INDEX entries_label ON entries (kind, label, n);
CREATE INDEX entries_status ON entries (kind, status, n) WHERE status <> '';
-- Labels go with kinds: without knowing that, PostgreSQL takes them for rare and sorts all of them.
CREATE STATISTICS entries_facets (dependencies, mcv) ON kind, label, status FROM entries;

-- Who takes part in an entry, by the numbers of both; roles are numbered in items.go.
CREATE TABLE entry_actors (
  actor BIGINT NOT NULL REFERENCES entries (n),
  entry BIGINT NOT NULL REFERENCES entries (n),
  role  BIGINT NOT NULL,
  PRIMARY KEY (actor, entry, role)
);
CREATE INDEX entry_actors_entry ON entry_actors (entry);

-- What reconcile found; it can be found again. check_sum is over the row's fields (found.go).
CREATE TABLE identities (
  n         BIGINT PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  members   BIGINT NOT NULL,
  body      TEXT NOT NULL,
  check_sum BIGINT NOT NULL
);
CREATE INDEX identities_members ON identities (members, id);

CREATE TABLE memberships (
  actor     BIGINT PRIMARY KEY REFERENCES entries (n),
  identity  BIGINT NOT NULL REFERENCES identities (n),
  reason    TEXT NOT NULL,
  score     DOUBLE PRECISION NOT NULL,
  check_sum BIGINT NOT NULL
);
CREATE INDEX memberships_identity ON memberships (identity);

CREATE TABLE links (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  type       TEXT NOT NULL,
  a          TEXT NOT NULL,
  b          TEXT NOT NULL,
  reason     TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  known      BIGINT NOT NULL,
  check_sum  BIGINT NOT NULL
);
CREATE INDEX links_known ON links (known, id);
CREATE INDEX links_kind ON links (kind, known, id);
CREATE INDEX links_a ON links (a);
CREATE INDEX links_b ON links (b) WHERE b <> '';

CREATE TABLE passages (
  article   BIGINT NOT NULL REFERENCES articles (n),
  start     BIGINT NOT NULL,
  finish    BIGINT NOT NULL,
  origin    TEXT NOT NULL,
  label     TEXT NOT NULL,
  basis     TEXT NOT NULL,
  other     TEXT NOT NULL,
  share     DOUBLE PRECISION NOT NULL,
  reason    TEXT NOT NULL,
  check_sum BIGINT NOT NULL
);
CREATE INDEX passages_article ON passages (article);
CREATE INDEX passages_origin ON passages (origin);

-- The log of decisions: only ever added to; each row's hash covers the one before it.
CREATE TABLE judgements (
  seq      BIGINT PRIMARY KEY,
  at       BIGINT NOT NULL,
  who      TEXT NOT NULL,
  verb     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  object   TEXT NOT NULL,
  value    TEXT NOT NULL,
  why      TEXT NOT NULL,
  evidence TEXT NOT NULL,
  prev     TEXT NOT NULL,
  hash     TEXT NOT NULL
);
CREATE INDEX judgements_subject ON judgements (subject);
CREATE INDEX judgements_object ON judgements (object) WHERE object <> '';
CREATE INDEX judgements_verb ON judgements (verb);

CREATE TABLE entries_words (
  n     BIGINT PRIMARY KEY,
  words TEXT NOT NULL,
  found TSVECTOR NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED
);
CREATE INDEX entries_words_gin ON entries_words USING gin (found);
CREATE TABLE articles_words (
  n     BIGINT PRIMARY KEY,
  words TEXT NOT NULL,
  found TSVECTOR NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED
);
CREATE INDEX articles_words_gin ON articles_words USING gin (found);
CREATE TABLE identities_words (
  n     BIGINT PRIMARY KEY,
  words TEXT NOT NULL,
  found TSVECTOR NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED
);
CREATE INDEX identities_words_gin ON identities_words USING gin (found);

INSERT INTO meta (key, value) VALUES ('archive', 'parley');

