package dev.johwa.build.registry;

import dev.johwa.build.registry.Reference.ByDigest;
import dev.johwa.build.registry.Reference.Tag;
import dev.johwa.lib.problem.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What must hold of a manifest that is sent, before it is taken.
final class SentManifest {
    private static final int MOST_TAGS_AT_ONCE = 100;

    private SentManifest() {}

    /// Its digest, by the algorithm of the one that is expected.
    ///
    /// @throws ProblemException DIGEST_INVALID
    static ContentDigest digest(Reference reference, byte[] bytes) {
        return switch (reference) {
            case Tag _ -> ContentDigest.of(bytes, false);
            case ByDigest expected -> {
                var found = ContentDigest.of(bytes, expected.digest().isSha512());
                if (!found.equals(expected.digest())) {
                    throw Refusal.DIGEST_INVALID
                            .problem("the manifest has the digest " + found + ", not " + expected)
                            .exception();
                }
                yield found;
            }
        };
    }

    /// What names it from now on: the tag of its reference, and more.
    ///
    /// @throws ProblemException when these are too many
    static Set<String> tags(Reference reference, List<String> more) {
        var tags = new LinkedHashSet<String>();
        if (reference instanceof Tag tag) {
            tags.add(tag.name());
        }
        more.forEach(each -> tags.add(new Tag(each).name()));
        if (tags.size() > MOST_TAGS_AT_ONCE) {
            throw Refusal.MANIFEST_INVALID
                    .problem("it would get " + tags.size() + " tags at once, and may get " + MOST_TAGS_AT_ONCE)
                    .exception();
        }
        return tags;
    }

    /// @throws ProblemException MANIFEST_BLOB_UNKNOWN for each that is missing
    static void requireParts(List<Document.Part> missing) {
        if (missing.isEmpty()) {
            return;
        }
        throw new ProblemException(missing.stream()
                .limit(MOST_TAGS_AT_ONCE)
                .map(part -> Refusal.MANIFEST_BLOB_UNKNOWN
                        .problem("the manifest names " + part.digest() + " of " + part.size()
                                + " bytes, which is not in this repository")
                        .hint("push or mount it before the manifest"))
                .toList());
    }
}
