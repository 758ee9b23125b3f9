-- What the tests of an app did in an attempt of a run, and of which files: the same files with the same recipe should
-- end alike.
create table run_test_sums (
    project text not null,
    number integer not null,
    attempt integer not null,
    app text not null,
    ref text not null,
    tree text not null,
    recipe text not null,
    tests integer not null,
    failed integer not null,
    skipped integer not null,
    millis bigint not null,
    bytes bigint not null,
    created_at bigint not null,
    primary key (project, number, attempt, app)
);
create index run_test_sums_tree on run_test_sums (project, app, tree);

-- Each test that its runner named.
create table run_tests (
    project text not null,
    number integer not null,
    attempt integer not null,
    app text not null,
    position integer not null,
    suite text not null,
    name text not null,
    outcome text not null,
    millis bigint not null,
    file text not null,
    line integer not null,
    message text not null,
    note text not null,
    primary key (project, number, attempt, app, position)
);
create index run_tests_name on run_tests (project, app, name, number);

-- What a person was told to do where a run failed, a line each.
alter table runs add column advice text not null default '';
