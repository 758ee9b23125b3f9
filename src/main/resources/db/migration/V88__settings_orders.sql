-- Settings, secrets or data of an app that changed, until a release with them has come live or failed.
create table settings_orders (
    project text not null,
    app text not null,
    environment text not null,
    by_name text not null,
    changes bigint not null,
    primary key (project, app, environment)
);
