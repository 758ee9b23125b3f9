-- Releases that get some of the requests, beside the one that serves: at most one in each environment. step: which of
-- the rollout of its settings, from 0; since: when that began; words: why it waits, empty while it does not. The rest is
-- as in open_deployments, of the deployment that goes on once it is promoted.
create table canaries (
    project text not null,
    app text not null,
    environment text not null,
    release integer not null,
    kind text not null,
    by_name text not null,
    secrets_version bigint not null,
    started_at bigint not null,
    begun_at bigint not null,
    step integer not null,
    since bigint not null,
    words text not null,
    primary key (project, app, environment)
);
