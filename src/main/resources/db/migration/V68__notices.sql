-- What is or was wrong. At most one with a key is open.
create table conditions (
    id text not null primary key,
    kind text not null,
    key text not null,
    project text not null,
    first text not null,
    mark text not null,
    over_words text not null,
    begun_at bigint not null,
    well_since bigint,
    ended_at bigint,
    times integer not null
);
create unique index conditions_open on conditions (key) where ended_at is null;
create index conditions_key on conditions (key, ended_at);

-- The last fact that was heard, in the transaction of what came of it.
create table notices_heard (
    name text not null primary key,
    position bigint not null
);

-- Who wants to be told. An empty project stands for all and the platform, no kinds for all.
-- Address and secret are among the secrets. `parcel` is what is being sent.
create table receivers (
    id text not null primary key,
    way text not null,
    shown text not null,
    project text not null,
    kinds text not null,
    remind_millis bigint not null,
    anywhere boolean not null,
    created_by text not null,
    created_at bigint not null,
    parcel text not null default '',
    attempts integer not null default 0,
    next_at bigint not null default 0,
    failing_since bigint,
    stopped text not null default '',
    answer text not null default '',
    answered_at bigint
);

-- Words to receivers, in their order.
create table deliveries (
    position integer primary key,
    id text not null unique,
    receiver text not null,
    condition_id text not null,
    notice text not null,
    state text not null,
    parcel text not null default '',
    created_at bigint not null,
    done_at bigint
);
create index deliveries_waiting on deliveries (receiver, state, position);
create index deliveries_condition on deliveries (condition_id, receiver);

-- The server that takes mail; at most one. Its password is among the secrets.
create table mail_server (
    address text not null,
    sender text not null,
    safety text not null,
    trusted text not null
);
