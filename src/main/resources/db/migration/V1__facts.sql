create table facts (
    position integer primary key,
    at bigint not null,
    type text not null,
    subject text not null,
    body text not null
);
create index facts_type on facts (type, position);

create table fact_cursors (
    name text primary key,
    position bigint not null
);
