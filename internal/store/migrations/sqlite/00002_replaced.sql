-- +goose Up
-- What articles say they take the place of, by the name that its publisher gives it. Articles of before say it of nothing.
CREATE TABLE replaced (
  article INTEGER NOT NULL REFERENCES articles (n),
  guid    TEXT NOT NULL
);
CREATE INDEX replaced_guid ON replaced (guid);
