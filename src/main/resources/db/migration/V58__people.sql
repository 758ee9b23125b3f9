-- People who work here. A key of a name is equal for names that differ in case only.
create table people (
    id text not null primary key,
    name text not null,
    name_key text not null unique,
    password text not null,
    created_at bigint not null
);

-- What they may do, by project; an empty one stands for everywhere.
create table person_roles (
    person text not null,
    project text not null,
    role text not null,
    primary key (person, project)
);

-- Links by which somebody comes in once. With a person: the link is for a new password.
create table invitations (
    id text not null primary key,
    hash text not null unique,
    name text not null,
    name_key text not null,
    role text not null,
    project text not null,
    person text not null,
    invited_by text not null,
    expires_at bigint not null
);

-- Tokens of persons end with them; others belong to programs.
alter table tokens add column person text not null default '';
update tokens set role = 'MAINTAINER' where role = 'DEVELOPER';
update tokens set role = 'VIEWER' where role = 'READER';
