-- Databases of apps: what is to be is written before it is made, and goes when nothing of it is left. A server is a
-- kind and its major version; without one the address was given.
create table app_databases (
    project text not null,
    app text not null,
    environment text not null,
    variable text not null,
    kind text not null,
    server text not null,
    name text not null,
    state text not null,
    created_at bigint not null,
    primary key (project, app, environment, variable)
);
