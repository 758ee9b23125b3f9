-- A result is believed by those who trust whoever made it: the layer of its run, `preview` where it went nowhere.
create table run_results_of_trust (
    project text not null,
    app text not null,
    trust text not null,
    tree text not null,
    recipe text not null,
    commit_id text not null,
    artifact text not null,
    detection text not null,
    folder text not null,
    tests integer not null,
    run integer not null,
    created_at bigint not null,
    primary key (project, app, trust, tree, recipe)
);
insert into run_results_of_trust
    select made.project, made.app, coalesce(nullif(runs.layer, ''), 'preview'), made.tree, made.recipe,
        made.commit_id, made.artifact, made.detection, made.folder, made.tests, made.run, made.created_at
    from run_results made left join runs on runs.project = made.project and runs.number = made.run;
drop table run_results;
alter table run_results_of_trust rename to run_results;
create index run_results_tree on run_results (project, app, tree);
