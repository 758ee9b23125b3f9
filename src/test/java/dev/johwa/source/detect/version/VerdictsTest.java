package dev.johwa.source.detect.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Against the verdicts of the ecosystems' own libraries, made beforehand by npm's `semver` and PyPI's `packaging` over
/// generated ranges and versions near their bounds (`src/test/resources/versions`).
class VerdictsTest {
    @Test
    void rangesOfNpmMeanWhatTheyMeanToNpm() {
        assertThat(differences("npm.tsv", Syntax.NPM)).isEmpty();
    }

    @Test
    void specifiersOfPythonMeanWhatTheyMeanToPip() {
        assertThat(differences("pep440.tsv", Syntax.PYTHON)).isEmpty();
    }

    private static List<String> differences(String file, Syntax syntax) {
        var differences = new ArrayList<String>();
        int verdicts = 0;
        for (var line : lines(file)) {
            var columns = line.split("\t", -1);
            var range = syntax.parse(columns[0]);
            boolean isRange = !columns[2].equals("invalid");
            verdicts++;
            if (range.isPresent() != isRange) {
                differences.add("'" + columns[0] + "' is a range: " + isRange);
                continue;
            }
            if (isRange) {
                verdicts += check(columns[0], range.get(), columns[1], true, differences);
                verdicts += check(columns[0], range.get(), columns[2], false, differences);
            }
        }
        assertThat(verdicts).isGreaterThan(1_500);
        return differences;
    }

    private static int check(String text, Range range, String versions, boolean holds, List<String> differences) {
        var all = versions.isEmpty() ? List.<String>of() : List.of(versions.split(" "));
        all.stream()
                .filter(version -> range.holds(version) != holds)
                .forEach(version -> differences.add("'" + text + "' holds " + version + ": " + holds));
        return all.size();
    }

    private static List<String> lines(String file) {
        try (var reader = new InputStreamReader(
                Objects.requireNonNull(VerdictsTest.class.getResourceAsStream("/versions/" + file)),
                StandardCharsets.UTF_8)) {
            return reader.readAllLines().stream()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
