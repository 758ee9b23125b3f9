-- Deployments that have begun and not ended: a later control plane concludes them.
create table open_deployments (
    project text not null,
    app text not null,
    environment text not null,
    release integer not null,
    kind text not null,
    by_name text not null,
    before integer not null,
    secrets_before bigint not null,
    secrets_version bigint not null,
    started_at bigint not null,
    primary key (project, app, environment)
);

-- Which secrets an instance was given, and which those of a release get that start again by themselves.
alter table instances add column secrets_version bigint not null default 0;
alter table app_environments add column secrets_version bigint not null default 0;
update app_environments set secrets_version = coalesce((select max(r.secrets_version) from releases r
    where r.project = app_environments.project and r.app = app_environments.app
    and r.environment = app_environments.environment and r.number = app_environments.current), 0);
