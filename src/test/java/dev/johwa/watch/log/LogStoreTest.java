package dev.johwa.watch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long BUDGET = 4 << 20;

    private LogStore store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        open(BUDGET);
    }

    private void open(long budget) {
        store = new LogStore(folder.resolve("kept"), new SystemClock(), budget, (app, line) -> line);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private static LogLine line(String app, Instant at, int release, String text, String fields) {
        return LogLine.of(at, app, new LogSource(release, "web", "i" + release, "out", ""), text, fields);
    }

    private void add(List<LogLine> lines) {
        store.add(lines, Optional.empty());
    }

    private List<String> texts(LogSearch search) {
        return store.find(search).stream().map(LogLine::text).toList();
    }

    private static LogSearch all(String app) {
        return LogSearch.last(app, "production", 100_000);
    }

    @Test
    void findsWhatASlowLookFinds() throws IOException {
        var random = new Random(7);
        var said = new ArrayList<LogLine>();
        for (int lot = 0; lot < 40; lot++) {
            var lines = new ArrayList<LogLine>();
            for (int i = 0; i < 400; i++) {
                var app = random.nextInt(3) == 0 ? "shop/api" : "shop";
                var at = BEGIN.plusNanos((lot * 400L + random.nextInt(800)) * 1_000_003);
                var level = random.nextInt(50) == 0 ? "ERROR" : "info";
                var text = "request " + Integer.toHexString(random.nextInt()) + " took " + random.nextInt(900)
                        + " ms of é" + (random.nextInt(3000) == 0 ? " a-rare-word" : "");
                lines.add(line(app, at, random.nextInt(4), text, "{\"level\":\"" + level + "\",\"n\":" + i + "}"));
            }
            add(lines);
            said.addAll(lines);
            if (lot == 20) {
                store.close();
                open();
            }
        }
        assertThat(Files.exists(folder.resolve("kept/apps/shop%2fapi@production/1.log")))
                .isTrue();
        var terms = List.of(
                List.<Term>of(),
                List.<Term>of(new Term.Word("a-rare-word")),
                List.<Term>of(new Term.Word("took 7"), new Term.Not(new Term.Word("took 77"))),
                List.<Term>of(new Term.Word("é a")),
                List.<Term>of(new Term.Field("level", "error")),
                List.<Term>of(new Term.Field("release", "3"), new Term.Field("n", "399")),
                List.<Term>of(new Term.Compared("n", ">=", new java.math.BigDecimal(398))),
                List.<Term>of(new Term.Regex(Pattern.compile("a-[rw]are-w(o|x)rd"))),
                List.<Term>of(new Term.Regex(Pattern.compile("[a-z]-[r-w]a[^x]e\\S"))),
                List.<Term>of(new Term.Regex(Pattern.compile("(?i)A-RARE|took 8\\d\\d ms"))),
                List.<Term>of(new Term.Regex(Pattern.compile("\\bms\\sof .(?=\\sa)"))),
                List.<Term>of(new Term.Field("stream", "out"), new Term.Field("process", "web")),
                List.<Term>of(new Term.Word("never said")));
        for (var wanted : terms) {
            for (var search : searches(wanted)) {
                assertThat(texts(search)).describedAs("%s", search).isEqualTo(slowly(said, search, false));
                assertThat(store.first(search))
                        .describedAs("the first of %s", search)
                        .extracting(LogLine::text)
                        .isEqualTo(slowly(said, search, true));
            }
        }
    }

    private static List<LogSearch> searches(List<Term> terms) {
        var searches = new ArrayList<LogSearch>();
        for (var app : List.of("shop", "shop/api", "other")) {
            for (int limit : List.of(0, 10, 100_000)) {
                for (var release : List.of(OptionalInt.empty(), OptionalInt.of(2))) {
                    searches.add(search(app, limit, release, Optional.empty(), terms));
                    searches.add(search(app, limit, release, Optional.of(BEGIN.plusSeconds(9)), terms));
                }
            }
        }
        return searches;
    }

    private static LogSearch search(
            String app, int limit, OptionalInt release, Optional<Instant> since, List<Term> terms) {
        var until = since.map(time -> time.plusSeconds(3));
        return new LogSearch(app, "production", limit, release, since, until, Optional.empty(), terms, 0);
    }

    private static List<String> slowly(List<LogLine> said, LogSearch search, boolean isFirst) {
        var found = said.stream()
                .filter(line -> line.app().equals(search.app()))
                .filter(line -> search.release().isEmpty()
                        || search.release().getAsInt() == line.source().release())
                .filter(line -> search.since().isEmpty()
                        || !line.at().isBefore(search.since().get())
                                && !line.at().isAfter(search.until().get()))
                .filter(line -> search.terms().stream().allMatch(term -> term.holds(line)))
                .sorted(Comparator.comparing(LogLine::at))
                .map(LogLine::text)
                .toList();
        int many = Math.min(found.size(), search.limit());
        return isFirst ? found.subList(0, many) : found.subList(found.size() - many, found.size());
    }

    @Test
    void losesNothingThatWasKeptAndDoublesNothing() throws IOException {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 2000; i++) {
            expected.add("line " + i + " " + "x".repeat(i % 300));
        }
        add(expected.stream().map(text -> line("shop", BEGIN, 1, text, "")).toList());
        store.close();
        var journal = folder.resolve("kept/journal-1");
        // A crash while it was written: the beginning of another lot, and of none.
        var whole = Files.readAllBytes(journal);
        Files.write(journal, java.util.Arrays.copyOf(whole, 1000), StandardOpenOption.APPEND);
        var kept = Files.readAllBytes(journal);
        for (int i = 0; i < 3; i++) {
            open();
            assertThat(texts(all("shop"))).isEqualTo(expected);
            store.close();
            // A crash after it became blocks: it is still there, and one block is half written.
            Files.write(journal, kept);
            var blocks = folder.resolve("kept/apps/shop@production/1.log");
            Files.write(blocks, new byte[100], StandardOpenOption.APPEND);
        }
    }

    @Test
    void staysWithinItsBudgetAndTakesFromTheNoisiest() throws IOException {
        var random = new Random(3);
        add(List.of(line("quiet", BEGIN, 1, "a quiet line", "")));
        for (int lot = 0; lot < 60; lot++) {
            var lines = new ArrayList<LogLine>();
            for (int i = 0; i < 500; i++) {
                // Nothing that could be compressed.
                var bytes = new byte[200];
                random.nextBytes(bytes);
                var text = "noise " + lot + " " + java.util.Base64.getEncoder().encodeToString(bytes);
                lines.add(line("noisy", BEGIN.plusSeconds(lot), 1, text, ""));
            }
            add(lines);
            assertThat(Trees.size(folder.resolve("kept"))).isLessThanOrEqualTo(BUDGET);
        }
        assertThat(texts(all("quiet"))).containsExactly("a quiet line");
        var noise = texts(all("noisy"));
        assertThat(noise).hasSizeGreaterThan(5000);
        assertThat(noise.getLast()).startsWith("noise 59 ");
        assertThat(noise.getFirst()).doesNotStartWith("noise 0 ");
    }

    @Test
    void givesRequestsAShareOfTheBudgetThatGoesFirst() {
        var random = new Random(5);
        add(List.of(line("shop", BEGIN, 1, "a line of the app", "")));
        for (int lot = 0; lot < 40; lot++) {
            var lines = new ArrayList<LogLine>();
            for (int i = 0; i < 300; i++) {
                var text = "GET /" + Long.toHexString(random.nextLong()) + " 200 " + "x".repeat(i % 50)
                        + random.nextLong();
                lines.add(
                        LogLine.of(BEGIN.plusSeconds(lot), "shop", LogKind.ACCESS.source(7), text, "{\"status\":200}"));
            }
            add(lines);
        }
        assertThat(Trees.size(folder.resolve("kept/apps/shop@production~access")))
                .isBetween(1L, BUDGET / 8);
        assertThat(texts(all("shop"))).containsExactly("a line of the app");
        var requests = texts(all("shop").with(new Term.Field("kind", "access")));
        assertThat(requests).hasSizeGreaterThan(300).allMatch(text -> text.startsWith("GET /"));
        assertThat(texts(all("shop").with(new Term.Field("kind", "access")).with(new Term.Field("release", "8"))))
                .isEmpty();
    }

    @Test
    void forgetsAnAppAndNothingElse() throws IOException {
        add(List.of(
                line("shop", BEGIN, 1, "of the shop", ""),
                line("shop/api", BEGIN, 1, "of its api", ""),
                line("shopping", BEGIN, 1, "of another", ""),
                LogLine.of(BEGIN, "shop", LogKind.BUILD.source(0), "tests passed", "{\"run\":12}")));
        assertThat(texts(all("shop/api").with(new Term.Field("run", "12")))).containsExactly("tests passed");
        store.forgetApp("shop/api", false);
        assertThat(texts(all("shop/api"))).isEmpty();
        assertThat(texts(all("shop"))).containsExactly("of the shop");
        store.forgetApp("shop", true);
        store.close();
        open();
        assertThat(texts(all("shop"))).isEmpty();
        assertThat(texts(all("shop").with(new Term.Field("run", "12")))).isEmpty();
        assertThat(texts(all("shopping"))).containsExactly("of another");
    }

    @Test
    void anAppIsNotForgottenAsLongAsItsLinesStay() throws IOException {
        add(List.of(line("shop", BEGIN, 1, "of the shop", "")));
        var inTheWay = Files.writeString(folder.resolve("kept/apps"), "");
        assertThatThrownBy(() -> store.forgetApp("shop", true)).isInstanceOf(UncheckedIOException.class);
        Files.delete(inTheWay);
        store.forgetApp("shop", true);
        assertThat(texts(all("shop"))).isEmpty();
    }

    @Test
    void keepsALineThatIsTooLongOrNoTextAtAll() {
        var large = "a".repeat(10 << 20);
        var bytes =
                new String(new byte[] {0, 1, 27, '[', '3', '1', 'm', (byte) 0xFF, '\n', 'x'}, StandardCharsets.UTF_8);
        add(List.of(line("shop", BEGIN, 1, large, ""), line("shop", BEGIN.plusSeconds(1), 1, bytes, "")));
        var kept = texts(all("shop"));
        assertThat(kept.getFirst()).hasSizeLessThan(LogStore.LONGEST + 100).endsWith("more characters were dropped)");
        assertThat(kept.getLast()).isEqualTo(bytes);
    }

    @Test
    void leavesOutABlockThatIsDamaged() throws IOException {
        add(List.of(line("shop", BEGIN, 1, "one", "")));
        store.close();
        open();
        add(List.of(line("shop", BEGIN.plusSeconds(1), 1, "two", "")));
        store.close();
        open();
        assertThat(texts(all("shop"))).containsExactly("one", "two");
        var blocks = folder.resolve("kept/apps/shop@production/1.log");
        var bytes = Files.readAllBytes(blocks);
        bytes[bytes.length - 1] ^= 1;
        Files.write(blocks, bytes);
        assertThat(texts(all("shop"))).containsExactly("one");
    }

    @Test
    void readsFieldsOfLines() {
        assertThat(Fields.said("{\"level\":\"warn\",\"n\":1.5}"))
                .containsEntry("level", "warn")
                .containsEntry("n", 1.5);
        assertThat(Fields.said("time=now level=info msg=\"two \\\"words\\\"\" empty="))
                .containsEntry("level", "info")
                .containsEntry("msg", "two \"words\"")
                .containsEntry("empty", "");
        assertThat(Fields.said("12:00 ERROR [main] no answer level=error, path=\"/a b\"; ids=1,2"))
                .isEqualTo(Map.of("level", "error", "path", "/a b", "ids", "1,2"));
        assertThat(Fields.said("GET /?page=2&sort=a 200")).isEmpty();
        assertThat(Fields.said("{not json}")).isEmpty();
    }

    @Test
    void readsSearchesAsPeopleWriteThem() {
        var line = line(
                "shop",
                BEGIN,
                41,
                "GET /cart took 12 ms: \"out of stock\" at http://x",
                "{\"level\":\"Error\",\"http\":{\"status\":503}}");
        var holding = List.of(
                "cart took",
                "\"took 12 ms\"",
                "level:error release:41",
                "http.status:>=500 http.status:<504",
                "/took \\d+ ms/ -/took \\d{3} ms/",
                "http://x",
                "-timeout -level:info",
                "instance:i41",
                "");
        assertThat(holding).allMatch(text -> holds(text, line));
        var others = List.of("carts", "level:warn", "release:4", "http.status:>503", "-cart", "/^cart/", "other:1");
        assertThat(others).noneMatch(text -> holds(text, line));
        for (var wrong : List.of("/(/", "status:>=much", "\"open")) {
            assertThatThrownBy(() -> Terms.parse(wrong)).isInstanceOf(ProblemException.class);
        }
        // One that would take longer than anybody lives.
        var endless = Terms.parse("/(a|aa)+\\1b/").getFirst();
        assertThatThrownBy(() -> endless.holds(line.with("a".repeat(60), ""))).hasMessageContaining("takes too long");
    }

    @Test
    void aRegularExpressionThatGoesTooDeepIsToldSo() {
        var line = LogLine.of(Instant.EPOCH, "shop", LogSource.ofTag("", "out"), "a".repeat(60_000), "");
        var deep = Terms.parse("/(x|a)*b/").getFirst();
        assertThatThrownBy(() -> deep.holds(line)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Terms.parse("/" + "a".repeat(15_000) + "/")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aRegularExpressionThatIsSlowOnEachLineEndsToo() {
        var line = LogLine.of(Instant.EPOCH, "shop", LogSource.ofTag("", "out"), "a".repeat(16), "");
        var slow = Terms.parse("/(a|aa)+\\1b/").getFirst();
        var effort = new Effort(1_000_000);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        assertThat(slow.holds(line, effort)).isFalse();
                    }
                })
                .hasMessageContaining("takes too long");
    }

    @Test
    void timesBeyondThoseOfALogAreItsEnds() {
        assertThat(LogLine.nanos(Instant.parse("9999-12-31T00:00:00Z"))).isGreaterThan(9_000_000_000_000_000_000L);
        assertThat(LogLine.nanos(Instant.parse("0001-01-01T00:00:00Z"))).isLessThan(-9_000_000_000_000_000_000L);
        assertThat(LogLine.nanos(Instant.ofEpochSecond(7, 9))).isEqualTo(7_000_000_009L);
    }

    private static boolean holds(String search, LogLine line) {
        return Terms.parse(search).stream().allMatch(term -> term.holds(line));
    }
}
