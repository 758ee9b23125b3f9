# Runs in the container of a database; $1 says what to do there. Dumps and statements pass by input and output.
set -eu

# The first of these variables that is set, or the text of the file that NAME_FILE names.
value() {
    for name; do
        eval "text=\${$name:-} file=\${${name}_FILE:-}"
        [ -n "$text" ] || [ -z "$file" ] || text=$(cat "$file")
        if [ -n "$text" ]; then
            printf %s "$text"
            return
        fi
    done
}

# The first of these programs that is there.
program() {
    for name; do
        if command -v "$name"; then
            return
        fi
    done
    echo "the image has no $1" >&2
    return 127
}

# A program of the repository, from standard input.
run() {
    place=${TMPDIR:-/tmp}/johwa-fixture-$$
    trap 'rm -f "$place"' EXIT
    cat >"$place"
    chmod 700 "$place"
    "$place"
}

