package dev.johwa.build.registry;

import dev.johwa.build.registry.Manifests.Sent;
import dev.johwa.build.registry.Reference.ByDigest;
import dev.johwa.build.registry.Uploads.Bytes;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Other registries whose images are pulled through this one, each under a name that stands where a project would:
/// `hub/library/alpine` is `library/alpine` there. A tag is asked for there each time, and what is kept answers while
/// it is away; what a digest names is fetched once and compared with it. Safe for use by many threads.
public final class Mirrors {
    private static final Logger LOG = LoggerFactory.getLogger(Mirrors.class);
    private static final String MANIFESTS =
            String.join(", ", List.of(Document.IMAGE, Document.INDEX, Document.DOCKER_IMAGE, Document.DOCKER_LIST));

    private static final String OF_ITS_MANIFESTS =
            " where repository in (select repository from registry_manifests where project = :name)";
    private static final List<String> FETCHED = List.of(
            "delete from registry_tags" + OF_ITS_MANIFESTS,
            "delete from registry_parts" + OF_ITS_MANIFESTS,
            "delete from registry_manifests where project = :name",
            "delete from registry_blobs where project = :name");

    private final RegistryPorts ports;
    private final Manifests manifests;
    private final Uploads uploads;
    private final Map<ContentDigest, ReentrantLock> fetching = new ConcurrentHashMap<>();
    private Optional<Map<String, URI>> known = Optional.empty();

    Mirrors(RegistryPorts ports, Manifests manifests, Uploads uploads) {
        this.ports = ports;
        this.manifests = manifests;
        this.uploads = uploads;
    }

    /// Addresses by name.
    public synchronized Map<String, URI> all() {
        if (known.isEmpty()) {
            known = Optional.of(ports.database().read(handle -> {
                var all = new TreeMap<String, URI>();
                handle.createQuery("select * from registry_mirrors")
                        .map(row ->
                                Map.entry(row.getColumn("project", String.class), row.getColumn("url", String.class)))
                        .forEach(entry -> all.put(entry.getKey(), URI.create(entry.getValue())));
                return all;
            }));
        }
        return known.get();
    }

    public boolean isMirror(String project) {
        return all().containsKey(project);
    }

    /// @param name that no project has
    /// @param url `https://registry-1.docker.io`
    /// @throws ProblemException `mirror.url`
    public synchronized void add(String name, String url) {
        if (!url.matches("https?://[^/?#@\\s]+/?")) {
            throw Problem.user("mirror.url", "'" + url + "' is no address of a registry")
                    .hint("write https://HOST, for Docker's own https://registry-1.docker.io")
                    .exception();
        }
        ports.database()
                .write(handle -> handle.createUpdate("insert into registry_mirrors (project, url) values (:name, :url)"
                                + " on conflict (project) do update set url = excluded.url")
                        .bind("name", name)
                        .bind("url", url)
                        .execute());
        known = Optional.empty();
    }

    /// What was fetched goes with the next collection.
    ///
    /// @return whether there was one
    public synchronized boolean remove(String name) {
        boolean isRemoved = ports.database().write(handle -> {
            boolean wasThere = handle.createUpdate("delete from registry_mirrors where project = :name")
                            .bind("name", name)
                            .execute()
                    > 0;
            if (wasThere) {
                // Without the mirror it would be taken for what a project pushed.
                FETCHED.forEach(statement ->
                        handle.createUpdate(statement).bind("name", name).execute());
            }
            return wasThere;
        });
        known = Optional.empty();
        return isRemoved;
    }

    private Optional<Upstream> of(RepositoryName repository) {
        return Optional.ofNullable(all().get(repository.project()))
                .filter(url -> repository.text().contains("/"))
                .map(Upstream::new);
    }

    private static String path(RepositoryName repository, String rest) {
        return "/v2/" + repository.text().substring(repository.project().length() + 1) + rest;
    }

    /// What is there by that name, fetched where it must be.
    public Optional<Held> manifest(RepositoryName repository, Reference reference) {
        var kept = manifests.find(repository, reference);
        var upstream = of(repository);
        if (upstream.isEmpty() || (reference instanceof ByDigest && kept.isPresent())) {
            return kept;
        }
        try {
            return fetch(upstream.get(), repository, reference);
        } catch (ProblemException e) {
            if (kept.isEmpty()) {
                throw e;
            }
            LOG.warn("repository={} reference={} what is kept answers: {}", repository, reference, e.getMessage());
            return kept;
        }
    }

    private Optional<Held> fetch(Upstream upstream, RepositoryName repository, Reference reference) {
        var answer = upstream.get(path(repository, "/manifests/" + reference), MANIFESTS);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        try (var got = answer.get()) {
            var bytes = got.body().readNBytes(Manifests.LARGEST + 1);
            var taken = manifests.fetched(repository, reference, new Sent(bytes, got.type(), List.of(), "mirror"));
            return manifests.find(repository, new ByDigest(taken.digest()));
        } catch (ProblemException e) {
            throw told(e);
        } catch (IOException e) {
            throw Upstream.failed(e);
        }
    }

    /// What is wrong with what came is no fault of who asks for it.
    private static ProblemException told(ProblemException e) {
        return Refusal.of(e.problem())
                        .filter(refusal -> refusal != Refusal.DENIED)
                        .isPresent()
                ? Upstream.failed(e.problem().message())
                : e;
    }

    /// A blob, fetched where it must be: the whole of it is here when this returns. Of several who ask one fetches.
    ///
    /// @param here looks whether it is
    Optional<Held> blob(RepositoryName repository, ContentDigest digest, Supplier<Optional<Held>> here) {
        var found = here.get();
        var upstream = of(repository);
        if (found.isPresent() || upstream.isEmpty()) {
            return found;
        }
        var one = fetching.computeIfAbsent(digest, _ -> new ReentrantLock());
        one.lock();
        try {
            return here.get().or(() -> fetch(upstream.get(), repository, digest));
        } finally {
            fetching.remove(digest, one);
            one.unlock();
        }
    }

    /// How large a blob is that another registry has, which is not fetched for that.
    public OptionalLong size(RepositoryName repository, ContentDigest digest) {
        var seen = of(repository).flatMap(upstream -> upstream.look(path(repository, "/blobs/" + digest)));
        if (seen.isEmpty()) {
            return OptionalLong.empty();
        }
        try (var got = seen.get()) {
            return OptionalLong.of(Long.parseLong(got.field("content-length")));
        } catch (NumberFormatException e) {
            throw Upstream.failed("it does not say how large " + digest + " is");
        }
    }

    /// Tags behind one, in the order of the other registry; of a repository that is not of another: empty. What is kept
    /// answers while that one is away.
    public Optional<List<String>> tags(RepositoryName repository, String last, int most) {
        return listed(repository, "/tags/list", listing -> listing.tags(last, most));
    }

    /// What speaks of a manifest in the other registry; empty as [#tags] is, and where that one tells nothing of it.
    public Optional<List<Referrer>> referrers(
            RepositoryName repository, ContentDigest subject, Optional<String> artifactType) {
        return listed(repository, "/referrers/" + subject, listing -> listing.referrers(artifactType));
    }

    private <T> Optional<List<T>> listed(
            RepositoryName repository, String rest, Function<Listing, Optional<List<T>>> read) {
        try {
            return of(repository).flatMap(upstream -> read.apply(new Listing(upstream, path(repository, rest))));
        } catch (ProblemException e) {
            LOG.warn("repository={} of {} what is kept answers: {}", repository, rest, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Held> fetch(Upstream upstream, RepositoryName repository, ContentDigest digest) {
        var answer = upstream.get(path(repository, "/blobs/" + digest), Held.BYTES);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        try (var got = answer.get()) {
            return Optional.of(uploads.whole(repository, digest, Bytes.next(got.body())));
        } catch (ProblemException e) {
            throw told(e);
        } catch (IOException e) {
            throw Upstream.failed(e);
        }
    }
}
