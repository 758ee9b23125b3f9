package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;

    private LogFile log(String text) throws IOException {
        return new LogFile(Files.writeString(folder.resolve("1.log"), text));
    }

    private static List<String> texts(RunWords words) {
        return words.lines().stream().map(RunWords.Line::text).toList();
    }

    @Test
    void theLastLinesAreReadAndThoseBeforeThemByTheirPlace() throws IOException {
        var log = log("a\nbb\nccc\ndddd\n");
        var last = log.before(-1, 2);
        assertThat(texts(last)).containsExactly("ccc", "dddd");
        assertThat(last.start()).isEqualTo(5);
        assertThat(last.end()).isEqualTo(14);
        var earlier = log.before(last.start(), 5);
        assertThat(texts(earlier)).containsExactly("a", "bb");
        assertThat(earlier.start()).isZero();
        assertThat(texts(log.before(-1, 4))).containsExactly("a", "bb", "ccc", "dddd");
    }

    @Test
    void whatIsHalfWrittenComesWhenItIsWhole() throws IOException {
        var log = log("a\nhal");
        var first = log.before(-1, 10);
        assertThat(texts(first)).containsExactly("a");
        assertThat(texts(log.after(first.end(), 10))).isEmpty();
        Files.writeString(folder.resolve("1.log"), "a\nhalf\nb\n");
        var next = log.after(first.end(), 10);
        assertThat(texts(next)).containsExactly("half", "b");
        assertThat(log.after(next.end(), 10).end()).isEqualTo(next.end());
    }

    @Test
    void readingInStretchesGivesEveryLineOnce() throws IOException {
        var lines = IntStream.range(0, 30_000)
                .mapToObj(i -> i + " 조화 " + "x".repeat(i % 97))
                .toList();
        var log = log(lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
        var forward = new ArrayList<String>();
        for (long place = 0; ; ) {
            var words = log.after(place, 777);
            if (words.lines().isEmpty()) {
                break;
            }
            forward.addAll(texts(words));
            place = words.end();
        }
        assertThat(forward).isEqualTo(lines);
        var backward = new ArrayList<String>();
        for (long place = -1; place != 0; ) {
            var words = log.before(place, 777);
            backward.addAll(0, texts(words));
            place = words.start();
        }
        assertThat(backward).isEqualTo(lines);
    }

    @Test
    void linesWithATextAreFoundWithTheirPlaces() throws IOException {
        var log = log("one\nTwo.*\nthree\ntwo.*\n");
        var found = log.with("two.*", 10);
        assertThat(texts(found)).containsExactly("Two.*", "two.*");
        assertThat(texts(log.after(found.lines().getFirst().at(), 1))).containsExactly("Two.*");
        assertThat(texts(log.with("t", 1))).containsExactly("Two.*");
    }

    @Test
    void nothingAndNonsenseAreNoTrouble() throws IOException {
        assertThat(texts(new LogFile(folder.resolve("none")).before(-1, 5))).isEmpty();
        assertThat(texts(log("").before(-1, 5))).isEmpty();
        assertThat(texts(log("a\n").after(1_000_000, 5))).isEmpty();
        assertThat(texts(log("a\n").before(1_000_000, 5))).containsExactly("a");
        assertThat(texts(log("\n\n\n").before(-1, 2))).containsExactly("", "");
        assertThat(texts(log("a\nbb\n").after(3, 5))).containsExactly("b");
    }
}
