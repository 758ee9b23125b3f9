package dev.johwa.source.detect.other;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What runs the tests of a project of PHP.
class PhpTestsTest {
    private static final String TO_REPORT = " --log-junit .johwa-results/phpunit.xml";

    @TempDir
    Path place;

    private String tested(String manifest, String... more) {
        var files = new ArrayList<>(
                List.of("composer.json", manifest, "public/index.php", "<?php", "tests/CartTest.php", "<?php"));
        files.addAll(List.of(more));
        var tests = new Sample(place, files.toArray(String[]::new)).detect().test();
        return tests.isEmpty() ? "" : String.join(" ", tests.getFirst().command());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"@php artisan test\"', ' -- --log-junit .johwa-results/phpunit.xml'",
        "'\"pest\"', ' -- --log-junit .johwa-results/phpunit.xml'",
        "'\"phpunit --colors=always\"', ' -- --log-junit .johwa-results/phpunit.xml'",
        "'\"phpunit && phpstan\"', ''",
        "'\"pest --log-junit own.xml\"', ''",
        "'[\"@php artisan config:clear --ansi\", \"@php artisan test\"]', ''"
    })
    void theScriptOfTheProjectComesFirst(String script, String more) {
        var manifest = "{\"require-dev\": {\"pestphp/pest\": \"^3\"}, \"scripts\": {\"test\": " + script + "}}";

        assertThat(tested(manifest, "phpunit.xml", "<phpunit/>")).isEqualTo("composer test" + more);
    }

    @ParameterizedTest
    @CsvSource({"pest --watch", "phpunit-watcher watch", "echo 'no tests yet' && exit 1", "exit 0"})
    void aScriptThatTestsNothingOrNeverEndsIsNone(String script) {
        assertThat(tested("{\"scripts\": {\"test\": \"" + script + "\"}}", "phpunit.xml", "<phpunit/>"))
                .isEqualTo("vendor/bin/phpunit" + TO_REPORT);
    }

    @Test
    void pestRunsWhereTheProjectAsksForIt() {
        assertThat(tested("{\"require-dev\": {\"pestphp/pest\": \"^3\"}}", "phpunit.xml", "<phpunit/>"))
                .isEqualTo("vendor/bin/pest" + TO_REPORT);
    }

    @Test
    void aLongScriptIsNotEndedByComposer() {
        var found = new Sample(place, "composer.json", "{\"scripts\": {\"test\": \"pest\"}}", "public/index.php", "")
                .detect();

        assertThat(found.testEnvironment()).containsEntry("COMPOSER_PROCESS_TIMEOUT", "0");
        assertThat(found.packageManager()).contains("composer");
    }
}
