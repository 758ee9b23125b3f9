package dev.johwa.watch.advisory;

import dev.johwa.build.bill.Component;
import dev.johwa.build.bill.Ecosystem;
import dev.johwa.watch.advisory.version.Scheme;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Under which name advisories speak of a package.
///
/// @param ecosystem as the OSV schema names it, of a distribution with its release: `npm`, `Debian:12`
/// @param name in the form in which names are compared there
record PackageKey(String ecosystem, String name, Scheme scheme) {
    private static final Map<String, Scheme> SCHEMES = Map.of(
            "npm", Scheme.SEMANTIC,
            "Go", Scheme.SEMANTIC,
            "crates.io", Scheme.SEMANTIC,
            "PyPI", Scheme.PYTHON,
            "Maven", Scheme.MAVEN,
            "Debian", Scheme.DEBIAN,
            "Ubuntu", Scheme.DEBIAN);
    private static final Pattern PYTHON_SEPARATORS = Pattern.compile("[-_.]+");
    private static final Pattern RELEASE = Pattern.compile("(Debian|Ubuntu):([0-9.]+)(:LTS)?");

    /// Of an advisory; empty for an ecosystem that bills know nothing of, and for sources of packages that are paid
    /// for.
    static Optional<PackageKey> of(String ecosystem, String name) {
        var release = RELEASE.matcher(ecosystem);
        var plain = release.matches() ? release.group(1) + ":" + release.group(2) : ecosystem;
        var scheme = SCHEMES.get(release.matches() ? release.group(1) : ecosystem);
        return scheme == null || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new PackageKey(plain, compared(plain, name), scheme));
    }

    private static String compared(String ecosystem, String name) {
        return ecosystem.equals("PyPI")
                ? PYTHON_SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-")
                : name;
    }

    /// Of a component, all under which it may be spoken of; empty where nobody speaks of such.
    static List<PackageKey> of(Component component) {
        if (component.ecosystem() != Ecosystem.DEBIAN) {
            return of(component.ecosystem().title(), component.name()).stream().toList();
        }
        var source = component.source();
        var title = distribution(component);
        if (source.isEmpty() || title.isEmpty() || source.get().release().isEmpty()) {
            return List.of();
        }
        return List.of(title + ":" + source.get().release(), title).stream()
                .flatMap(each -> of(each, source.get().name()).stream())
                .toList();
    }

    /// `Debian`, `Ubuntu`; empty where it is of another that has such packages.
    static String distribution(Component component) {
        return switch (component.source().map(Component.Source::distribution).orElse("")) {
            case "debian" -> "Debian";
            case "ubuntu" -> "Ubuntu";
            case String _ -> "";
        };
    }

    /// Of a package of a distribution that of its source, which advisories speak of.
    static String version(Component component) {
        return component.source().map(Component.Source::version).orElse(component.version());
    }

    /// One line.
    String text() {
        return ecosystem + "/" + name;
    }
}
