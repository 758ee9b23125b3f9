package dev.johwa;

import java.util.List;
import java.util.Random;

/// Texts that nobody writes, made of texts that people do: cut, doubled, shuffled, with letters that parsers trip over.
/// Equal seeds make equal texts.
public final class Mutations {
    private static final int LONGEST = 4_000;
    private static final List<String> STONES = List.of(
            "\0",
            "\r",
            "\n",
            "\t",
            " ",
            "\u00A0",
            "\uFEFF",
            "\uD800",
            "\u202E",
            "\u0130",
            "\u001B[2J",
            "%",
            "%zz",
            "%00",
            "\"",
            "'",
            "`",
            "\\",
            "/",
            "//",
            "..",
            "../",
            "~",
            ":",
            ": ",
            "- ",
            "&a",
            "*a",
            "<<: *a",
            "!!java/x ",
            "{",
            "}",
            "[",
            "]",
            "{{",
            "[[[[[[[[",
            "#",
            "|",
            ">",
            "?",
            "@",
            "=",
            ",",
            ";",
            "*",
            "**",
            "$",
            "${",
            "<",
            "<!",
            "<!DOCTYPE x [",
            "&lt;",
            "&#0;",
            "]]>",
            "0",
            "-1",
            "+1",
            "1e999",
            "NaN",
            "99999999999999999999",
            "2147483648",
            "0x7fffffff",
            "L",
            "null",
            "true",
            "\u00E9",
            "조",
            "😀",
            "a".repeat(300));

    private final Random random;
    private final List<String> seeds;

    public Mutations(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    public String next() {
        var text = new StringBuilder(any());
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            change(text);
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text.toString();
    }

    private String any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private void change(StringBuilder text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        switch (random.nextInt(7)) {
            case 0 -> text.delete(from, to);
            case 1 -> text.insert(from, STONES.get(random.nextInt(STONES.size())));
            case 2 -> text.replace(from, to, STONES.get(random.nextInt(STONES.size())));
            case 3 -> text.insert(from, text.substring(from, to).repeat(1 + random.nextInt(20)));
            case 4 -> text.setLength(from);
            case 5 -> text.insert(from, (char) random.nextInt(256));
            default -> {
                var other = any();
                text.insert(from, other, random.nextInt(other.length() + 1), other.length());
            }
        }
    }
}
