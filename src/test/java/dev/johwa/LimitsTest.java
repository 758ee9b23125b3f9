package dev.johwa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.johwa.serve.router.proxy.Limits;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The limits that `docs/security.md` tells are those of the code.
class LimitsTest {
    private static final Path TOLD = Path.of("docs/security.md");
    private static final Pattern ROW =
            Pattern.compile("\\|(.*)\\| ([\\d,]+) ?(\\w*) \\|(.*)\\| `([\\w.]+)\\.(\\w+)` \\|");
    private static final Pattern NAMES_A_TEST = Pattern.compile("`(\\w+Test)`");
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "s",
            1_000L,
            "d",
            Duration.ofDays(1).toMillis());

    /// @param value in bytes, pieces or milliseconds
    record Told(String of, long value, String room, String constant) {
        private static List<Told> all() throws Exception {
            return Files.readAllLines(TOLD).stream()
                    .map(ROW::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .map(row -> new Told(
                            row.group(1).strip(),
                            Long.parseLong(row.group(2).replace(",", "")) * UNITS.get(row.group(3)),
                            row.group(5),
                            row.group(6)))
                    .toList();
        }

        private long inCode() throws ReflectiveOperationException {
            var type = Class.forName("dev.johwa." + room);
            if (type == Limits.class) {
                return number(type.getMethod(constant).invoke(Limits.usual()));
            }
            Field field = type.getDeclaredField(constant);
            field.setAccessible(true);
            return number(field.get(null));
        }

        private static long number(Object value) {
            return value instanceof Duration time ? time.toMillis() : ((Number) value).longValue();
        }
    }

    @Test
    void eachLineTellsWhatTheCodeHolds() throws Exception {
        var all = Told.all();

        assertThat(all).hasSizeGreaterThan(50);
        for (var told : all) {
            assertThatCode(told::inCode)
                    .as("%s tells of %s.%s: where it went, or away with the line", TOLD, told.room(), told.constant())
                    .doesNotThrowAnyException();
            assertThat(told.value()).as(told.toString()).isEqualTo(told.inCode());
        }
    }

    @Test
    void everyLimitOfTheEdgeIsTold() throws Exception {
        var told = Told.all().stream().map(Told::constant).collect(Collectors.toSet());

        assertThat(told)
                .containsAll(Arrays.stream(Limits.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void everyTestThatIsNamedIsThere() throws Exception {
        Set<String> names = new TreeSet<>();
        var found = NAMES_A_TEST.matcher(Files.readString(TOLD));
        while (found.find()) {
            names.add(found.group(1) + ".java");
        }
        try (var files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .containsAll(names);
        }
    }
}
