-- project: whose word it is; empty: of all who see the incident.
alter table incident_events add column project text not null default '';

-- What is looked for each minute is found without reading what was over long ago.
create index incidents_untold on incidents (number) where not told;
create index incidents_unreported on incidents (number) where not reported and release_number > 0;
create index incidents_unlooked on incidents (number) where not looked;
create index incidents_ended on incidents (ended_at);
