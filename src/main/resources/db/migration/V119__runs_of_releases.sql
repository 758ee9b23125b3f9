-- Lists ask of each release whether its run was released before: found here, no row with its long texts is read for one
-- that was not.
create index releases_run on releases (project, app, environment, run, number);
