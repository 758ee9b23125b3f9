-- The database that a fault keeps from its app, by the name under which the app finds its address; empty for none.
alter table faults add column data text not null default '';
