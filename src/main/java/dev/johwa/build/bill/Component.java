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
/// @param through which packages it comes, the one that was asked for first; empty of one that was asked for itself,
///     absent where no lock file tells
public record Component(
        Ecosystem ecosystem,
        String name,
        String version,
        List<String> licences,
        Use use,
        Optional<Source> source,
        Optional<List<String>> through) {
    public Component {
        licences = licences.stream().distinct().sorted().toList();
        through = through.map(List::copyOf);
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

    /// One of which no more is known.
    public static Component of(Ecosystem ecosystem, String name, String version) {
        return new Component(ecosystem, name, version, List.of(), Use.REQUIRED, Optional.empty(), Optional.empty());
    }

    Component licensed(List<String> words) {
        return new Component(ecosystem, name, version, words, use, source, through);
    }

    Component used(Use other) {
        return new Component(ecosystem, name, version, licences, other, source, through);
    }

    /// The same with what it was made of.
    public Component madeOf(Optional<Source> other) {
        return new Component(ecosystem, name, version, licences, use, other, through);
    }

    Component through(Optional<List<String>> way) {
        return new Component(ecosystem, name, version, licences, use, source, way);
    }

    /// The same package seen twice: what both know, by the shorter way.
    Component with(Component other) {
        var more = licences.isEmpty() ? other.licences : licences;
        var most = use.compareTo(other.use) <= 0 ? use : other.use;
        boolean isLonger = through.isEmpty()
                || other.through
                        .filter(way -> way.size() < through.get().size())
                        .isPresent();
        return new Component(ecosystem, name, version, more, most, source, isLonger ? other.through : through);
    }

    /// Its address by the purl specification.
    public String purl() {
        return Purl.of(this);
    }
}
