-- Whether a database has got what is in the folder of fixtures.
alter table app_databases add column filled boolean not null default false;
