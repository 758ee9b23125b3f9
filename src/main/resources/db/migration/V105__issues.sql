-- Issues of projects, numbered by project. about: of which condition one tells that was opened by itself; closed_by:
-- who closed it, so that what a person closed stays so.
create table issues (
    project text not null,
    number integer not null,
    title text not null,
    body text not null,
    state text not null,
    author text not null,
    assignee text not null,
    about text not null,
    closed_by text not null,
    created_at bigint not null,
    updated_at bigint not null,
    closed_at bigint,
    primary key (project, number)
);
create index issues_state on issues (project, state, number);
create unique index issues_about on issues (project, about) where about <> '';

create table issue_labels (
    project text not null,
    number integer not null,
    label text not null,
    primary key (project, number, label)
);

-- What happened to an issue, in its order: comments, and who changed what.
create table issue_entries (
    project text not null,
    number integer not null,
    position integer not null,
    at bigint not null,
    author text not null,
    kind text not null,
    body text not null,
    primary key (project, number, position)
);

-- Commits whose messages name an issue. release_app, release_number: in which release it was live in production first;
-- empty and 0 until then.
create table issue_commits (
    project text not null,
    number integer not null,
    revision text not null,
    subject text not null,
    author text not null,
    committed_at bigint not null,
    branch text not null,
    closes boolean not null,
    release_app text not null,
    release_number integer not null,
    primary key (project, number, revision)
);
create index issue_commits_waiting on issue_commits (project, release_number);
