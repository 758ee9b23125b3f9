-- Releases that are or were watched after their switch. baseline: what the release before did, as JSON. kind: the verdict,
-- empty until there is one. act: what is done about a bad one, written before it is.
create table release_watches (
    project text not null,
    app text not null,
    environment text not null,
    release integer not null,
    revision text not null,
    since bigint not null,
    baseline text not null,
    kind text not null,
    cause text not null,
    seconds bigint not null,
    reason text not null,
    act text not null,
    words text not null,
    primary key (project, app, environment, release)
);
create index release_watches_open on release_watches (since) where kind = '' or act = 'UNDOING';

-- What was counted of them, so that a verdict can be found again. second: since the switch. buckets: answers by time, as
-- JSON.
create table release_watch_steps (
    project text not null,
    app text not null,
    environment text not null,
    release integer not null,
    second bigint not null,
    answers bigint not null,
    errors bigint not null,
    buckets text not null,
    restarts integer not null,
    primary key (project, app, environment, release, second)
);
