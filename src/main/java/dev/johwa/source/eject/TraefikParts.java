package dev.johwa.source.eject;

import dev.johwa.source.config.Rollout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// To which services of Traefik the requests of an app go: all to one, or where a rollout has steps to two of which the
/// second, the canary, gets nothing until somebody gives it a weight.
/// Source of the form: doc.traefik.io/traefik/routing/services, "Weighted Round Robin".
///
/// @param label of the app
/// @param isSecured whether its cookies go over TLS alone
record TraefikParts(String label, Rollout rollout, boolean isSecured) {
    /// Of so many requests shares are told, as at our edge.
    private static final int ALL = 10_000;
    private static final int DAY = 86_400;

    boolean hasCanary() {
        return !rollout.steps().isEmpty();
    }

    String canary() {
        return label + "-canary";
    }

    /// The service to which requests go.
    String all() {
        return hasCanary() ? label + "-parts" : label;
    }

    /// The service of requests with a field that a step names.
    String named() {
        return label + "-named";
    }

    /// Of the requests of a rule those with a field that a step names; empty where none names one.
    Optional<String> named(String rule) {
        var fields = rollout.steps().stream()
                .filter(step -> !step.header().isEmpty())
                .map(TraefikParts::field)
                .distinct()
                .collect(Collectors.joining(" || "));
        return fields.isEmpty() ? Optional.empty() : Optional.of("(" + rule + ") && (" + fields + ")");
    }

    private static String field(Rollout.Step step) {
        var value = step.value().isEmpty() ? ".*" : "^" + TraefikRule.quoted(step.value()) + "$";
        return "HeaderRegexp(`" + step.header() + "`, `" + value + "`)";
    }

    /// Those that divide requests.
    Map<String, Object> services() {
        var services = new LinkedHashMap<String, Object>();
        if (hasCanary()) {
            services.put(all(), Map.of("weighted", divided(ALL)));
            named("").ifPresent(_ -> services.put(named(), Map.of("weighted", divided(1))));
        }
        return services;
    }

    private Map<String, Object> divided(int whole) {
        var weighted = TraefikChain.map(
                "services",
                List.of(
                        TraefikChain.map("name", label, "weight", whole),
                        TraefikChain.map("name", canary(), "weight", 0)));
        if (rollout.sticky() && whole == ALL) {
            var cookie = TraefikChain.map(
                    "name", "johwa-part", "httpOnly", true, "secure", isSecured, "sameSite", "lax", "maxAge", DAY);
            weighted.put("sticky", Map.of("cookie", cookie));
        }
        return weighted;
    }

    /// How a person takes the steps there.
    Optional<String> advice() {
        if (!hasCanary()) {
            return Optional.empty();
        }
        var shares = rollout.steps().stream()
                .map(Rollout.Step::share)
                .filter(share -> share > 0)
                .distinct()
                .map(share -> (ALL - share) + " and " + share)
                .collect(Collectors.joining(", then "));
        var advice = new ArrayList<String>();
        advice.add("nobody judges a canary there: run the new release as " + canary());
        if (!shares.isEmpty()) {
            advice.add("give the two services of " + all() + " the weights " + shares);
        }
        named("").ifPresent(_ -> advice.add("turn those of " + named() + " for requests with the field"));
        return Optional.of(String.join("; ", advice));
    }
}
