create table tokens (
    id text primary key,
    hash text not null unique,
    name text not null,
    role text not null,
    project text not null,
    created_at bigint not null
);
