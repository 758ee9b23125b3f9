-- What people are told to wait for, or to come back to: requests that wait for the end of a pause, or get a page while
-- somebody works there. At most one of them an app and environment.
create table closures (
    project text not null,
    app text not null,
    environment text not null,
    kind text not null,
    since bigint not null,
    until_at bigint not null,
    closed_by text not null,
    words text not null,
    team text not null,
    primary key (project, app, environment)
);
