-- +goose Up
-- Times are microseconds since 1970, UTC. No words of a source are kept here: alerts name entries by their ids.

CREATE TABLE alert_searches (
  id      TEXT PRIMARY KEY,
  owner   TEXT NOT NULL,
  archive TEXT NOT NULL,
  name    TEXT NOT NULL,
  terms   TEXT NOT NULL,
  created INTEGER NOT NULL
);
CREATE INDEX alert_searches_owner ON alert_searches (owner, created);

-- body is the rule, JSON. seq is the place in the archive's log up to which it was evaluated, -1 before the first time;
-- turn counts the evaluations; told is when its last message was made; looked when ceasefires were looked at last.
CREATE TABLE alert_rules (
  id      TEXT PRIMARY KEY,
  owner   TEXT NOT NULL,
  archive TEXT NOT NULL,
  body    TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  created INTEGER NOT NULL,
  seq     INTEGER NOT NULL DEFAULT -1,
  turn    INTEGER NOT NULL DEFAULT 0,
  told    INTEGER NOT NULL DEFAULT 0,
  looked  INTEGER NOT NULL DEFAULT 0,
  fault   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX alert_rules_owner ON alert_rules (owner, created);

CREATE TABLE alert_channels (
  id     TEXT PRIMARY KEY,
  rule   TEXT NOT NULL,
  kind   TEXT NOT NULL,
  target TEXT NOT NULL,
  secret TEXT NOT NULL
);
CREATE INDEX alert_channels_rule ON alert_channels (rule);

-- expires is when it resolves by itself, 0 never. corrected: the end of what was told has been told too.
CREATE TABLE alert_alerts (
  id        TEXT PRIMARY KEY,
  rule      TEXT NOT NULL,
  key       TEXT NOT NULL,
  state     TEXT NOT NULL,
  why       TEXT NOT NULL,
  decider   TEXT NOT NULL,
  found     INTEGER NOT NULL,
  told      INTEGER NOT NULL DEFAULT 0,
  resolved  INTEGER NOT NULL DEFAULT 0,
  expires   INTEGER NOT NULL,
  reason    TEXT NOT NULL DEFAULT '',
  corrected INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX alert_alerts_open ON alert_alerts (rule, key) WHERE state <> 'resolved';
CREATE INDEX alert_alerts_rule ON alert_alerts (rule, state, found);

-- What was found, once for each rule, and the entries, links and articles it rests on.
CREATE TABLE alert_findings (
  rule    TEXT NOT NULL,
  finding TEXT NOT NULL,
  alert   TEXT NOT NULL,
  PRIMARY KEY (rule, finding)
) WITHOUT ROWID;
CREATE INDEX alert_findings_alert ON alert_findings (alert);

CREATE TABLE alert_parts (
  alert   TEXT NOT NULL,
  finding TEXT NOT NULL,
  place   INTEGER NOT NULL, -- of the finding among those of the alert
  n       INTEGER NOT NULL, -- of the part among those of the finding
  part    TEXT NOT NULL,
  article TEXT NOT NULL,
  PRIMARY KEY (alert, finding, n)
) WITHOUT ROWID;
CREATE INDEX alert_parts_part ON alert_parts (part);
CREATE INDEX alert_parts_article ON alert_parts (article);

-- Commitments that wait for their day, and the last state of each ceasefire.
CREATE TABLE alert_watched (
  rule  TEXT NOT NULL,
  entry TEXT NOT NULL,
  due   INTEGER NOT NULL,
  PRIMARY KEY (rule, entry)
) WITHOUT ROWID;
CREATE INDEX alert_watched_due ON alert_watched (rule, due);

CREATE TABLE alert_levels (
  rule    TEXT NOT NULL,
  subject TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (rule, subject)
) WITHOUT ROWID;

-- told and ended are lists of alert ids, JSON.
CREATE TABLE alert_messages (
  id    TEXT PRIMARY KEY,
  rule  TEXT NOT NULL,
  at    INTEGER NOT NULL,
  told  TEXT NOT NULL,
  ended TEXT NOT NULL
);
CREATE INDEX alert_messages_rule ON alert_messages (rule, at);

CREATE TABLE alert_deliveries (
  message  TEXT NOT NULL,
  channel  TEXT NOT NULL,
  state    TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next     INTEGER NOT NULL,
  done     INTEGER NOT NULL DEFAULT 0,
  error    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (message, channel)
) WITHOUT ROWID;
CREATE INDEX alert_deliveries_next ON alert_deliveries (state, next);
