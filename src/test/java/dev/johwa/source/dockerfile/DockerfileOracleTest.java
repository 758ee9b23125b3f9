package dev.johwa.source.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.ContainerOracle;
import dev.johwa.Mutations;
import dev.johwa.lib.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What we say of a Dockerfile is what BuildKit's own parser, and then its builder, says of it.
/// `-Djohwa.fuzz=100` for long, `-Djohwa.seed=N` for others.
class DockerfileOracleTest {
    private static final int FILES = Integer.getInteger("johwa.fuzz", 1) * 1500;
    private static final long SEED = Long.getLong("johwa.seed", 7);

    /// What the parser takes, and no builder does.
    private static final Set<String> BEYOND_PARSER =
            Set.of("dockerfile.stage-circle", "dockerfile.stage-order", "dockerfile.unknown-stage");

    /// Halves of letters, and what single bytes are space to.
    private static final byte[] BYTES = {
        0,
        '\n',
        ' ',
        '"',
        '\\',
        '[',
        '$',
        (byte) 0x80,
        (byte) 0x85,
        (byte) 0xA0,
        (byte) 0xC2,
        (byte) 0xE2,
        (byte) 0xF0,
        (byte) 0xFF
    };

    private static ContainerOracle oracle;

    @BeforeAll
    static void start() {
        oracle = new ContainerOracle("dockerfile");
    }

    @AfterAll
    static void stop() {
        oracle.close();
    }

    private static JsonNode ask(byte[] content) {
        return oracle.ask(Map.of("content", content));
    }

    private static List<Problem> refusals(Dockerfile file) {
        return file.problems().stream()
                .filter(Problem::isError)
                .filter(problem -> !BEYOND_PARSER.contains(problem.code()))
                .toList();
    }

    private static Optional<String> differs(String name, byte[] content) {
        var answer = ask(content);
        var file = Dockerfile.read(name, content);
        var refusals = refusals(file);
        var theirs = answer.path("parse").asString("?");
        if (theirs.isEmpty() != refusals.isEmpty()) {
            return Optional.of("parser: «" + theirs + "», we: " + texts(refusals));
        }
        if (!theirs.isEmpty()) {
            int line = answer.path("line").asInt();
            // Of directives it tells the line before, of a file without instructions the last.
            boolean isElsewhere = refusals.stream()
                    .anyMatch(each -> Set.of("dockerfile.directive", "dockerfile.empty", "dockerfile.line-length")
                            .contains(each.code()));
            boolean isSame = refusals.stream()
                    .anyMatch(each -> each.where() != null && each.where().line() >= line);
            return isElsewhere || line == 0 || isSame
                    ? Optional.empty()
                    : Optional.of("line " + line + " «" + theirs + "», we: " + texts(refusals));
        }
        var build = answer.path("build").asString("?");
        if (build.isEmpty() != file.obstacles().isEmpty()) {
            return Optional.of("builder: «" + build + "», we: " + texts(file.obstacles()));
        }
        return build.isEmpty() ? described(answer.path("config"), file) : Optional.empty();
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::text).toList();
    }

    private static Optional<String> described(JsonNode theirs, Dockerfile file) {
        var ours = file.describe(Optional.empty());
        var start = ours.start();
        var pairs = new HashMap<String, List<Object>>();
        pairs.put("Entrypoint", List.of(strings(theirs.path("Entrypoint")), start.entrypoint()));
        pairs.put("Cmd", List.of(strings(theirs.path("Cmd")), start.command()));
        pairs.put("User", List.of(theirs.path("User").asString(""), start.user().orElse("")));
        pairs.put(
                "WorkingDir",
                List.of(theirs.path("WorkingDir").asString("/"), start.folder().orElse("/")));
        pairs.put(
                "StopSignal",
                List.of(
                        theirs.path("StopSignal").asString(""),
                        start.stopSignal().orElse("")));
        pairs.put("Volumes", List.of(keys(theirs.path("Volumes")), sorted(ours.volumes())));
        pairs.put(
                "ExposedPorts",
                List.of(
                        keys(theirs.path("ExposedPorts")),
                        sorted(ours.ports().stream().map(Object::toString).toList())));
        var labels = new TreeMap<String, String>();
        theirs.path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        pairs.put("Labels", List.of(labels, new TreeMap<>(ours.labels())));
        var check = theirs.path("Healthcheck");
        pairs.put(
                "Healthcheck",
                List.of(
                        check.isMissingNode() ? List.of() : health(check),
                        ours.healthcheck().map(DockerfileOracleTest::health).orElse(List.of())));
        return pairs.entrySet().stream()
                .filter(pair ->
                        !pair.getValue().getFirst().equals(pair.getValue().getLast()))
                .findFirst()
                .map(pair -> pair.getKey() + ": theirs " + pair.getValue().getFirst() + ", ours "
                        + pair.getValue().getLast());
    }

    private static List<Object> health(JsonNode check) {
        return List.of(
                strings(check.path("Test")),
                Duration.ofNanos(check.path("Interval").asLong(0)),
                Duration.ofNanos(check.path("Timeout").asLong(0)),
                Duration.ofNanos(check.path("StartPeriod").asLong(0)),
                Duration.ofNanos(check.path("StartInterval").asLong(0)),
                check.path("Retries").asInt(0));
    }

    private static List<Object> health(ImageDescription.Healthcheck check) {
        return List.of(
                check.test(),
                check.interval(),
                check.timeout(),
                check.startPeriod(),
                check.startInterval(),
                check.retries());
    }

    private static List<String> strings(JsonNode list) {
        var strings = new ArrayList<String>();
        list.forEach(each -> strings.add(each.asString()));
        return strings;
    }

    private static List<String> keys(JsonNode object) {
        return sorted(object.properties().stream().map(Map.Entry::getKey).toList());
    }

    private static List<String> sorted(List<String> strings) {
        return strings.stream().sorted().toList();
    }

    @Test
    void filesOfPeopleAreReadAsBuildKitReadsThem() {
        var different = new ArrayList<String>();
        Corpus.all()
                .forEach((name, text) -> differs(name, text.getBytes(StandardCharsets.UTF_8))
                        .ifPresent(how -> different.add(name + ": " + how)));
        assertThat(different).isEmpty();
        assertThat(Corpus.all()).hasSizeGreaterThan(100);
    }

    @Test
    void generatedFilesAreReadAsBuildKitReadsThem() {
        var files = new GeneratedDockerfiles(SEED);
        var different = new ArrayList<String>();
        int taken = 0;
        for (int i = 0; i < FILES && different.size() < 20; i++) {
            var content = files.next().getBytes(StandardCharsets.UTF_8);
            differs("Dockerfile", content)
                    .ifPresent(how -> different.add("«" + new String(content, StandardCharsets.UTF_8) + "»\n" + how));
            taken += Dockerfile.read("Dockerfile", content).hasErrors() ? 0 : 1;
        }
        assertThat(different).isEmpty();
        assertThat(taken).as("files that are right").isGreaterThan(FILES / 20);
    }

    @Test
    void brokenFilesAreRefusedWhereBuildKitRefusesThem() {
        var texts = new Mutations(SEED, List.copyOf(Corpus.all().values()));
        var different = new ArrayList<String>();
        var random = new Random(SEED);
        for (int i = 0; i < FILES && different.size() < 20; i++) {
            var content = texts.next().getBytes(StandardCharsets.UTF_8);
            for (int bytes = content.length == 0 ? 0 : random.nextInt(4); bytes > 0; bytes--) {
                content[random.nextInt(content.length)] = BYTES[random.nextInt(BYTES.length)];
            }
            verdict(content)
                    .ifPresent(how -> different.add("«" + new String(content, StandardCharsets.UTF_8) + "»\n" + how));
        }
        assertThat(different).isEmpty();
    }

    /// Whether it can be read, alone.
    private static Optional<String> verdict(byte[] content) {
        var theirs = ask(content).path("parse").asString("?");
        var ours = refusals(Dockerfile.read("Dockerfile", content));
        return theirs.isEmpty() == ours.isEmpty()
                ? Optional.empty()
                : Optional.of("parser: «" + theirs + "», we: " + texts(ours));
    }
}
