-- Databases on their way from a server of one major version to one of another, and what was left of them on the old one.
create table data_upgrades (
    project text not null,
    app text not null,
    environment text not null,
    variable text not null,
    name text not null,
    from_server text not null,
    to_server text not null,
    step text not null,
    changed_at bigint not null,
    primary key (project, app, environment, variable)
);
