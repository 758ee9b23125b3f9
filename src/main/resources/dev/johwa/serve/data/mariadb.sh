name=$(value MYSQL_DATABASE MARIADB_DATABASE)
user=root
MYSQL_PWD=$(value MYSQL_ROOT_PASSWORD MARIADB_ROOT_PASSWORD)
if [ -z "$MYSQL_PWD" ] && [ -n "$(value MYSQL_USER MARIADB_USER)" ]; then
    user=$(value MYSQL_USER MARIADB_USER)
    MYSQL_PWD=$(value MYSQL_PASSWORD MARIADB_PASSWORD)
fi
export MYSQL_PWD
if [ -z "$name" ]; then
    echo 'MYSQL_DATABASE names no database' >&2
    exit 2
fi
fresh=${name}_johwa_new
client=$(program mariadb mysql)

ask() {
    "$client" -u "$user" -N -B "$@"
}

# Views of what is gone, each of which would stop a dump: their comment says so. Who asks for rows has them opened.
broken() {
    ask -r -e "select table_name from information_schema.tables where table_schema = database()
        and table_type = 'VIEW' and table_rows is null and table_comment <> 'VIEW'" "$name"
}

case $1 in
answers) ask -e 'select 1' "$name" ;;
broken) broken ;;
dump)
    dump=$(program mariadb-dump mysqldump)
    broken | {
        set --
        while IFS= read -r view; do
            set -- "$@" "--ignore-table=$name.$view"
        done
        exec "$dump" -u "$user" --single-transaction --quick --hex-blob --routines --events --no-tablespaces "$@" \
            "$name"
    }
    ;;
fill) ask "$name" >/dev/null ;;
run) run ;;
tidy) ;;
restore)
    # Databases cannot change their names: a dump proves itself in a copy, then it is loaded once more.
    dump=$(ask -e 'select @@datadir')johwa-restore.sql
    trap 'rm -f "$dump"; [ "$user" != root ] || ask -e "drop database if exists \`$fresh\`"' EXIT
    cat >"$dump"
    if [ "$user" = root ]; then
        ask -e "drop database if exists \`$fresh\`; create database \`$fresh\`"
        ask "$fresh" <"$dump"
    fi
    ask -e "drop database if exists \`$name\`; create database \`$name\`"
    ask "$name" <"$dump"
    ;;
client)
    shift
    exec "$client" -u "$user" "$name" "$@"
    ;;
esac
