-- What a database in a container was filled with: a hash of its files in `fixtures/`, `begun` while it is, or nothing.
alter table app_databases add column fixtures text not null default '';
