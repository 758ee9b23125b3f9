package dev.johwa.door.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The colours of all pages, computed: whoever changes one sees here what can no longer be read.
class ContrastTest {
    private static final String COLOUR = "oklch\\(([\\d.]+)% ([\\d.]+) ([\\d.]+)\\)";
    private static final Pattern TOKEN =
            Pattern.compile("--([a-z-]+): light-dark\\(" + COLOUR + ", " + COLOUR + "\\);");
    private static final List<String> GROUNDS = List.of("ground", "raised", "sunken", "hover");
    private static final List<String> MEANINGS = List.of("accent", "good", "warn", "bad", "info");

    /// Luminance by name, light and dark.
    private final Map<String, double[]> tokens = new HashMap<>();

    private final List<String> bad = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        var style = Files.readString(Path.of("src/main/resources/dev/johwa/door/web/page/app.css"));
        TOKEN.matcher(style)
                .results()
                .forEach(found -> tokens.put(found.group(1), new double[] {
                    luminance(number(found.group(2)), number(found.group(3)), number(found.group(4))),
                    luminance(number(found.group(5)), number(found.group(6)), number(found.group(7)))
                }));
        assertThat(tokens).hasSizeGreaterThan(30);
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    /// Of a colour in OKLCH, by Björn Ottosson's matrices; parts beyond sRGB are cut as browsers do, about.
    private static double luminance(double percent, double chroma, double hue) {
        double light = percent / 100;
        double a = chroma * Math.cos(Math.toRadians(hue));
        double b = chroma * Math.sin(Math.toRadians(hue));
        double l = Math.pow(light + 0.3963377774 * a + 0.2158037573 * b, 3);
        double m = Math.pow(light - 0.1055613458 * a - 0.0638541728 * b, 3);
        double s = Math.pow(light - 0.0894841775 * a - 1.2914855480 * b, 3);
        double red = cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        double green = cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        double blue = cut(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }

    private static double cut(double part) {
        return Math.clamp(part, 0, 1);
    }

    private void require(String front, String ground, double least) {
        for (int scheme = 0; scheme < 2; scheme++) {
            double one = tokens.get(front)[scheme];
            double other = tokens.get(ground)[scheme];
            double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            if (contrast < least) {
                bad.add("%s on %s, %s: %.2f, not %.1f"
                        .formatted(front, ground, scheme == 0 ? "light" : "dark", contrast, least));
            }
        }
    }

    @Test
    void whatIsReadStandsOutFromItsGround() {
        for (var ground : GROUNDS) {
            require("text", ground, 7);
            require("strong", ground, 7);
            require("quiet", ground, 4.5);
            require("faint", ground, 4.5);
            require("violet-text", ground, 4.5);
            for (var meaning : MEANINGS) {
                require(meaning + "-text", ground, 4.5);
            }
        }
        for (var meaning : MEANINGS) {
            require(meaning + "-text", meaning + "-tint", 4.5);
            require("text", meaning + "-tint", 7);
            require("on-solid", meaning + "-solid", 4.5);
            // Programs put any colour on any other.
            for (var front : List.of("quiet", "strong", "violet-text")) {
                require(front, meaning + "-tint", 4.5);
            }
            for (var other : MEANINGS) {
                require(other + "-text", meaning + "-tint", 4.5);
            }
        }
        require("ground", "text", 7);
        assertThat(bad).isEmpty();
    }

    @Test
    void whatIsOnlySeenStandsOutToo() {
        for (var ground : List.of("ground", "raised", "sunken")) {
            require("edge", ground, 3);
            for (var meaning : MEANINGS) {
                require(meaning + "-border", ground, 3);
                require(meaning + "-solid", ground, 3);
            }
        }
        assertThat(bad).isEmpty();
    }

    @Test
    void theSumIsThatOfKnownColours() {
        assertThat(luminance(100, 0, 0)).isCloseTo(1, offset(0.001));
        assertThat(luminance(0, 0, 0)).isZero();
        // #ff0000
        assertThat(luminance(62.7955, 0.257683, 29.2339)).isCloseTo(0.2126, offset(0.001));
    }
}
