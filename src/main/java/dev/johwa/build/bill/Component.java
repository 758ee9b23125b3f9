package dev.johwa.build.bill;

import java.util.List;
import java.util.Optional;

/// A package in an artifact.
///
/// @param name as its registry writes it; of Maven `group:artifact`
/// @param version empty when nothing tells it
/// @param licences SPDX ids or expressions where its author wrote such, else his words; empty when he wrote none
/// @param use whether it is there when the app runs
/// @param source of Debian, where advisories speak of source packages
public record Component(
        Ecosystem ecosystem, String name, String version, List<String> licences, Use use, Optional<Source> source) {
    public Component {
        licences = licences.stream().distinct().sorted().toList();
    }

    /// The words are those of CycloneDX.
    public enum Use {
        REQUIRED,
        OPTIONAL,
        EXCLUDED
    }

    /// What a Debian package was made of.
    ///
    /// @param release of the distribution: `debian`, `12`
    public record Source(String name, String version, String architecture, String distribution, String release) {}

    static Component of(Ecosystem ecosystem, String name, String version) {
        return new Component(ecosystem, name, version, List.of(), Use.REQUIRED, Optional.empty());
    }

    Component licensed(List<String> words) {
        return new Component(ecosystem, name, version, words, use, source);
    }

    Component used(Use other) {
        return new Component(ecosystem, name, version, licences, other, source);
    }

    /// The same package seen twice: what both know.
    Component with(Component other) {
        var more = licences.isEmpty() ? other.licences : licences;
        var most = use.compareTo(other.use) <= 0 ? use : other.use;
        return new Component(ecosystem, name, version, more, most, source);
    }

    /// Its address by the purl specification.
    public String purl() {
        return Purl.of(this);
    }
}
