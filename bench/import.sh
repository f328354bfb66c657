#!/usr/bin/env bash
# Importing and checking at size, beside peers, in one run: prints the table of bench/README.md.
#   bench/import.sh [INSTANCES] [RUNS]        default 100000 instances, 5 runs; medians
# Needs: the .NET 10 SDK, g++, libsimdjson-dev, python3, time; and the reference workload beside the project
# (../shared/bench/import, or TAZAN_SHARED) for the generator and the C++ reference.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
count=${1:-100000} runs=${2:-5}
reference=${TAZAN_SHARED:-../shared}/bench/import
[ -d "$reference" ] || { echo "bench/import.sh: $reference is not there; set TAZAN_SHARED." >&2; exit 3; }
work=.build/bench
mkdir -p "$work"
[ -x "$work/gen" ] || g++ -O3 "$reference/gen_instances.cpp" -o "$work/gen"
[ -x "$work/simdjson" ] || g++ -O3 -march=native "$reference/simdjson_ref.cpp" -o "$work/simdjson" -lsimdjson
data=$work/$count.json
[ -f "$data" ] || "$work/gen" "$count" compact > "$data"
dotnet build bench/Tazan.Bench.Import -c Release -v quiet -nologo >/dev/null
./tazan version >/dev/null

# name, then a command: one line of wall, CPU and peak for a run.
once() {
  /usr/bin/time -f '%e %U %S %M' -o "$work/time" "${@:2}" >/dev/null 2>"$work/err" || { echo "bench/import.sh: $1 failed:" >&2; tail -n 3 "$work/err" >&2; }
  read -r wall user sys peak < <(tail -n 1 "$work/time")
  echo "$1 $wall $(awk "BEGIN { print $user + $sys }") $((peak / 1024))" >> "$work/rows"
}

rm -f "$work/rows"
for _ in $(seq "$runs"); do
  once simdjson-columns "$work/simdjson" "$data" columns
  once tazan-read-columns dotnet exec bench/Tazan.Bench.Import/bin/Release/net10.0/Tazan.Bench.Import.dll read "$data"
  once python-json.load python3 -c "import json,sys; json.load(open(sys.argv[1]))" "$data"
  once tazan-import ./tazan import "$data" -o "$work/fleet.db" -q
  once tazan-check ./tazan check "$work/fleet.db" -o json
done
once tazan-help ./tazan --help
for _ in $(seq "$runs"); do once tazan-help ./tazan --help; done

python3 - "$work/rows" <<'P'
import statistics, sys
rows = {}
for line in open(sys.argv[1]):
    name, *figures = line.split()
    rows.setdefault(name, []).append([float(f) for f in figures])
print('| what | wall s | CPU s | peak MiB |\n| --- | --- | --- | --- |')
for name, runs in rows.items():
    print('| %s | %.2f | %.2f | %.0f |' % (name, *(statistics.median(r[i] for r in runs) for i in range(3))))
def ratio(a, b, i):
    return statistics.median(x[i] / y[i] for x, y in zip(rows[a], rows[b]))
print('\nreading, CPU, against the C++ reference: %.2f' % ratio('tazan-read-columns', 'simdjson-columns', 1))
print('import end to end, wall: %.1f times as fast as python json.load' % ratio('python-json.load', 'tazan-import', 0))
P
