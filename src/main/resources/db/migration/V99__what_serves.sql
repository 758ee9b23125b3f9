-- What serves everywhere is asked for after each write: with all that may change of a release in the index, no row with
-- its long texts is read for that.
drop index releases_environment;
create index releases_environment on releases
    (project, app, environment, number, created_at, state, command_ran, (reason = ''));
