package dev.johwa.door.web;

import dev.johwa.build.registry.Refusal;
import dev.johwa.build.registry.RepositoryName;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a path of the registry names. Names of repositories have slashes and may hold any word, so it is read from its
/// end.
///
/// @param reference tag, digest or id; empty where none belongs
record RegistryPath(RepositoryName repository, Kind kind, String reference) {
    static final String ROOT = "/v2/";

    private static final Pattern FORM =
            Pattern.compile(ROOT + "(?<name>.+)/(?:(?<kind>manifests|referrers)/(?<of>[^/]+)"
                    + "|blobs/(?:uploads/?(?<id>[^/]*)|(?<blob>[^/]+))|(?<tags>tags/list))/?");

    enum Kind {
        MANIFEST,
        BLOB,
        /// Where uploads begin.
        UPLOADS,
        UPLOAD,
        TAGS,
        REFERRERS
    }

    /// Whether a path belongs to the registry at all.
    static boolean isOfRegistry(String path) {
        return path.startsWith(ROOT) || path.equals("/v2");
    }

    /// @throws dev.johwa.lib.problem.ProblemException NAME_INVALID
    static RegistryPath of(String path) {
        return find(path)
                .orElseThrow(() -> Refusal.NAME_INVALID
                        .problem("there is nothing at " + path)
                        .hint("paths are " + ROOT + "REPOSITORY/manifests/…, blobs/…, tags/list or referrers/…")
                        .exception());
    }

    /// Empty when it names no repository.
    static Optional<RegistryPath> find(String path) {
        // The one letter of digests that some clients write so.
        var found = FORM.matcher(path.replace("%3A", ":").replace("%3a", ":"));
        if (!found.matches()) {
            return Optional.empty();
        }
        var repository = new RepositoryName(found.group("name"));
        if (found.group("tags") != null) {
            return Optional.of(new RegistryPath(repository, Kind.TAGS, ""));
        }
        if (found.group("blob") != null) {
            return Optional.of(new RegistryPath(repository, Kind.BLOB, found.group("blob")));
        }
        var id = found.group("id");
        if (id != null) {
            return Optional.of(new RegistryPath(repository, id.isEmpty() ? Kind.UPLOADS : Kind.UPLOAD, id));
        }
        var kind = found.group("kind").equals("manifests") ? Kind.MANIFEST : Kind.REFERRERS;
        return Optional.of(new RegistryPath(repository, kind, found.group("of")));
    }
}
