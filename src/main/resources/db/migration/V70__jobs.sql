-- Up to which moment the times of a job are done with, by which line and time zone.
create table job_times (
    project text not null,
    app text not null,
    environment text not null,
    job text not null,
    line text not null,
    handled_at bigint not null,
    primary key (project, app, environment, job)
);

-- Runs of jobs, also those that were left out. `id` is that of their instance, `handle` where it is found once started.
create table job_runs (
    project text not null,
    app text not null,
    environment text not null,
    job text not null,
    number integer not null,
    id text not null,
    handle text not null,
    release integer not null,
    planned_at bigint not null,
    started_at bigint not null,
    ended_at bigint not null,
    state text not null,
    exit text not null,
    by_name text not null,
    times integer not null,
    primary key (project, app, environment, job, number)
);
create index job_runs_state on job_runs (state);
