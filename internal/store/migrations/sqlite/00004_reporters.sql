-- +goose Up
-- Who first reported what is asked for by name.
CREATE INDEX passages_label ON passages (label);
