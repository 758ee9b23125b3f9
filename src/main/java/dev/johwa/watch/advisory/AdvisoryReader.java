package dev.johwa.watch.advisory;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.advisory.Entry.Outcome;
import dev.johwa.watch.advisory.Entry.Range;
import dev.johwa.watch.advisory.Entry.Step;
import dev.johwa.watch.advisory.version.Scheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads advisories in the form of the OSV schema (1.9), passing over what it does not know.
final class AdvisoryReader {
    private static final int LONGEST_SUMMARY = 300;
    /// Of one package in one advisory; there are some of 10,000.
    static final int MOST_VERSIONS = 100_000;
    /// They tell of a package that is itself the attack.
    private static final String MALICIOUS = "MAL-";
    /// Databases of distributions give what they take over from elsewhere an id of their own.
    private static final List<String> TAKEN_OVER = List.of("DEBIAN-", "UBUNTU-");
    private static final Set<String> STEPS = Set.of("introduced", "fixed", "last_affected", "limit");

    private AdvisoryReader() {}

    /// An advisory.
    ///
    /// @param modified when it was written last, RFC 3339
    /// @param entries by the package that each is about; none of one that was withdrawn
    record Read(String modified, boolean isWithdrawn, Set<String> ecosystems, Map<PackageKey, Entry> entries) {}

    /// @throws ProblemException where it is no such advisory
    static Read read(byte[] bytes) {
        var tree = Json.read(bytes, JsonNode.class);
        var id = tree.path("id").asString("");
        if (id.isEmpty()) {
            throw Problem.user("osv.no-advisory", "it has no id").exception();
        }
        var named = new LinkedHashMap<PackageKey, List<JsonNode>>();
        var ecosystems = new LinkedHashSet<String>();
        for (var affected : tree.path("affected")) {
            var of = affected.path("package");
            var ecosystem = of.path("ecosystem").asString("");
            if (!ecosystem.isEmpty()) {
                ecosystems.add(ecosystem);
            }
            PackageKey.of(ecosystem, of.path("name").asString(""))
                    .ifPresent(key ->
                            named.computeIfAbsent(key, _ -> new ArrayList<>()).add(affected));
        }
        boolean isWithdrawn = !tree.path("withdrawn").asString("").isEmpty();
        var entries = new LinkedHashMap<PackageKey, Entry>();
        if (!isWithdrawn) {
            named.forEach((key, parts) -> entries.put(key, entry(tree, id, key.scheme(), parts)));
        }
        return new Read(tree.path("modified").asString(""), isWithdrawn, ecosystems, entries);
    }

    private static Entry entry(JsonNode tree, String id, Scheme scheme, List<JsonNode> parts) {
        var ranges = new ArrayList<Range>();
        var versions = new LinkedHashSet<String>();
        var doubt = "";
        for (var part : parts) {
            var lacking = ranges(part, ranges);
            part.path("versions").forEach(each -> versions.add(each.asString("")));
            doubt = doubt.isEmpty() && part.path("versions").isEmpty() ? lacking : doubt;
        }
        if (versions.size() > MOST_VERSIONS) {
            doubt = "it lists more than " + MOST_VERSIONS + " versions";
            versions.clear();
        }
        versions.remove("");
        versions.removeIf(
                each -> ranges.stream().anyMatch(range -> Entry.of(range, each, scheme) instanceof Outcome.Affected));
        var score = score(tree, parts);
        return new Entry(
                id,
                aliases(tree, id),
                summary(tree),
                severity(tree, id, parts, score),
                score.orElse(0),
                new ArrayList<>(versions),
                ranges,
                doubt);
    }

    /// @return why they say less than they should, or nothing
    private static String ranges(JsonNode affected, List<Range> all) {
        var lacking = affected.path("ranges").isEmpty() ? "it names no versions" : "";
        boolean isBegun = false;
        for (var range : affected.path("ranges")) {
            var type = range.path("type").asString("");
            var steps = steps(range);
            if (type.equals("GIT")) {
                lacking = lacking.isEmpty() ? "it names commits, not versions" : lacking;
            } else if (!type.equals("SEMVER") && !type.equals("ECOSYSTEM")) {
                return "it has a range of an unknown type '" + type + "'";
            } else if (steps.stream().noneMatch(step -> step.kind().equals("introduced"))) {
                return "it has a range that never begins";
            } else {
                isBegun = true;
                all.add(new Range(type.equals("SEMVER"), steps));
            }
        }
        // Commits beside versions say the same once more.
        return isBegun ? "" : lacking;
    }

    private static List<Step> steps(JsonNode range) {
        var steps = new ArrayList<Step>();
        for (var event : range.path("events")) {
            event.properties().stream()
                    .filter(each -> STEPS.contains(each.getKey()))
                    .forEach(each ->
                            steps.add(new Step(each.getKey(), each.getValue().asString(""))));
        }
        return steps;
    }

    private static List<String> aliases(JsonNode tree, String id) {
        var aliases = new LinkedHashSet<String>();
        tree.path("aliases").forEach(each -> aliases.add(each.asString("")));
        TAKEN_OVER.stream()
                .filter(start -> id.startsWith(start + "CVE-"))
                .forEach(start -> aliases.add(id.substring(start.length())));
        aliases.remove(id);
        aliases.remove("");
        return List.copyOf(aliases);
    }

    private static String summary(JsonNode tree) {
        var details = tree.path("details").asString("").lines().findFirst().orElse("");
        var text = tree.path("summary").asString("").isBlank()
                ? details
                : tree.path("summary").asString("");
        return text.length() > LONGEST_SUMMARY ? text.substring(0, LONGEST_SUMMARY) + "…" : text;
    }

    /// Of the package where it has one of its own; of the newest version of CVSS that can be computed.
    private static OptionalDouble score(JsonNode tree, List<JsonNode> parts) {
        for (var type : List.of("CVSS_V4", "CVSS_V3", "CVSS_V2")) {
            for (var node : severities(tree, parts)) {
                if (node.path("type").asString("").equals(type)) {
                    var score = Cvss.score(node.path("score").asString(""));
                    if (score.isPresent()) {
                        return score;
                    }
                }
            }
        }
        return OptionalDouble.empty();
    }

    private static List<JsonNode> severities(JsonNode tree, List<JsonNode> parts) {
        var all = new ArrayList<JsonNode>();
        parts.forEach(part -> part.path("severity").forEach(all::add));
        if (all.isEmpty()) {
            tree.path("severity").forEach(all::add);
        }
        return all;
    }

    private static Severity severity(JsonNode tree, String id, List<JsonNode> parts, OptionalDouble score) {
        if (id.startsWith(MALICIOUS)) {
            return Severity.CRITICAL;
        }
        return score.isEmpty() ? word(tree, parts) : Severity.of(score);
    }

    private static Severity word(JsonNode tree, List<JsonNode> parts) {
        var words = new ArrayList<String>();
        severities(tree, parts).stream()
                .filter(node -> node.path("type").asString("").equals("Ubuntu"))
                .forEach(node -> words.add(node.path("score").asString("")));
        for (var part : parts) {
            words.add(part.path("database_specific").path("severity").asString(""));
            words.add(part.path("ecosystem_specific").path("severity").asString(""));
            words.add(part.path("ecosystem_specific").path("urgency").asString(""));
        }
        words.add(tree.path("database_specific").path("severity").asString(""));
        return words.stream()
                .map(Severity::of)
                .filter(each -> each != Severity.UNKNOWN)
                .findFirst()
                .orElse(Severity.UNKNOWN);
    }
}
