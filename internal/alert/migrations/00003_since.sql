-- +goose Up
-- since is when the rule was made, or turned on: it looks at what arrives from then on.
ALTER TABLE alert_rules ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
UPDATE alert_rules SET since = created;
