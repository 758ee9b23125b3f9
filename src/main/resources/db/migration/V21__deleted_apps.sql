-- Apps that were deleted: what they leave (data, values, secrets, repository) goes after a while.
create table deleted_apps (
    project text not null,
    app text not null,
    deleted_at bigint not null,
    primary key (project, app)
);
