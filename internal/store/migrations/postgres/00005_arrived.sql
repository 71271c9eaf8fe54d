-- +goose Up
-- arrived is when something came in: the time, in the log, of the decision that took in the article, or of the reading that first
-- found the entry. What entries of archives from before came in with is not known; they count from their article's.
ALTER TABLE articles ADD COLUMN arrived BIGINT NOT NULL DEFAULT 0;
-- undated: it does not say when it was published, and known is when it was fetched.
ALTER TABLE articles ADD COLUMN undated BOOLEAN NOT NULL DEFAULT FALSE;
-- PostgreSQL has no text with a NUL: where a body holds one, it stands for a line's end here.
UPDATE articles SET undated = COALESCE(replace(body, '\u0000', '\n')::json ->> 'published', '') = '',
  arrived = COALESCE((SELECT min(j.at) FROM judgements j WHERE j.subject = articles.id AND (j.verb || '') = 'ingest'), 0);
-- (The verb is put so that its index is not gone along: all articles have that one.)
-- Counts what came in without reading the rows.
CREATE INDEX articles_arrived ON articles (arrived, state, known);

ALTER TABLE entries ADD COLUMN arrived BIGINT NOT NULL DEFAULT 0;
UPDATE entries SET arrived = (SELECT a.arrived FROM articles a WHERE a.n = entries.article);
CREATE INDEX entries_arrived ON entries (arrived);
-- Passes over what is not sure enough, or came in before, without reading its row.
DROP INDEX entries_kind;
CREATE INDEX entries_kind ON entries (kind, n, confidence, arrived);

-- When a link was first found. Links themselves are taken away and found again.
CREATE TABLE appeared (
  link TEXT PRIMARY KEY,
  at   BIGINT NOT NULL
);
CREATE INDEX appeared_at ON appeared (at);
INSERT INTO appeared (link, at)
  SELECT l.id, COALESCE((SELECT max(e.arrived) FROM entries e WHERE e.id = l.a OR e.id = l.b AND l.b <> ''), 0) FROM links l;
