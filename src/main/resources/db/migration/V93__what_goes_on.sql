-- What was on its way when a control plane ended is looked for at each start, among all releases there ever were.
create index releases_deploying on releases (project, app, number) where state = 'DEPLOYING';
