package dev.johwa.watch.advisory.version;

import java.util.Optional;

/// How versions are written and ordered.
public enum Scheme {
    /// Semantic Versioning 2.0.0: npm, Go, crates.io, and ranges that say so.
    SEMANTIC,
    /// PEP 440.
    PYTHON,
    /// Maven's POM reference, "Version Order Specification".
    MAVEN,
    /// Debian Policy 5.6.12.
    DEBIAN;

    private static final int LONGEST = 256;

    /// Empty where the text is no version of this scheme.
    public Optional<Version> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        return switch (this) {
            case SEMANTIC -> SemanticVersion.parse(text);
            case PYTHON -> PythonVersion.parse(text);
            case MAVEN -> MavenVersion.parse(text);
            case DEBIAN -> DebianVersion.parse(text);
        };
    }
}
