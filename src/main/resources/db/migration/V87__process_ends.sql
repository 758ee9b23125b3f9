-- How often the processes of releases ended by themselves, and how the last time. An end counts once, whoever sees it.
create table process_ends (
    project text not null,
    app text not null,
    environment text not null,
    release integer not null,
    process text not null,
    times integer not null,
    last_instance text not null,
    last_at bigint not null,
    last_exit text not null,
    primary key (project, app, environment, release, process)
);
