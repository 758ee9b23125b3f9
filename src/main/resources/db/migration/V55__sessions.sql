-- Browsers that are logged in, by the hash of what they keep. A session ends with the access token that opened it.
create table sessions (
    hash text primary key,
    token text not null,
    created_at bigint not null,
    expires_at bigint not null
);
create index sessions_of_a_token on sessions (token);
