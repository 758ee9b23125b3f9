-- What was on its way when a control plane ended is looked for at each start, among all that there ever was.
create index releases_deploying on releases (project, app, number) where state = 'DEPLOYING';
create index runs_unfinished on runs (created_at) where state in ('QUEUED', 'RUNNING');
