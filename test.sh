#!/usr/bin/env bash
# All tests, on a fresh Debian too: installs what they need, builds, runs every test project, and ends with one line
# "N passed, N failed, N skipped". Arguments narrow the run: ./test.sh Inventory Cli
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

command -v dotnet >/dev/null || { echo "test.sh: the .NET 10 SDK is needed (dotnet is not on the PATH)." >&2; exit 3; }

# The tests hold the snapshot against the plain sqlite3 shell; without it those tests skip and say so.
needed=()
command -v sqlite3 >/dev/null || needed+=(sqlite3)
if [ ${#needed[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "test.sh: installing ${needed[*]} with apt-get"
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${needed[@]}" >/dev/null 2>&1 || echo "test.sh: could not install ${needed[*]}; what needs it will skip"
  else
    echo "test.sh: not installed and not root: ${needed[*]}; what needs it will skip"
  fi
fi

echo "test.sh: building"
if ! dotnet build Tazan.slnx -c Release -v quiet -nologo 2>&1; then
  echo "test.sh: the build failed" >&2
  exit 1
fi

# The command line as users start it, built once before the tests that start it.
./tazan version >/dev/null || exit 1

passed=0 failed=0 skipped=0 broken=0
for project in test/*.Tests/; do
  name=$(basename "$project")
  if [ $# -gt 0 ]; then
    wanted=0
    for part in "$@"; do case $name in *"$part"*) wanted=1 ;; esac; done
    [ $wanted = 1 ] || continue
  fi
  log=$(mktemp)
  dotnet exec "$project/bin/Release/net10.0/$name.dll" -noColor -noLogo 2>&1 | tee "$log" | grep -vE '^ +(Discover|Discovered|Starting)'
  status=${PIPESTATUS[0]}
  line=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
  rm -f "$log"
  if [ -z "$line" ]; then
    echo "test.sh: $name ended without a summary (exit code $status)"
    broken=$((broken + 1))
    continue
  fi
  read -r total errors fails skips <<<"$(sed -E 's/[^0-9]+/ /g' <<<"$line")"
  passed=$((passed + total - fails - skips))
  failed=$((failed + fails + errors))
  skipped=$((skipped + skips))
  if [ "$status" != 0 ] && [ $((fails + errors)) = 0 ]; then broken=$((broken + 1)); fi
done

echo
echo "$passed passed, $((failed + broken)) failed, $skipped skipped"
[ $((failed + broken)) = 0 ] && [ $passed -gt 0 ]
