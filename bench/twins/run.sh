#!/bin/sh
# Times training and forecasts of the whole twin and prints a Markdown table.
set -eu
cd "$(dirname "$0")/../.."
dotnet run -c Release --project bench/twins
