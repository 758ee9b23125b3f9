package dev.johwa.source.detect.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Specifiers in the words of PEP 440: `>=3.10,<3.13`, `~=3.11`, `==3.12.*`, `!=3.9.1`, `===3.12`. All of them hold
/// together; a pre-release is in the range only when one of them names a pre-release.
record PythonRange(List<Specifier> all) implements Range {
    private static final Pattern SPECIFIER = Pattern.compile("(===|~=|==|!=|<=|>=|<|>)\\s*(\\S+)");

    /// @param isPrefix whether the version ended in `.*`
    record Specifier(String operator, String text, PythonVersion version, boolean isPrefix) {
        boolean namesPre() {
            return !operator.equals("!=") && !isPrefix && version.suffix().isPre();
        }

        boolean holds(PythonVersion have) {
            return switch (operator) {
                case "===" -> have.text().equals(text.toLowerCase(Locale.ROOT));
                case "==" -> isEqual(have);
                case "!=" -> !isEqual(have);
                case "<=" -> have.withoutLocal().compareTo(version) <= 0;
                case ">=" -> have.withoutLocal().compareTo(version) >= 0;
                case "<" -> isBefore(have);
                case ">" -> isAfter(have);
                case String _ -> isCompatible(have);
            };
        }

        private boolean isEqual(PythonVersion have) {
            if (isPrefix) {
                return have.startsWith(version.epoch(), version.release());
            }
            return (version.local().isEmpty() ? have.withoutLocal() : have).compareTo(version) == 0;
        }

        /// Not the pre-releases of the version itself.
        private boolean isBefore(PythonVersion have) {
            boolean isItsPre = have.suffix().isPre() && !version.suffix().isPre() && have.isSameRelease(version);
            return have.compareTo(version) < 0 && !isItsPre;
        }

        /// Neither the post-releases of the version itself nor its local builds.
        private boolean isAfter(PythonVersion have) {
            boolean isItsPost = have.suffix().isPost() && !version.suffix().isPost() && have.isSameRelease(version);
            boolean isItsLocal = !have.local().isEmpty() && have.isSameRelease(version);
            return have.compareTo(version) > 0 && !isItsPost && !isItsLocal;
        }

        private boolean isCompatible(PythonVersion have) {
            var start = version.release().subList(0, version.release().size() - 1);
            return have.withoutLocal().compareTo(version) >= 0 && have.startsWith(version.epoch(), start);
        }
    }

    PythonRange {
        all = List.copyOf(all);
    }

    static Optional<Range> parse(String text) {
        var all = new ArrayList<Specifier>();
        for (var part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            var specifier = specifier(part.strip());
            if (specifier.isEmpty()) {
                return Optional.empty();
            }
            all.add(specifier.get());
        }
        return Optional.of(new PythonRange(all));
    }

    private static Optional<Specifier> specifier(String text) {
        var found = SPECIFIER.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        var operator = found.group(1);
        var written = found.group(2);
        if (operator.equals("===")) {
            var any = PythonVersion.of(written).or(() -> PythonVersion.of("0"));
            return any.map(version -> new Specifier(operator, written, version, false));
        }
        boolean isPrefix = written.endsWith(".*");
        var plain = isPrefix ? written.substring(0, written.length() - 2) : written;
        return PythonVersion.of(plain)
                .filter(version -> isAllowed(operator, version, isPrefix))
                .map(version -> new Specifier(operator, written, version, isPrefix));
    }

    private static boolean isAllowed(String operator, PythonVersion version, boolean isPrefix) {
        boolean isEquality = operator.equals("==") || operator.equals("!=");
        if (!version.local().isEmpty() && (!isEquality || isPrefix)) {
            return false;
        }
        boolean isBare = !version.suffix().isPre() && !version.suffix().isPost();
        if (isPrefix && !(isEquality && isBare)) {
            return false;
        }
        return !operator.equals("~=") || version.release().size() > 1;
    }

    @Override
    public boolean holds(String version) {
        return PythonVersion.of(version).filter(this::holds).isPresent();
    }

    private boolean holds(PythonVersion have) {
        boolean isMeant = !have.suffix().isPre() || all.stream().anyMatch(Specifier::namesPre);
        return isMeant && all.stream().allMatch(specifier -> specifier.holds(have));
    }
}
