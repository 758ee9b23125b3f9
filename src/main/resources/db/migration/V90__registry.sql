-- What repositories of the registry hold: blobs by the digest under which clients know them, whose bytes are in the
-- store under their SHA-256.
create table registry_blobs (
    repository text not null,
    digest text not null,
    project text not null,
    blob text not null,
    size bigint not null,
    seen_at bigint not null,
    primary key (repository, digest)
);
create index registry_blobs_project on registry_blobs (project, blob);
create index registry_blobs_digest on registry_blobs (digest);

-- Manifests: which one they speak of (subject), and since when no tag names them, if none does.
create table registry_manifests (
    repository text not null,
    digest text not null,
    project text not null,
    blob text not null,
    size bigint not null,
    media_type text not null,
    artifact_type text not null,
    subject text not null,
    annotations text not null,
    by_name text not null,
    loose_since bigint not null,
    primary key (repository, digest)
);
create index registry_manifests_subject on registry_manifests (repository, subject);
create index registry_manifests_project on registry_manifests (project, blob);

-- What manifests are made of: blobs, and other manifests.
create table registry_parts (
    repository text not null,
    manifest text not null,
    digest text not null,
    primary key (repository, manifest, digest)
);

create table registry_tags (
    repository text not null,
    tag text not null,
    digest text not null,
    primary key (repository, tag)
);
create index registry_tags_digest on registry_tags (repository, digest);

-- What tags named before: empty where there was none, or is none any more.
create table registry_tag_changes (
    repository text not null,
    tag text not null,
    number bigint not null,
    from_digest text not null,
    to_digest text not null,
    by_name text not null,
    changed_at bigint not null,
    primary key (repository, tag, number)
);
