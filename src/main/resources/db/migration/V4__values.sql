create table app_values (
    project text not null,
    app text not null,
    environment text not null,
    name text not null,
    value text not null,
    primary key (project, app, environment, name)
);

-- Every version of every secret: a rollback may ask for those of then. Values are encrypted; an empty one is a removal.
create table app_secrets (
    project text not null,
    app text not null,
    environment text not null,
    name text not null,
    version bigint not null,
    sealed text not null,
    created_at bigint not null,
    primary key (project, app, environment, name, version)
);
