package dev.johwa.watch.advisory.version;

/// A version of a package. Equal by [#compareTo] is not equal by letters: `1.0` and `1.0.0` are so in most schemes.
/// Those of two schemes do not compare: an IllegalArgumentException.
public sealed interface Version extends Comparable<Version>
        permits SemanticVersion, PythonVersion, MavenVersion, DebianVersion {

    private static IllegalArgumentException mixed(Version one, Version other) {
        return new IllegalArgumentException(one + " and " + other + " are of two schemes");
    }

    @Override
    default int compareTo(Version other) {
        return switch (this) {
            case SemanticVersion mine when other instanceof SemanticVersion its -> SemanticVersion.compare(mine, its);
            case PythonVersion mine when other instanceof PythonVersion its -> PythonVersion.compare(mine, its);
            case MavenVersion mine when other instanceof MavenVersion its -> MavenVersion.compare(mine, its);
            case DebianVersion mine when other instanceof DebianVersion its -> DebianVersion.compare(mine, its);
            case SemanticVersion mine -> throw mixed(mine, other);
            case PythonVersion mine -> throw mixed(mine, other);
            case MavenVersion mine -> throw mixed(mine, other);
            case DebianVersion mine -> throw mixed(mine, other);
        };
    }
}
