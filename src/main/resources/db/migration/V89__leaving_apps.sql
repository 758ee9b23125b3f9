-- An app that is being deleted, until all of it is stopped.
alter table deleted_apps add column leaving boolean not null default false;
