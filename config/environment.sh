#!/bin/sh
# Make the virtual environment and install what FILE pins, by hash:
#     sh config/environment.sh requirements.txt
# Does nothing when that is what is installed. A copy of FILE inside says so.
set -eu

file=$1
python=.venv/bin/python
stamp=.venv/installed-$file

fail() {
  echo "$1" >&2
  exit 1
}

interpreter() {
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  fail "Python 3.11 or later is needed; install it, or name one in PYTHON."
}

install_uv() {
  awk '/^uv==/ { found = 1 } found { print } found && !/\\$/ { exit }' \
    requirements-dev.txt > .venv/uv.txt
  "$python" -m pip install -qq --disable-pip-version-check --require-hashes \
    --requirement .venv/uv.txt
}

with_uv() {
  # uv does not read pip's configuration.
  index=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || :)}
  if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}" ]; then
    export UV_DEFAULT_INDEX="$index"
  fi
  .venv/bin/uv pip install --quiet --python "$python" --require-hashes --requirement "$file"
}

with_pip() {
  "$python" -m pip install -qq --disable-pip-version-check --require-hashes \
    --requirement "$file"
}

if cmp -s "$file" "$stamp" && "$python" -c '' 2>/dev/null; then
  exit 0
fi

began=$(date +%s)
found=$(interpreter)
"$found" -m venv .venv || fail \
  "The virtual environment could not be made; on Debian, apt-get install python3-venv."
echo "virtual environment $(($(date +%s) - began)) s"

began=$(date +%s)
{ install_uv && with_uv; } || with_pip || fail \
  "The packages could not be installed; look above for the reason."
# The set for development contains the other.
case $file in
  requirements-dev.txt) cp requirements.txt .venv/installed-requirements.txt ;;
esac
cp "$file" "$stamp"
echo "packages            $(($(date +%s) - began)) s"
