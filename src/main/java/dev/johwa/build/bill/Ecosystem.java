package dev.johwa.build.bill;

/// Where packages come from.
///
/// Source of the names: the OSV schema, "Defined ecosystems", and the purl specification, "Known types".
public enum Ecosystem {
    NPM("npm", "npm"),
    PYPI("PyPI", "pypi"),
    MAVEN("Maven", "maven"),
    GO("Go", "golang"),
    CARGO("crates.io", "cargo"),
    DEBIAN("Debian", "deb"),
    OTHER("", "generic");

    private final String title;
    private final String purlType;

    Ecosystem(String title, String purlType) {
        this.title = title;
        this.purlType = purlType;
    }

    /// As advisories name it; empty when none does.
    public String title() {
        return title;
    }

    String purlType() {
        return purlType;
    }
}
