-- What the migrations make; written by go test -run Schema -update.
CREATE TABLE appeared (
  link TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX appeared_at ON appeared (at);
CREATE TABLE articles (
  n             INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  known         INTEGER NOT NULL,
  title         TEXT NOT NULL,
  publisher     TEXT NOT NULL,
  url           TEXT NOT NULL,
  guid          TEXT NOT NULL,
  text_hash     TEXT NOT NULL,
  raw_hash      TEXT NOT NULL,
  body          TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'withdrawn', 'erased')),
  state_reason  TEXT NOT NULL,
  state_at      INTEGER,
  superseded_by TEXT,
  reading       INTEGER NOT NULL
, arrived INTEGER NOT NULL DEFAULT 0, undated INTEGER NOT NULL DEFAULT 0);
CREATE INDEX articles_arrived ON articles (arrived, state, undated, known);
CREATE INDEX articles_guid ON articles (guid) WHERE guid <> '';
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX articles_raw_hash ON articles (raw_hash);
CREATE INDEX articles_state ON articles (state) WHERE state <> 'current';
CREATE INDEX articles_text_hash ON articles (text_hash);
CREATE INDEX articles_url ON articles (url);
CREATE VIRTUAL TABLE articles_words USING fts5 (words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE blobs (
  hash TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  data BLOB NOT NULL
);
CREATE TABLE entries (
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  article    INTEGER NOT NULL REFERENCES articles (n),
  start      INTEGER NOT NULL,
  finish     INTEGER NOT NULL,
  label      TEXT NOT NULL,
  status     TEXT NOT NULL,
  confidence REAL NOT NULL,
  reading    INTEGER NOT NULL,
  item       BLOB NOT NULL
, arrived INTEGER NOT NULL DEFAULT 0);
CREATE INDEX entries_arrived ON entries (arrived);
CREATE INDEX entries_article ON entries (article);
CREATE INDEX entries_kind ON entries (kind, n, confidence, arrived);
CREATE INDEX entries_label ON entries (kind, label);
CREATE INDEX entries_status ON entries (kind, status) WHERE status <> '';
CREATE VIRTUAL TABLE entries_words USING fts5 (words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE entry_actors (
  actor INTEGER NOT NULL REFERENCES entries (n),
  entry INTEGER NOT NULL REFERENCES entries (n),
  role  INTEGER NOT NULL,
  PRIMARY KEY (actor, entry, role)
) WITHOUT ROWID;
CREATE INDEX entry_actors_entry ON entry_actors (entry);
CREATE TABLE identities (
  n         INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  members   INTEGER NOT NULL,
  body      TEXT NOT NULL,
  check_sum INTEGER NOT NULL
);
CREATE INDEX identities_members ON identities (members, id);
CREATE VIRTUAL TABLE identities_words USING fts5 (words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE judgements (
  seq      INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
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
CREATE INDEX judgements_object ON judgements (object) WHERE object <> '';
CREATE INDEX judgements_subject ON judgements (subject);
CREATE INDEX judgements_verb ON judgements (verb);
CREATE TABLE links (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  type       TEXT NOT NULL,
  a          TEXT NOT NULL,
  b          TEXT NOT NULL,
  reason     TEXT NOT NULL,
  confidence REAL NOT NULL,
  known      INTEGER NOT NULL,
  check_sum  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX links_a ON links (a);
CREATE INDEX links_b ON links (b) WHERE b <> '';
CREATE INDEX links_kind ON links (kind, known, id);
CREATE INDEX links_known ON links (known, id);
CREATE TABLE meanings (
  article   INTEGER PRIMARY KEY REFERENCES articles (n),
  reading   INTEGER NOT NULL,
  model     TEXT NOT NULL,
  sentences BLOB NOT NULL,
  check_sum INTEGER NOT NULL
);
CREATE TABLE memberships (
  actor     INTEGER PRIMARY KEY REFERENCES entries (n),
  identity  INTEGER NOT NULL REFERENCES identities (n),
  reason    TEXT NOT NULL,
  score     REAL NOT NULL,
  check_sum INTEGER NOT NULL
);
CREATE INDEX memberships_identity ON memberships (identity);
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passages (
  article   INTEGER NOT NULL REFERENCES articles (n),
  start     INTEGER NOT NULL,
  finish    INTEGER NOT NULL,
  origin    TEXT NOT NULL,
  label     TEXT NOT NULL,
  basis     TEXT NOT NULL,
  other     TEXT NOT NULL,
  share     REAL NOT NULL,
  reason    TEXT NOT NULL,
  check_sum INTEGER NOT NULL
);
CREATE INDEX passages_article ON passages (article);
CREATE INDEX passages_label ON passages (label);
CREATE INDEX passages_origin ON passages (origin);
CREATE TABLE readings (
  article INTEGER NOT NULL REFERENCES articles (n),
  number  INTEGER NOT NULL,
  model   TEXT NOT NULL,
  rules   TEXT NOT NULL,
  hash    TEXT NOT NULL,
  record  BLOB NOT NULL,
  PRIMARY KEY (article, number)
);
CREATE TABLE replaced (
  article INTEGER NOT NULL REFERENCES articles (n),
  guid    TEXT NOT NULL
);
CREATE INDEX replaced_guid ON replaced (guid);
CREATE TABLE versions (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
