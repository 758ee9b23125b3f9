PGUSER=$(value POSTGRES_USER POSTGRESQL_USERNAME)
PGUSER=${PGUSER:-postgres}
name=$(value POSTGRES_DB POSTGRESQL_DATABASE)
name=${name:-$PGUSER}
PGPASSWORD=$(value POSTGRES_PASSWORD POSTGRESQL_PASSWORD)
PGDATABASE=$name
export PGUSER PGPASSWORD PGDATABASE PGCONNECT_TIMEOUT=10
fresh=${name}_johwa_new
old=${name}_johwa_old

# Statements from standard input, beside the database that they are about.
ask() {
    psql -X -q -o /dev/null -d template1 -v ON_ERROR_STOP=1 -v name="$name" -v fresh="$fresh" -v old="$old" -f -
}

tidy() {
    ask <<'SQL'
select 'alter database ' || quote_ident(:'name') || ' allow_connections true' from pg_database
    where datname = :'name' and not datallowconn \gexec
select pg_terminate_backend(pid) from pg_stat_activity where datname in (:'fresh', :'old');
drop database if exists :"fresh";
drop database if exists :"old";
SQL
}

# Two databases change their names in one transaction; nobody may be connected to them then.
become() {
    ask <<'SQL'
alter database :"name" allow_connections false;
select pg_terminate_backend(pid) from pg_stat_activity where datname in (:'name', :'fresh');
begin;
alter database :"name" rename to :"old";
alter database :"fresh" rename to :"name";
commit;
SQL
}

case $1 in
answers) psql -X -q -A -t -c 'select 1' ;;
dump) exec pg_dump --format=custom ;;
fill) exec psql -X -q -o /dev/null --single-transaction -v ON_ERROR_STOP=1 -f - ;;
run) run ;;
tidy) tidy ;;
restore)
    tidy
    trap tidy EXIT
    ask <<'SQL'
create database :"fresh" template template0;
SQL
    pg_restore --exit-on-error -d "$fresh"
    become
    ;;
client)
    shift
    exec psql "$@"
    ;;
esac
