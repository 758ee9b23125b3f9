package dev.johwa.watch.telemetry.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Tools;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.telemetry.Answer;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the engine of Prometheus 3 answers, over the same samples.
class PrometheusTest {
    private static final int QUERIES = 400;
    private static final long SEED = 20261127;
    private static final long STEP = 47_000;

    @TempDir
    private Path folder;

    private record Question(String query, long start, long end, long step) {}

    @Test
    void queriesAreAnsweredAsPrometheusDoes() throws Exception {
        var random = new RandomQueries(SEED);
        var samples = random.samples();
        var questions = IntStream.range(0, QUERIES)
                .mapToObj(i -> question(i, random.vector(i % 4)))
                .toList();
        var theirs = prometheus(samples, questions);
        var wrong = new ArrayList<String>();
        int answered = 0;
        for (int i = 0; i < QUERIES; i++) {
            var ours = ours(samples, questions.get(i));
            var their = their(theirs.get(i));
            answered += their.isEmpty() ? 0 : 1;
            if (!isLike(ours, their)) {
                wrong.add(questions.get(i) + "\n  ours:   " + ours + "\n  theirs: " + their + " "
                        + theirs.get(i).get("error"));
            }
        }
        assertThat(wrong).isEmpty();
        // Most of them must find something, or nothing is shown by it.
        assertThat(answered).isGreaterThan(QUERIES / 2);
    }

    private static Question question(int index, String query) {
        long start = RandomQueries.START + 20 * 60_000;
        return index % 5 == 0
                ? new Question(query, start + 1_800_000, start + 1_800_000, 0)
                : new Question(query, start, start + RandomQueries.LENGTH / 2, STEP);
    }

    private List<Map<?, ?>> prometheus(List<Series> samples, List<Question> questions)
            throws IOException, InterruptedException {
        var series = samples.stream()
                .map(each -> Map.of("labels", each.labels().map(), "points", points(each)))
                .toList();
        var input = Files.write(folder.resolve("in"), Json.bytes(Map.of("series", series, "queries", questions)));
        var output = folder.resolve("out");
        var process = new ProcessBuilder(Tools.find("promql-oracle"))
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                .<Map<?, ?>>map(line -> Json.read(line, Map.class))
                .toList();
    }

    private static List<List<Object>> points(Series series) {
        return IntStream.range(0, series.samples().size())
                .mapToObj(i -> List.<Object>of(
                        series.samples().times()[i],
                        Double.toString(series.samples().values()[i]).replace("Infinity", "Inf")))
                .toList();
    }

    /// Values by labels and time; nothing when it is refused.
    private static Map<String, Map<Long, Double>> ours(List<Series> samples, Question question) {
        try {
            var source = new GivenSamples(samples);
            if (question.step() > 0) {
                return values(Engine.range(question.query(), question.start(), question.end(), question.step(), source)
                        .series());
            }
            return switch (Engine.instant(question.query(), question.start(), source)) {
                case Answer.Scalar(long at, double value) -> Map.of("scalar", Map.of(at, value));
                case Answer.Text(long at, String value) -> Map.of(value, Map.of(at, 0.0));
                case Answer.Matrix(List<Series> series) -> values(series);
                case Answer.Vector(long at, List<Answer.Value> all) -> {
                    var found = new HashMap<String, Map<Long, Double>>();
                    all.forEach(each -> found.put(each.labels().toString(), Map.of(at, each.value())));
                    yield found;
                }
            };
        } catch (ProblemException e) {
            return Map.of("refused", Map.of());
        }
    }

    private static Map<String, Map<Long, Double>> values(List<Series> series) {
        var found = new HashMap<String, Map<Long, Double>>();
        for (var each : series) {
            var values = new HashMap<Long, Double>();
            for (int i = 0; i < each.samples().size(); i++) {
                values.put(each.samples().times()[i], each.samples().values()[i]);
            }
            found.put(each.labels().toString(), values);
        }
        return found;
    }

    private static Map<String, Map<Long, Double>> their(Map<?, ?> answer) {
        if (answer.get("error") != null) {
            return Map.of("refused", Map.of());
        }
        var found = new HashMap<String, Map<Long, Double>>();
        for (var each : (List<?>) answer.get("result")) {
            var labels = new HashMap<String, String>();
            ((Map<?, ?>) ((Map<?, ?>) each).get("metric"))
                    .forEach((name, value) -> labels.put((String) name, (String) value));
            var values = new HashMap<Long, Double>();
            for (var point : (List<?>) ((Map<?, ?>) each).get("values")) {
                var pair = (List<?>) point;
                values.put(
                        ((Number) pair.get(0)).longValue(),
                        Double.parseDouble(((String) pair.get(1)).replace("Inf", "Infinity")));
            }
            found.put(Labels.of(labels).toString(), values);
        }
        return found;
    }

    private static boolean isLike(Map<String, Map<Long, Double>> ours, Map<String, Map<Long, Double>> theirs) {
        return ours.keySet().equals(theirs.keySet())
                && ours.entrySet().stream().allMatch(each -> isNear(each.getValue(), theirs.get(each.getKey())));
    }

    private static boolean isNear(Map<Long, Double> ours, Map<Long, Double> theirs) {
        return ours.keySet().equals(theirs.keySet())
                && ours.entrySet().stream().allMatch(each -> isNear(each.getValue(), theirs.get(each.getKey())));
    }

    private static boolean isNear(double ours, double theirs) {
        return Double.compare(ours, theirs) == 0
                || ours == theirs
                || Math.abs(ours - theirs) <= 1e-9 * Math.max(Math.abs(ours), Math.abs(theirs));
    }
}
