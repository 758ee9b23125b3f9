package dev.johwa.build.registry;

import dev.johwa.lib.blob.Digest;
import java.util.regex.Pattern;

/// The name of a repository of images: `shop`, or `shop/…` for further ones of a project. Its first part is the
/// project, whose rights count.
///
/// Source of the form: OCI distribution specification 1.1, "Pulling manifests".
public record RepositoryName(String text) implements Comparable<RepositoryName> {
    private static final int LONGEST = 255;
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final int MARK = 16;

    /// @throws dev.johwa.lib.problem.ProblemException NAME_INVALID
    public RepositoryName {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            throw Refusal.NAME_INVALID
                    .problem("'" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                            + "' is no name of a repository")
                    .hint("name it PROJECT or PROJECT/NAME, of at most " + LONGEST + " lower-case letters and digits"
                            + " with single . _ - between them")
                    .exception();
        }
    }

    public String project() {
        int end = text.indexOf('/');
        return end < 0 ? text : text.substring(0, end);
    }

    /// Tells repositories apart in names of files.
    String mark() {
        return Digest.of(text).hex().substring(0, MARK);
    }

    @Override
    public int compareTo(RepositoryName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
