-- What the platform itself has a repository hold, as artifacts of releases, counts for no budget of a project.
alter table registry_blobs add column counted boolean not null default true;
