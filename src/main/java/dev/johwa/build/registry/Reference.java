package dev.johwa.build.registry;

import java.util.regex.Pattern;

/// How a manifest is asked for: by a tag, which may name another one tomorrow, or by its digest, which never does.
public sealed interface Reference {
    Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /// @throws dev.johwa.lib.problem.ProblemException MANIFEST_INVALID when it is no tag
    record Tag(String name) implements Reference {
        public Tag {
            if (!TAG.matcher(name).matches()) {
                throw Refusal.MANIFEST_INVALID
                        .problem("'" + (name.length() > 130 ? name.substring(0, 130) + "…" : name) + "' is no tag")
                        .hint("use 1 to 128 letters, digits and . _ - of which the first is no . and no -")
                        .exception();
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record ByDigest(ContentDigest digest) implements Reference {
        @Override
        public String toString() {
            return digest.text();
        }
    }

    /// @throws dev.johwa.lib.problem.ProblemException DIGEST_INVALID or MANIFEST_INVALID
    static Reference of(String text) {
        return text.contains(":") ? new ByDigest(new ContentDigest(text)) : new Tag(text);
    }
}
