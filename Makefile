# One word a chore; CI calls the same commands.
.PHONY: help build test bench check-scenarios

help: ## what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST)

build: ## compile everything
	dotnet build -c Release

test: ## every test
	dotnet test -c Release

bench: ## speed against R and against PyTorch, as ratios from one run
	bench/statistics/run.sh
	bench/gnn/run.sh

check-scenarios: build ## validate every shipped scenario
	@for f in scenarios/*.yaml; do dotnet run -c Release --no-build --project scenarios -- validate $$f || exit 1; done
