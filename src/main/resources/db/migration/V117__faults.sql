-- Faults on purpose that are on: written before they are done, gone when they are undone.
create table faults (
    id text primary key,
    project text not null,
    app text not null,
    environment text not null,
    release bigint not null,
    kind text not null,
    words text not null,
    instances text not null,
    file text not null,
    by_name text not null,
    begun_at bigint not null,
    ends_at bigint not null
);

-- Experiments that were played, with the release that they were played on.
create table experiments (
    id text primary key,
    project text not null,
    app text not null,
    environment text not null,
    release bigint not null,
    title text not null,
    file text not null,
    by_name text not null,
    status text not null,
    deviated boolean not null,
    steady boolean not null,
    started_at bigint not null,
    ended_at bigint not null,
    journal text not null
);

create index experiments_of_app on experiments (project, app, environment, started_at);
