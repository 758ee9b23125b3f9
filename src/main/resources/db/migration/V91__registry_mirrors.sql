-- Other registries whose images are pulled through this one: what is asked for below that name is fetched from there.
create table registry_mirrors (
    project text primary key,
    url text not null
);
