-- Whether the branch of a run was deleted since: a branch that comes back gets its preview anew, though there was a run
-- of its commit before.
alter table runs add column gone boolean not null default false;
