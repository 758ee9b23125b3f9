package dev.johwa.watch.advisory;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Scores of vectors of CVSS: base scores of 2, 3.0 and 3.1, those of 4.0 by [Cvss4].
///
/// Sources: FIRST's specifications, "Base Metrics Equations" (3.1, section 7.1; 2, section 3.2.1).
final class Cvss {
    private static final String FOURTH = "CVSS:4.0/";
    private static final Map<String, Double> WEIGHTS_3 = Map.ofEntries(
            Map.entry("AV:N", 0.85),
            Map.entry("AV:A", 0.62),
            Map.entry("AV:L", 0.55),
            Map.entry("AV:P", 0.2),
            Map.entry("AC:L", 0.77),
            Map.entry("AC:H", 0.44),
            Map.entry("PR:N", 0.85),
            Map.entry("PR:L", 0.62),
            Map.entry("PR:H", 0.27),
            Map.entry("PR:L changed", 0.68),
            Map.entry("PR:H changed", 0.5),
            Map.entry("UI:N", 0.85),
            Map.entry("UI:R", 0.62),
            Map.entry("H", 0.56),
            Map.entry("L", 0.22),
            Map.entry("N", 0.0));
    private static final Map<String, Double> WEIGHTS_2 = Map.ofEntries(
            Map.entry("AV:L", 0.395),
            Map.entry("AV:A", 0.646),
            Map.entry("AV:N", 1.0),
            Map.entry("AC:H", 0.35),
            Map.entry("AC:M", 0.61),
            Map.entry("AC:L", 0.71),
            Map.entry("Au:M", 0.45),
            Map.entry("Au:S", 0.56),
            Map.entry("Au:N", 0.704),
            Map.entry("N", 0.0),
            Map.entry("P", 0.275),
            Map.entry("C", 0.66));

    private final Map<String, String> metrics = new HashMap<>();
    private final Map<String, Double> weights;

    private Cvss(String vector, Map<String, Double> weights) {
        this.weights = weights;
        for (var part : vector.split("/")) {
            int colon = part.indexOf(':');
            if (colon > 0) {
                metrics.put(part.substring(0, colon), part.substring(colon + 1));
            }
        }
    }

    /// Empty where the text is no whole vector of these versions.
    static OptionalDouble score(String vector) {
        try {
            if (vector.startsWith("CVSS:3.0/") || vector.startsWith("CVSS:3.1/")) {
                return OptionalDouble.of(new Cvss(vector, WEIGHTS_3).third());
            }
            if (vector.startsWith(FOURTH)) {
                return OptionalDouble.of(new Cvss4(vector.substring(FOURTH.length())).score());
            }
            return vector.startsWith("CVSS:")
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(new Cvss(vector, WEIGHTS_2).second());
        } catch (IllegalArgumentException e) {
            return OptionalDouble.empty();
        }
    }

    private String metric(String name) {
        var value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    private double weight(String key) {
        var weight = weights.get(key);
        if (weight == null) {
            throw new IllegalArgumentException("unknown " + key);
        }
        return weight;
    }

    private double of(String name) {
        return weight(name + ":" + metric(name));
    }

    private double loss() {
        return 1 - (1 - weight(metric("C"))) * (1 - weight(metric("I"))) * (1 - weight(metric("A")));
    }

    private double third() {
        boolean isChanged = switch (metric("S")) {
            case "C" -> true;
            case "U" -> false;
            case String other -> throw new IllegalArgumentException("unknown S:" + other);
        };
        double loss = loss();
        double impact = isChanged ? 7.52 * (loss - 0.029) - 3.25 * Math.pow(loss - 0.02, 15) : 6.42 * loss;
        var privileges = "PR:" + metric("PR") + (isChanged && !metric("PR").equals("N") ? " changed" : "");
        double exploitability = 8.22 * of("AV") * of("AC") * weight(privileges) * of("UI");
        if (impact <= 0) {
            return 0;
        }
        return roundedUp(Math.min((isChanged ? 1.08 : 1) * (impact + exploitability), 10));
    }

    /// To one digit, by whole numbers, as appendix A of 3.1 has it.
    private static double roundedUp(double value) {
        long whole = Math.round(value * 100_000);
        return whole % 10_000 == 0 ? whole / 100_000.0 : (whole / 10_000 + 1) / 10.0;
    }

    private double second() {
        double impact = 10.41 * loss();
        double exploitability = 20 * of("AV") * of("AC") * of("Au");
        double score = impact == 0 ? 0 : (0.6 * impact + 0.4 * exploitability - 1.5) * 1.176;
        return Math.round(score * 10) / 10.0;
    }
}
