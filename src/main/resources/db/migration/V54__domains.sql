-- Names that people point here, and the app that answers them; without one it is a name of the platform itself.
create table domains (
    name text not null primary key,
    project text not null,
    app text not null,
    environment text not null,
    forced boolean not null,
    created_at bigint not null
);

-- Certificates by name: files in the folder of certificates, and how it went with the authority.
create table certificates (
    name text not null primary key,
    given boolean not null,
    chain_file text not null,
    key_file text not null,
    valid_from bigint not null,
    valid_until bigint not null,
    problem text not null,
    tries integer not null,
    next_try_at bigint not null
);
