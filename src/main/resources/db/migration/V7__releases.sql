create table releases (
    project text not null,
    app text not null,
    number integer not null,
    environment text not null,
    layer text not null,
    branch text not null,
    commit_id text not null,
    run integer not null,
    artifact text not null,
    detection text not null,
    settings text not null,
    secrets_version bigint not null,
    tests integer not null,
    by_name text not null,
    state text not null,
    command_ran boolean not null,
    reason text not null,
    created_at bigint not null,
    was_live boolean not null,
    primary key (project, app, number)
);
create index releases_environment on releases (project, app, environment, number);

-- Where an app lives: which release serves (0: none), whether it sleeps, how long a new release is watched before the
-- switch, and until when the release before stays warm.
create table app_environments (
    project text not null,
    app text not null,
    environment text not null,
    current integer not null,
    sleeping boolean not null,
    settle_millis bigint not null,
    primary key (project, app, environment)
);

create table app_scales (
    project text not null,
    app text not null,
    environment text not null,
    process text not null,
    instances integer not null,
    primary key (project, app, environment, process)
);

create table instances (
    id text primary key,
    project text not null,
    app text not null,
    environment text not null,
    release integer not null,
    process text not null,
    target text not null,
    handle text not null,
    address text not null,
    started_at bigint not null,
    stop_at bigint not null
);
create index instances_release on instances (project, app, environment, release);
