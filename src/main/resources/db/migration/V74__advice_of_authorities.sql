-- When an authority would have a certificate renewed (RFC 9773), and when to ask it again.
alter table certificates add column advised_at bigint not null default 0;
alter table certificates add column ask_at bigint not null default 0;
