create table runs (
    project text not null,
    number integer not null,
    ref text not null,
    commit_id text not null,
    subject text not null,
    environment text not null,
    layer text not null,
    by_name text not null,
    options text not null,
    forced boolean not null,
    state text not null,
    reason text not null,
    attempt integer not null,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint,
    primary key (project, number)
);
create index runs_newest on runs (created_at);
create index runs_open on runs (state);

create table run_stages (
    project text not null,
    number integer not null,
    attempt integer not null,
    position integer not null,
    app text not null,
    name text not null,
    state text not null,
    detail text not null,
    started_at bigint not null,
    millis bigint not null,
    primary key (project, number, attempt, position)
);

-- What passed: the same tree with the same recipe need not be tested and built again.
create table run_results (
    project text not null,
    app text not null,
    tree text not null,
    recipe text not null,
    commit_id text not null,
    artifact text not null,
    detection text not null,
    folder text not null,
    tests integer not null,
    run integer not null,
    created_at bigint not null,
    primary key (project, app, tree, recipe)
);
create index run_results_commit on run_results (project, app, commit_id);

-- Unix accounts that steps of a project run as, where the server may switch users.
create table run_accounts (
    project text primary key,
    uid integer not null
);
