-- What the migrations make; written by go test -run Schema -update.
-- appeared.link text NOT NULL
-- appeared.at bigint NOT NULL
ALTER TABLE appeared ADD PRIMARY KEY (link);
CREATE INDEX appeared_at ON appeared USING btree (at);
CREATE UNIQUE INDEX appeared_pkey ON appeared USING btree (link);
-- articles.n bigint NOT NULL
-- articles.id text NOT NULL
-- articles.known bigint NOT NULL
-- articles.title text NOT NULL
-- articles.publisher text NOT NULL
-- articles.url text NOT NULL
-- articles.guid text NOT NULL
-- articles.text_hash text NOT NULL
-- articles.raw_hash text NOT NULL
-- articles.body text NOT NULL
-- articles.state text NOT NULL
-- articles.state_reason text NOT NULL
-- articles.state_at bigint
-- articles.superseded_by text
-- articles.reading bigint NOT NULL
-- articles.arrived bigint NOT NULL
-- articles.undated boolean NOT NULL
ALTER TABLE articles ADD CHECK ((state = ANY (ARRAY['current'::text, 'superseded'::text, 'withdrawn'::text, 'erased'::text])));
ALTER TABLE articles ADD PRIMARY KEY (n);
ALTER TABLE articles ADD UNIQUE (id);
CREATE INDEX articles_arrived ON articles USING btree (arrived, state, undated, known);
CREATE INDEX articles_guid ON articles USING hash (guid) WHERE (guid <> ''::text);
CREATE INDEX articles_publisher ON articles USING hash (publisher);
CREATE INDEX articles_raw_hash ON articles USING btree (raw_hash);
CREATE INDEX articles_state ON articles USING btree (state) WHERE (state <> 'current'::text);
CREATE INDEX articles_text_hash ON articles USING btree (text_hash);
CREATE INDEX articles_url ON articles USING hash (url);
CREATE UNIQUE INDEX articles_id_key ON articles USING btree (id);
CREATE UNIQUE INDEX articles_pkey ON articles USING btree (n);
-- articles_words.n bigint NOT NULL
-- articles_words.words text NOT NULL
-- articles_words.found tsvector NOT NULL
ALTER TABLE articles_words ADD PRIMARY KEY (n);
CREATE INDEX articles_words_gin ON articles_words USING gin (found);
CREATE UNIQUE INDEX articles_words_pkey ON articles_words USING btree (n);
-- blobs.hash text NOT NULL
-- blobs.size bigint NOT NULL
-- blobs.data bytea NOT NULL
ALTER TABLE blobs ADD PRIMARY KEY (hash);
CREATE UNIQUE INDEX blobs_pkey ON blobs USING btree (hash);
-- entries.n bigint NOT NULL
-- entries.id text NOT NULL
-- entries.kind text NOT NULL
-- entries.article bigint NOT NULL
-- entries.start bigint NOT NULL
-- entries.finish bigint NOT NULL
-- entries.label text NOT NULL
-- entries.status text NOT NULL
-- entries.confidence double precision NOT NULL
-- entries.reading bigint NOT NULL
-- entries.item bytea NOT NULL
-- entries.arrived bigint NOT NULL
ALTER TABLE entries ADD FOREIGN KEY (article) REFERENCES articles(n);
ALTER TABLE entries ADD PRIMARY KEY (n);
ALTER TABLE entries ADD UNIQUE (id);
CREATE INDEX entries_arrived ON entries USING btree (arrived);
CREATE INDEX entries_article ON entries USING btree (article);
CREATE INDEX entries_kind ON entries USING btree (kind, n, confidence, arrived);
CREATE INDEX entries_label ON entries USING btree (kind, label, n);
CREATE INDEX entries_status ON entries USING btree (kind, status, n) WHERE (status <> ''::text);
CREATE UNIQUE INDEX entries_id_key ON entries USING btree (id);
CREATE UNIQUE INDEX entries_pkey ON entries USING btree (n);
-- entries_words.n bigint NOT NULL
-- entries_words.words text NOT NULL
-- entries_words.found tsvector NOT NULL
ALTER TABLE entries_words ADD PRIMARY KEY (n);
CREATE INDEX entries_words_gin ON entries_words USING gin (found);
CREATE UNIQUE INDEX entries_words_pkey ON entries_words USING btree (n);
-- entry_actors.actor bigint NOT NULL
-- entry_actors.entry bigint NOT NULL
-- entry_actors.role bigint NOT NULL
ALTER TABLE entry_actors ADD FOREIGN KEY (actor) REFERENCES entries(n);
ALTER TABLE entry_actors ADD FOREIGN KEY (entry) REFERENCES entries(n);
ALTER TABLE entry_actors ADD PRIMARY KEY (actor, entry, role);
CREATE INDEX entry_actors_entry ON entry_actors USING btree (entry);
CREATE UNIQUE INDEX entry_actors_pkey ON entry_actors USING btree (actor, entry, role);
-- identities.n bigint NOT NULL
-- identities.id text NOT NULL
-- identities.members bigint NOT NULL
-- identities.body text NOT NULL
-- identities.check_sum bigint NOT NULL
ALTER TABLE identities ADD PRIMARY KEY (n);
ALTER TABLE identities ADD UNIQUE (id);
CREATE INDEX identities_members ON identities USING btree (members, id);
CREATE UNIQUE INDEX identities_id_key ON identities USING btree (id);
CREATE UNIQUE INDEX identities_pkey ON identities USING btree (n);
-- identities_words.n bigint NOT NULL
-- identities_words.words text NOT NULL
-- identities_words.found tsvector NOT NULL
ALTER TABLE identities_words ADD PRIMARY KEY (n);
CREATE INDEX identities_words_gin ON identities_words USING gin (found);
CREATE UNIQUE INDEX identities_words_pkey ON identities_words USING btree (n);
-- judgements.seq bigint NOT NULL
-- judgements.at bigint NOT NULL
-- judgements.who text NOT NULL
-- judgements.verb text NOT NULL
-- judgements.subject text NOT NULL
-- judgements.object text NOT NULL
-- judgements.value text NOT NULL
-- judgements.why text NOT NULL
-- judgements.evidence text NOT NULL
-- judgements.prev text NOT NULL
-- judgements.hash text NOT NULL
ALTER TABLE judgements ADD PRIMARY KEY (seq);
CREATE INDEX judgements_object ON judgements USING btree (object) WHERE (object <> ''::text);
CREATE INDEX judgements_subject ON judgements USING btree (subject);
CREATE INDEX judgements_verb ON judgements USING btree (verb);
CREATE UNIQUE INDEX judgements_pkey ON judgements USING btree (seq);
-- links.id text NOT NULL
-- links.kind text NOT NULL
-- links.type text NOT NULL
-- links.a text NOT NULL
-- links.b text NOT NULL
-- links.reason text NOT NULL
-- links.confidence double precision NOT NULL
-- links.known bigint NOT NULL
-- links.check_sum bigint NOT NULL
ALTER TABLE links ADD PRIMARY KEY (id);
CREATE INDEX links_a ON links USING btree (a);
CREATE INDEX links_b ON links USING btree (b) WHERE (b <> ''::text);
CREATE INDEX links_kind ON links USING btree (kind, known, id);
CREATE INDEX links_known ON links USING btree (known, id);
CREATE UNIQUE INDEX links_pkey ON links USING btree (id);
-- meanings.article bigint NOT NULL
-- meanings.reading bigint NOT NULL
-- meanings.model text NOT NULL
-- meanings.sentences bytea NOT NULL
-- meanings.check_sum bigint NOT NULL
ALTER TABLE meanings ADD FOREIGN KEY (article) REFERENCES articles(n);
ALTER TABLE meanings ADD PRIMARY KEY (article);
CREATE UNIQUE INDEX meanings_pkey ON meanings USING btree (article);
-- memberships.actor bigint NOT NULL
-- memberships.identity bigint NOT NULL
-- memberships.reason text NOT NULL
-- memberships.score double precision NOT NULL
-- memberships.check_sum bigint NOT NULL
ALTER TABLE memberships ADD FOREIGN KEY (actor) REFERENCES entries(n);
ALTER TABLE memberships ADD FOREIGN KEY (identity) REFERENCES identities(n);
ALTER TABLE memberships ADD PRIMARY KEY (actor);
CREATE INDEX memberships_identity ON memberships USING btree (identity);
CREATE UNIQUE INDEX memberships_pkey ON memberships USING btree (actor);
-- meta.key text NOT NULL
-- meta.value text NOT NULL
ALTER TABLE meta ADD PRIMARY KEY (key);
CREATE UNIQUE INDEX meta_pkey ON meta USING btree (key);
-- passages.article bigint NOT NULL
-- passages.start bigint NOT NULL
-- passages.finish bigint NOT NULL
-- passages.origin text NOT NULL
-- passages.label text NOT NULL
-- passages.basis text NOT NULL
-- passages.other text NOT NULL
-- passages.share double precision NOT NULL
-- passages.reason text NOT NULL
-- passages.check_sum bigint NOT NULL
ALTER TABLE passages ADD FOREIGN KEY (article) REFERENCES articles(n);
CREATE INDEX passages_article ON passages USING btree (article);
CREATE INDEX passages_label ON passages USING hash (label);
CREATE INDEX passages_origin ON passages USING btree (origin);
-- readings.article bigint NOT NULL
-- readings.number bigint NOT NULL
-- readings.model text NOT NULL
-- readings.rules text NOT NULL
-- readings.hash text NOT NULL
-- readings.record bytea NOT NULL
ALTER TABLE readings ADD FOREIGN KEY (article) REFERENCES articles(n);
ALTER TABLE readings ADD PRIMARY KEY (article, number);
CREATE UNIQUE INDEX readings_pkey ON readings USING btree (article, number);
-- replaced.article bigint NOT NULL
-- replaced.guid text NOT NULL
ALTER TABLE replaced ADD FOREIGN KEY (article) REFERENCES articles(n);
CREATE INDEX replaced_guid ON replaced USING hash (guid);
-- versions.id integer NOT NULL
-- versions.version_id bigint NOT NULL
-- versions.is_applied boolean NOT NULL
-- versions.tstamp timestamp without time zone NOT NULL
ALTER TABLE versions ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX versions_pkey ON versions USING btree (id);
