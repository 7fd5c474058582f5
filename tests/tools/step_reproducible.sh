#!/usr/bin/env bash
# Two builds in two folders of different names give the same bytes.
set -euo pipefail
. "$(dirname "$0")/common.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for copy in one "another place"; do
    mkdir -p "$folder/$copy"
    (cd "$top" && git ls-files -z --cached --others --exclude-standard | xargs -0 tar -c) | tar -x -C "$folder/$copy"
    meson setup "$folder/$copy/build" "$folder/$copy" -Dtests=disabled >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
    ninja -C "$folder/$copy/build" >"$folder/log" 2>&1 || { tail -n 40 "$folder/log"; exit 1; }
done
status=0
while IFS= read -r library; do
    name=$(basename "$library")
    cmp "$library" "$folder/another place/build/src/$name" || status=1
    sha256sum "$library" | sed "s|$folder/||"
done < <(find "$folder/one/build/src" -maxdepth 1 -type f \( -name '*.so.*' -o -name 'libcampaign*.a' \) ! -name '*internal*')
exit "$status"
