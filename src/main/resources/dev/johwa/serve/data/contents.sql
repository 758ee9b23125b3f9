-- How much there is of what in a database, a row each: `name|number`. What extensions bring is left out, since that
-- changes with their versions, and so does what each major version counts beside.
set statement_timeout = 0;
set search_path = pg_catalog;
create temporary view relations as
    select c.oid, c.relkind, c.relispopulated, format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (select from pg_depend d
            where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e');

select format('select %L, count(*) from only %s', 'rows of ' || translate(name, E'\n\r', '  '), name)
    from relations where relkind in ('r', 'm') and relispopulated
\gexec
select format('select %L, last_value from %s', 'sequence ' || translate(name, E'\n\r', '  '), name)
    from relations where relkind = 'S'
\gexec
select 'relations of kind ' || relkind::text, count(*) from relations group by relkind;
select 'constraints of kind ' || contype::text, count(*) from pg_constraint
    where conrelid in (select oid from relations) and contype in ('c', 'f', 'p', 'u', 'x') group by contype;
select 'triggers', count(*) from pg_trigger where tgrelid in (select oid from relations) and not tgisinternal;
select 'functions', count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (select from pg_depend d
            where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e');
select 'extensions', count(*) from pg_extension;
select 'large objects', count(*) from pg_largeobject_metadata;
