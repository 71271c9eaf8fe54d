-- +goose Up
-- Counts what came in without reading the rows; undated articles have no day among those of the others.
DROP INDEX articles_arrived;
CREATE INDEX articles_arrived ON articles (arrived, state, undated, known);
