-- Each attempt of a run. Whoever writes what became of one names it, so that one that was overtaken changes nothing.
-- asked_end: why somebody ended it, which holds also when the server ends before the attempt does.
create table run_attempts (
    project text not null,
    number integer not null,
    attempt integer not null,
    state text not null,
    reason text not null,
    asked_end text not null,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint,
    primary key (project, number, attempt)
);
insert into run_attempts
    select project, number, attempt, state, reason, '', created_at, started_at, finished_at from runs;
