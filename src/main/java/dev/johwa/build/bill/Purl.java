package dev.johwa.build.bill;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Addresses of packages, as the purl specification (ECMA-427) writes them.
final class Purl {
    private Purl() {}

    static String of(Component component) {
        var version = component.version().isEmpty() ? "" : "@" + encoded(component.version());
        return "pkg:" + component.ecosystem().purlType() + "/" + path(component) + version + qualifiers(component);
    }

    private static String path(Component component) {
        var name = component.name();
        return switch (component.ecosystem()) {
            case MAVEN -> segments(name.replace(':', '/'));
            case GO -> segments(name.toLowerCase(Locale.ROOT));
            case NPM -> segments(name);
            case PYPI -> encoded(pypi(name));
            case DEBIAN -> distribution(component) + "/" + encoded(name);
            case CARGO, OTHER -> encoded(name);
        };
    }

    private static String distribution(Component component) {
        return component.source().map(source -> encoded(source.distribution())).orElse("debian");
    }

    private static String qualifiers(Component component) {
        return component
                .source()
                .map(source -> "?arch=" + encoded(source.architecture())
                        + (source.release().isEmpty()
                                ? ""
                                : "&distro=" + encoded(source.distribution() + "-" + source.release())))
                .orElse("");
    }

    /// The name of a Python package in the form in which two of them are compared (PEP 503).
    static String pypi(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    private static String segments(String path) {
        return Arrays.stream(path.split("/")).map(Purl::encoded).collect(Collectors.joining("/"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~")
                .replace("%3A", ":");
    }
}
