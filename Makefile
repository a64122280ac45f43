# Aliases of ./ccproxy, which does the work.

.DEFAULT_GOAL := help
.PHONY: help install build dev run-proxy run-svelte test-proxy test-proxy-postgres-contract test-proxy-postgres \
	test-proxy-postgres-up test-proxy-postgres-down clean db-reset

help: ## List the targets
	@grep -hE '^[a-z][a-z -]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sed -E 's/^(.{31})([^\t]+)\t/\1\2\n\t/' | expand -t 32

install build: ## Build what is missing or out of date
	@./ccproxy build

dev run-proxy: ## Build if needed and run the proxy with its dashboard
	@./ccproxy

run-svelte: ## The dashboard needs no server of its own
	@echo "The proxy serves the dashboard itself: ./ccproxy, then http://127.0.0.1:5174"

test-proxy: ## Install what the tests need and run them all
	@./ccproxy test

test-proxy-postgres-contract test-proxy-postgres test-proxy-postgres-up test-proxy-postgres-down: ## PostgreSQL: not in this version
	@echo "PostgreSQL is not supported by this version." >&2; exit 2

clean: ## Remove everything that was built
	@rm -rf target

db-reset: ## Remove the database with all that was recorded; stop the proxy first
	@database="$$(./ccproxy check-config --get storage.db_path)" && \
		rm -f "$$database" "$$database-wal" "$$database-shm" && echo "removed $$database"
