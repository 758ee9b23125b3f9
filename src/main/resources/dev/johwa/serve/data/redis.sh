password=$(value REDIS_PASSWORD VALKEY_PASSWORD)
if [ -z "$password" ]; then
    # `command: redis-server --requirepass …`
    password=$(tr '\0' '\n' </proc/1/cmdline | sed -n '/^--requirepass$/{n;p;}')
fi
if [ -n "$password" ]; then
    export REDISCLI_AUTH="$password"
fi
client=$(program valkey-cli redis-cli keydb-cli)

ask() {
    "$client" --no-auth-warning "$@"
}

setting() {
    ask CONFIG GET "$1" | tail -n +2
}

case $1 in
answers) ask PING | sed -n 's/PONG/1/p' ;;
dump)
    file=$(setting dir)/johwa-dump.rdb
    # Else it waits some seconds for further readers.
    delay=$(setting repl-diskless-sync-delay)
    trap 'rm -f "$file"; ask CONFIG SET repl-diskless-sync-delay "${delay:-5}" >&2' EXIT
    ask CONFIG SET repl-diskless-sync-delay 0 >&2
    ask --rdb "$file" >&2
    cat "$file"
    ;;
fill)
    said=$(ask)
    if printf '%s\n' "$said" | grep -E '^(ERR|WRONGTYPE|NOAUTH|NOPERM|OOM) ' >&2; then
        exit 1
    fi
    ;;
run) run ;;
tidy) ;;
restore)
    # It is written where the server looks when it starts; then the server is ended, and started by the platform.
    place=$(setting dir)
    file=$place/johwa-restore.rdb
    log=$(setting appendonly)
    logs=$(setting appenddirname)
    begin=$(setting appendfilename)
    snapshot=$place/$(setting dbfilename)
    trap 'rm -f "$file"' EXIT
    cat >"$file"
    "$(program valkey-check-rdb redis-check-rdb)" "$file" >&2
    ask CONFIG SET save '' >&2
    ask CONFIG SET appendonly no >&2
    if [ "$log" != yes ]; then
        mv "$file" "$snapshot"
    elif [ -n "$logs" ]; then
        rm -rf "${place:?}/$logs"
        mkdir "$place/$logs"
        mv "$file" "$place/$logs/$begin.1.base.rdb"
        printf 'file %s.1.base.rdb seq 1 type b\n' "$begin" >"$place/$logs/$begin.manifest"
    else
        mv "$file" "$place/$begin"
    fi
    chown -R "$(stat -c %u:%g "$place")" "$place" || true
    ;;
end) ask SHUTDOWN NOSAVE ;;
client)
    shift
    exec "$client" "$@"
    ;;
esac
