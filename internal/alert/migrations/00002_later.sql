-- +goose Up
-- The links of an archive that rules may tell of, numbered as they were seen: one that is found again is not new.
CREATE TABLE alert_links (
  archive TEXT NOT NULL,
  link    TEXT NOT NULL,
  n       INTEGER NOT NULL,
  PRIMARY KEY (archive, link)
) WITHOUT ROWID;
CREATE UNIQUE INDEX alert_links_n ON alert_links (archive, n);

-- mark is what the archive said of its state when its links were looked through; links is the number of the last one.
CREATE TABLE alert_archives (
  archive TEXT PRIMARY KEY,
  mark    INTEGER NOT NULL,
  links   INTEGER NOT NULL
);

-- links is the number of the link up to which it was evaluated, -1 before the first time.
ALTER TABLE alert_rules ADD COLUMN links INTEGER NOT NULL DEFAULT -1;

-- page and query are the list and its parameters, to open it again; looked is when its owner looked at it last.
ALTER TABLE alert_searches ADD COLUMN page   TEXT NOT NULL DEFAULT '';
ALTER TABLE alert_searches ADD COLUMN query  TEXT NOT NULL DEFAULT '';
ALTER TABLE alert_searches ADD COLUMN looked INTEGER NOT NULL DEFAULT 0;
UPDATE alert_searches SET looked = created;
