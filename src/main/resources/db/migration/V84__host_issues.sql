-- Issues that we opened at hosts: one for each thing that went wrong, and whether it was we who closed it.
create table host_issues (
    project text not null,
    about text not null,
    number integer not null,
    closed boolean not null,
    primary key (project, about)
);
