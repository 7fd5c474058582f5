#!/usr/bin/env bash
# Plans 2027 for an invented snack chain and judges its first quarter: demo.sh BUILD [FOLDER].
# BUILD is a build folder with the program campaign and the example snack_chain in it.
set -euo pipefail
build=$1
folder=${2:-$build/snack_chain}
here=$(dirname "${BASH_SOURCE[0]}")
export PATH="$build/src/cli:$build/docs/examples:$PATH"

title() { printf '\n== %s\n\n' "$*"; }

mkdir -p "$folder"
title "1. Orders of a chain of 120 shops, 2025 and 2026, and its first quarter of 2027"
snack_chain "$folder" 2027

title "2. The big nodes of 2027"
campaign calendar --year 2027 --tier big --lang en --format table

title "3. Its customers"
campaign tier "$folder/orders.csv" --currency CNY --dormant-after-days 180 --lang en --output "$folder/tiers"

title "4. The plan for 2027"
campaign plan "$here/snack_chain_request.json" --orders "$folder/orders.csv" --lang en --output "$folder/plan"

title "5. The first quarter against the plan"
found=0
campaign evaluate "$folder/plan/plan.json" --orders "$folder/q1_orders.csv" --daily "$folder/q1_daily.csv" \
    --spend "$folder/q1_spend.csv" --as-of 2027-03-31 --lang en --output "$folder/evaluation" || found=$?
[ "$found" = 1 ] || exit 4 # 1 means that alerts were raised, and there must be some

title "6. The same year as \"last year + 10 %\" in a spreadsheet, both judged by a 2027 that was held back"
spreadsheet "$folder/orders.csv" "$folder/plan/plan.json" "$folder/held_back.csv"

title "Where it all lies"
printf '%s\n' "$folder/plan/plan.json" "$folder"/plan/*.csv "$folder"/tiers/*.csv "$folder"/evaluation/*.csv
