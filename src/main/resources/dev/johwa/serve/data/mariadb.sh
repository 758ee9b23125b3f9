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

case $1 in
answers) ask -e 'select 1' "$name" ;;
dump)
    exec "$(program mariadb-dump mysqldump)" -u "$user" --single-transaction --quick --hex-blob --routines \
        --events --no-tablespaces "$name"
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
