-- Folders that were added to apps and outlive releases; what is in them lies with the target. Those that johwa.yaml
-- names are not here: a release has their names.
create table app_folders (
    project text not null,
    app text not null,
    environment text not null,
    path text not null,
    state text not null,
    created_at bigint not null,
    primary key (project, app, environment, path)
);
