package dev.johwa.door.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Path VIEWS = Path.of("src/main/java/dev/johwa/door/web");
    private static final Pattern KEY =
            Pattern.compile("\\b(?:say|words|fact|figure|changes)\\(\\s*(?:visit,\\s*)?\"([a-z0-9.-]+[a-z0-9])\"");
    private static final Pattern PLACES = Pattern.compile("\\{(\\d)");

    @Test
    void bothLanguagesHaveTheSameWordsWithTheSameValues() {
        var english = Texts.read("en").words();
        var korean = Texts.read("ko").words();
        assertThat(korean.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
        english.forEach(
                (key, words) -> assertThat(places(korean.get(key))).as(key).isSubsetOf(places(words)));
        assertThat(korean.values()).noneMatch(String::isBlank);
    }

    private static TreeSet<String> places(String words) {
        var places = new TreeSet<String>();
        PLACES.matcher(words).results().forEach(found -> places.add(found.group(1)));
        return places;
    }

    @Test
    void everyWordThatAViewAsksForIsThere() throws IOException {
        var english = Texts.read("en");
        int asked = 0;
        try (var files = Files.walk(VIEWS)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                var found = KEY.matcher(Files.readString(file)).results().toList();
                for (var key : found) {
                    assertThat(english.has(key.group(1))).as(key.group(1)).isTrue();
                }
                asked += found.size();
            }
        }
        assertThat(asked).isGreaterThan(80);
    }

    @Test
    void everyStateHasAWordAndAColourOrShape() throws IOException {
        var style = Files.readString(Path.of("src/main/resources/dev/johwa/door/web/page/app.css"));
        Texts.read("en").words().keySet().stream()
                .filter(key -> key.startsWith("state."))
                .map(key -> key.substring("state.".length()))
                .filter(state -> !state.equals("reused"))
                .forEach(state -> assertThat(style).contains(".is-" + state));
    }

    @Test
    void valuesStandInTheirPlacesAndNumbersChoose() {
        var texts = new Texts("en", Map.of("a", "{0} of {1}", "b", "{0|one run|{0} runs} of {1}"));
        assertThat(texts.say("a", 1, "x{1}$")).isEqualTo("1 of x{1}$");
        assertThat(texts.say("b", 1, "x")).isEqualTo("one run of x");
        assertThat(texts.say("b", 3, "x")).isEqualTo("3 runs of x");
        assertThatThrownBy(() -> texts.say("c")).isInstanceOf(IllegalStateException.class);
    }
}
