-- Who logged in with a password has no token that ends the session: it ends with the person.
alter table sessions add column person text not null default '';
