package dev.johwa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.results.TestResults;
import dev.johwa.lib.archive.Tar;
import dev.johwa.lib.cron.Cron;
import dev.johwa.lib.http.AddressRange;
import dev.johwa.lib.http.InsideAddresses;
import dev.johwa.lib.mail.MailAddress;
import dev.johwa.lib.mail.MailServer;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Escapes;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.router.Pass;
import dev.johwa.source.detect.Detection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Those of words that people type, and of what tools print and write.
final class WordParsers {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private final Path folder;

    WordParsers(Path folder) {
        this.folder = folder;
    }

    List<Parser> all() {
        return List.of(
                Parser.ofText(
                        "cron", WordParsers::cron, "0 3 * * *", "*/5 1-7,9 L jan-dec mon#2", "@daily", "0 0 29 2 5L"),
                Parser.ofText(
                        "JUnit's XML",
                        text -> report("r.xml", text),
                        "<?xml version=\"1.0\"?><testsuite><testcase name=\"a\" classname=\"b\" time=\"0.1\">"
                                + "<failure message=\"m\">at A.java:3</failure></testcase></testsuite>",
                        "<TestRun><UnitTestResult testName=\"a\" outcome=\"Failed\" duration=\"00:00:01\"/></TestRun>",
                        "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><x>&a;&c;</x>"),
                Parser.ofText(
                        "JSON of tests",
                        text -> report("r.json", text),
                        "{\"testResults\":[{\"name\":\"/a.js\",\"assertionResults\":[{\"status\":\"failed\","
                                + "\"title\":\"t\",\"failureMessages\":[\"m\\n at a (b.js:1:2)\"]}]}]}",
                        "{\"stats\":{},\"failures\":[{\"fullTitle\":\"a\",\"err\":{\"message\":\"m\"}}]}",
                        "{\"examples\":[{\"status\":\"failed\",\"file_path\":\"a.rb\",\"line_number\":3}]}"),
                Parser.ofText(
                        "output of tests",
                        this::printed,
                        "TAP version 13\n1..2\nok 1 - a\nnot ok 2 - b # TODO\n  ---\n  at: a.js:1\n  ...\n",
                        "=== FAILURES ===\nFAILED a.py::b - assert 1\n2 failed, 1 passed in 0.1s\n",
                        "--- FAIL: TestA (0.00s)\n    a_test.go:3: no\nFAIL\n",
                        "Tests run: 3, Failures: 1, Errors: 0, Skipped: 1\n[ERROR] a.B.c:3 no\n",
                        "test a::b ... FAILED\nthread 'a' panicked at src/lib.rs:3:5:\nno\n"
                                + "test result: FAILED. 1 passed; 1 failed\n"),
                Parser.ofText(
                        "pass",
                        text -> Pass.read(text, KEY, Instant.EPOCH),
                        "VISIT~person.kim~1~n~c2ln",
                        new Pass(Pass.Kind.TICKET, "a", 9, "n").signed("AAAA")),
                Parser.ofText(
                        "addresses", WordParsers::addresses, "10.0.0.0/8", "::1/128", "fe80::1%eth0", "::ffff:1.2.3.4"),
                Parser.ofText(
                        "mail", WordParsers::mail, "Johwa <johwa@example.com>", "smtp://user@mail.example.com:587"),
                Parser.ofText("sizes", Sizes::read, "500Mi", "20Gi", "1G", "123"),
                Parser.ofText(
                        "escapes",
                        WordParsers::escapes,
                        "\u001b[31mred\u001b[0m \u001b]8;;http://a\u0007b\u001b]8;;\u0007",
                        "\u001b[2J\u009b1mx\u001bPq\u001b\\"),
                Parser.ofBytes(
                        "tar",
                        bytes -> Tar.text(new ByteArrayInputStream(bytes), "a"),
                        "a".repeat(600),
                        "\0".repeat(1024),
                        "ustar\0" + "0".repeat(500)));
    }

    private static void cron(String text) {
        Cron.parse(text).next(Instant.parse("2026-02-28T23:59:59Z"), ZoneOffset.UTC);
    }

    private void report(String name, String text) {
        var place = folder.resolve("reports");
        try {
            Files.createDirectories(place);
            Files.writeString(place.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new Detection.Test(List.of("x"), "other", Optional.of(name));
        assertThat(TestResults.read(command, List.of(), place).toString()).doesNotContain("root:");
    }

    private void printed(String text) {
        for (var runner : List.of("tap", "pytest", "go", "maven", "cargo", "jest", "rspec", "other")) {
            TestResults.read(
                    new Detection.Test(List.of("x"), runner, Optional.empty()),
                    text.lines().toList(),
                    folder);
        }
    }

    private static void addresses(String text) {
        var _ = InsideAddresses.isInside(text);
        var _ = AddressRange.contain(List.of(AddressRange.of("10.0.0.0/8")), text);
        AddressRange.of(text);
    }

    private static void mail(String text) {
        try {
            assertThat(MailAddress.read(text, "--to")).doesNotContainPattern("[\\r\\n]");
        } catch (ProblemException e) {
            MailServer.read(text, "a@example.com", false);
        }
    }

    private static void escapes(String text) {
        assertThat(Escapes.plain(text)).doesNotContainPattern("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f]");
    }
}
