# Everything the project checks, and how to run it. `make test` is what CI runs.
SHARED ?= ../shared
LINT   := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: test check lint race fuzz acceptance eval bench cross build

build:
	go build -buildvcs=auto -o bin/parley ./cmd/parley

test: check lint race acceptance web-check web-test ## everything; the race tests run the fuzz seeds too

check:
	test -z "$$(gofmt -l .)" || { gofmt -l .; echo "gofmt -w the files above"; exit 1; }
	go vet ./...
	go mod verify

lint:
	$(LINT) run ./...

race:
	CGO_ENABLED=1 go test -race ./...

# Looks for new failures, some seconds for each fuzz target; not part of test, which must give the same answer twice.
fuzz:
	./testdata/fuzz.sh 5s

acceptance: build
	./testdata/acceptance.sh $(SHARED)

eval: build
	bin/parley eval --data $(SHARED)/data --floors bench/floors.json

bench:
	go test -run '^$$' -bench . -benchmem ./...

cross:
	for os in linux darwin windows; do for arch in amd64 arm64; do \
	  echo $$os/$$arch; CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build -o /dev/null ./cmd/parley || exit 1; done; done

.PHONY: web web-check web-test demo

web: web/node_modules ## the pages, into web/dist, which the program is then built with
	cd web && npm run build

web/node_modules: web/package-lock.json
	cd web && npm ci --no-audit --no-fund && touch node_modules

web-check: web/node_modules ## types, made from the API as the program describes it, and unit tests of the pages
	cd web && npm run check && npm run unit

web-test: web ## the pages in Chromium, over the real program and the example crisis; screenshots in web/shots
	$(MAKE) build # again, where it was built without them
	cd web && npm test

.PHONY: web-big

# make web-big BIG=10000: how quick the pages are over so many made-up articles, made in out/ the first time (two minutes for 100,000).
BIG ?= 100000
web-big: web
	$(MAKE) build
	mkdir -p out
	go test ./internal/store -run '^TestMakeArchive$$' -count 1 -timeout 60m -docs $(BIG) -archive $(CURDIR)/out/varied-$(BIG).parley
	cd web && PARLEY_BIG=$(CURDIR)/out/varied-$(BIG).parley node --test tests/big.test.mjs

# The example crisis, read into an archive of its own and served: make demo LISTEN=127.0.0.1:9000 for another port.
LISTEN ?= 127.0.0.1:8787
demo: web
	$(MAKE) build
	mkdir -p out
	test -f out/crisis.parley || bin/parley ingest out/crisis.parley testdata/crisis
	bin/parley serve out/crisis.parley --listen $(LISTEN) --ceasefire testdata/crisis/ceasefire.yaml \
	  --table testdata/crisis/violations.csv --map testdata/crisis/violations.map.yaml

.PHONY: release

# make release VERSION=v1.0.0: programs for all platforms, checksums and bills of materials, in out/release.
release: web
	./deploy/release.sh $(VERSION)
