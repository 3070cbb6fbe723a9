python := .venv/bin/python
lock := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate pyproject.toml
templates = $(shell find templates -name '*.html')

.PHONY: run test lint format bench lock environment

run:
	@RUN_BEGAN=$$(date +%s) && export RUN_BEGAN && sh config/environment.sh requirements.txt && exec $(python) -m config.up

test: environment
	@exec $(python) -m tests.run $(ARGS)

lint: environment
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	.venv/bin/lint-imports
	.venv/bin/djade --check --target-version 5.2 $(templates)
	$(python) -m djlint --lint --quiet templates
	SITE_URL=https://example.org BEHIND_PROXY=1 EMAIL_URL=memory:// PDF=0 \
		NUMBERS_CHECKED_ON=$$(date +%F) \
		$(python) manage.py check --deploy --fail-level WARNING
	$(python) manage.py makemigrations --check --dry-run

format: environment
	$(python) -m ruff check --fix-only --quiet .
	$(python) -m ruff format .
	.venv/bin/djade --target-version 5.2 $(templates)

bench: environment
	@exec $(python) -m bench $(CORPUS)

lock: environment
	$(lock) --output-file requirements.txt
	$(lock) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

environment:
	@sh config/environment.sh requirements-dev.txt
