-- +goose Up
-- What the sentences of the newest reading of an article mean, packed (meanings.go), by the version of the model that read
-- it. A later reading's take the place of an earlier one's: they serve to search, and can be made again from the text.
CREATE TABLE meanings (
  article   INTEGER PRIMARY KEY REFERENCES articles (n),
  reading   INTEGER NOT NULL,
  model     TEXT NOT NULL,
  sentences BLOB NOT NULL,
  check_sum INTEGER NOT NULL
);
