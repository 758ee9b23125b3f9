alter table tokens add column last_used_at bigint not null default 0;
alter table tokens add column expires_at bigint not null default 0;
