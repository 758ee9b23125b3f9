-- What hosts elsewhere are told of runs and releases: the newest state of each, until they took it.
create table host_reports (
    project text not null,
    name text not null,
    body text not null,
    id text not null,
    version bigint not null,
    waits boolean not null,
    next_at bigint not null,
    made_at bigint not null,
    primary key (project, name)
);
create index host_reports_waiting on host_reports (waits, next_at);
