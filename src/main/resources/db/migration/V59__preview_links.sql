-- Links that let whoever has them into one environment of an app, by the hash of their tokens.
create table preview_links (
    id text not null primary key,
    hash text not null unique,
    project text not null,
    app text not null,
    environment text not null,
    made_by text not null,
    maker text not null,
    created_at bigint not null,
    expires_at bigint not null
);
create index preview_links_of_a_place on preview_links (project, app, environment);
