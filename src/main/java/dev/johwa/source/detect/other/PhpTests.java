package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// How a project of PHP is tested: by its own script, else by Pest where it asks for that, else by PHPUnit.
final class PhpTests {
    private static final String REPORT = Test.RESULTS + "/phpunit.xml";
    private static final List<String> TO_REPORT = List.of("--log-junit", REPORT);
    private static final List<String> CONFIGURATIONS = List.of("phpunit.xml", "phpunit.xml.dist", "phpunit.dist.xml");
    private static final Pattern NONE = Pattern.compile(
            "(?i).*no tests? (specified|yet|defined).*|\\s*(echo\\b[^&|;]*(&&\\s*)?)?(exit\\s+[01])?\\s*|true");
    private static final Pattern WATCHES = Pattern.compile("(?i)--watch\\b|phpunit-watcher|\\bpest\\s+watch\\b");
    /// What takes more words at its end, and writes a report where they say so.
    private static final Pattern REPORTS =
            Pattern.compile("(?:@?php )?(?:\\./)?(?:artisan test|(?:vendor/bin/)?(?:phpunit|pest))(?: [^&|;>]*)?");

    private final Folder folder;
    private final JsonNode manifest;
    private final Draft draft;

    PhpTests(Folder folder, JsonNode manifest, Draft draft) {
        this.folder = folder;
        this.manifest = manifest;
        this.draft = draft;
    }

    /// Whether Composer runs them.
    boolean areScripted() {
        var script = script();
        return !script.isEmpty()
                && script.stream().noneMatch(line -> WATCHES.matcher(line).find())
                && !script.stream().allMatch(line -> NONE.matcher(line).matches());
    }

    void add() {
        boolean isConfigured = folder.first(CONFIGURATIONS).isPresent();
        boolean isPest = Stream.of("require-dev", "require")
                .anyMatch(kind -> manifest.path(kind).has("pestphp/pest"));
        if (areScripted()) {
            scripted();
        } else if (isPest && (isConfigured || folder.hasFolder("tests"))) {
            draft.because("composer.json", "asks for Pest");
            reported(List.of("vendor/bin/pest"));
        } else if (isConfigured) {
            reported(List.of("vendor/bin/phpunit"));
        }
    }

    private void scripted() {
        draft.because("composer.json", "scripts.test");
        // Composer itself ends a script after five minutes.
        draft.testEnvironment.put("COMPOSER_PROCESS_TIMEOUT", "0");
        var script = script();
        var words = List.of("composer", "test");
        // More words would go to each line of several.
        boolean canBeTold = script.size() == 1
                && REPORTS.matcher(script.getFirst()).matches()
                && !script.getFirst().contains("--log-junit");
        if (canBeTold) {
            reported(Stream.concat(words.stream(), Stream.of("--")).toList());
        } else {
            draft.test.add(new Test(words, "other", Optional.empty()));
        }
    }

    private void reported(List<String> words) {
        var all = Stream.concat(words.stream(), TO_REPORT.stream()).toList();
        draft.test.add(new Test(all, "phpunit", Optional.of(REPORT)));
    }

    /// Its lines: one, or a list of them.
    private List<String> script() {
        var script = manifest.path("scripts").path("test");
        var lines = script.isArray() ? script.valueStream() : Stream.of(script);
        return lines.filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    }
}
