-- What is or was wrong with one place, from its first bad minute to its recovery. id: by which people were told of it,
-- that of the condition that opened it where no incident had it before. side: what of the place is wrong, such as how
-- it serves. first: the word that was said when it began, as JSON. release_number: of the release that is proven to be
-- its cause, 0 for none. signed_at: when it showed last. looked: whether the figures were asked for first_bad, the
-- first bad minute. told: whether people heard that it is over. reported: whether the fact of its end is written.
create table incidents (
    number integer not null primary key,
    id text not null unique,
    condition_id text not null,
    project text not null,
    app text not null,
    environment text not null,
    side text not null,
    title text not null,
    headline text not null,
    first text not null,
    release_number integer not null,
    began_at bigint not null,
    signed_at bigint not null,
    first_bad bigint,
    looked boolean not null,
    acknowledged_by text not null,
    silenced_until bigint,
    silenced_by text not null,
    ended_at bigint,
    over_words text not null,
    told boolean not null,
    reported boolean not null
);
create index incidents_open on incidents (signed_at) where ended_at is null;
create index incidents_place on incidents (project, app, environment, side, number);

-- Conditions that are of an incident. ended_at: when it hurt nobody any more; over_at: when the condition was over.
create table incident_parts (
    incident integer not null,
    condition_id text not null,
    key text not null,
    project text not null,
    subject text not null,
    began_at bigint not null,
    ended_at bigint,
    over_at bigint,
    primary key (incident, condition_id)
);
create index incident_parts_condition on incident_parts (condition_id, incident);

-- The time line of an incident, as it was written down.
create table incident_events (
    incident integer not null,
    position integer not null,
    at bigint not null,
    what text not null,
    by_name text not null,
    words text not null,
    primary key (incident, position)
);
