# What can be done here. `make demo` and `make test` are all a newcomer needs.
GO     := go
TAGS   := -tags duckdb_arrow
STYLE  := publish/portal/assets/dist/portal.css

.PHONY: help demo build test accept check bench model evaluate peers screenshots clean

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: build ## build, run the whole of it on made-up bodies, and serve the portal
	./commonspend demo

build: $(STYLE) ## leave ./commonspend
	@scripts/need gcc
	$(GO) build $(TAGS) -trimpath -ldflags "-X main.built=$$(git rev-parse --short=12 HEAD 2>/dev/null)" -o commonspend .

$(STYLE): $(wildcard publish/portal/assets/package*.json publish/portal/assets/*.scss publish/portal/assets/*.mjs)
	@scripts/need npm
	cd publish/portal/assets && npm ci --no-audit --no-fund && npm run --silent build

test: build ## install what the tests need, run them all, name what was skipped
	scripts/test

accept: build ## the same, and fail on anything skipped
	scripts/test --no-skips

check: build ## gofmt, vet, staticcheck, known vulnerabilities, who imports whom
	scripts/check

screenshots: build ## leave a picture of every page, wide and narrow, in ./screenshots
	@scripts/need chromium
	scripts/screenshots

bench: build ## measure, beside the peers, and write BENCHMARKS.md
	scripts/bench

model: ## learn the category model from the labelled lines in ../shared
	$(GO) run ./normalize/category/train ../shared/data/gold/train_lines.csv normalize/category

evaluate: ## measure judgements against labelled lines, and write EVALUATION.md
	$(GO) run $(TAGS) ./evaluate

peers: ## measure suppliers by the million, ours and Splink's
	@scripts/peers
	$(GO) run $(TAGS) ./evaluate suppliers-large

clean: ## remove what was built
	rm -rf commonspend publish/portal/assets/dist publish/portal/assets/node_modules bench/tools bench/out
