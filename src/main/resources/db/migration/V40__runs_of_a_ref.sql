-- A restart asks for each branch whether its commit had a run.
create index runs_of_a_ref on runs (project, ref);
