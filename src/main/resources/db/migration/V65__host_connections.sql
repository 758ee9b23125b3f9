-- Projects whose home is a git host elsewhere. Credentials lie sealed among the secrets of the project.
create table host_connections (
    project text primary key,
    url text not null,
    kind text not null,
    api text not null,
    credential text not null,
    public_key text not null,
    host_keys text not null,
    by_owner boolean not null,
    after_checks boolean not null,
    hook text not null,
    hook_at text not null,
    state text not null,
    why text not null,
    next_step text not null,
    since bigint not null,
    until bigint,
    tries integer not null,
    note text not null,
    looked_at bigint,
    heard_at bigint,
    lost_at bigint,
    by_name text not null,
    created_at bigint not null
);

-- Branches that were there when the project was connected, as they were: they run when they move.
create table host_asides (
    project text not null,
    branch text not null,
    commit_id text not null,
    primary key (project, branch)
);

-- Proposals of forks that are open there. The commit that somebody approved runs here.
create table host_pulls (
    project text not null,
    number integer not null,
    title text not null,
    author text not null,
    head text not null,
    approved text not null,
    approved_by text not null,
    primary key (project, number)
);

-- Deliveries of webhooks that were taken: none counts twice.
create table host_deliveries (
    project text not null,
    id text not null,
    at bigint not null,
    primary key (project, id)
);
create index host_deliveries_at on host_deliveries (at);
