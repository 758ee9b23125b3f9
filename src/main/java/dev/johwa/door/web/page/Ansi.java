package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;

import dev.johwa.lib.html.Html;
import dev.johwa.lib.text.Escapes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Lines as terminals colour them, by classes instead: the 16 colours as they are, those of 256 and of 24 bits as the
/// nearest of the 16, so that they are read on either ground. Everything else that moves a terminal is left out.
final class Ansi {
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[([0-9;:]*)m");
    private static final int[][] PALETTE = {
        {0, 0, 0},
        {205, 49, 49},
        {13, 188, 121},
        {229, 229, 16},
        {36, 114, 200},
        {188, 63, 188},
        {17, 168, 205},
        {229, 229, 229}
    };

    private final TreeSet<String> classes = new TreeSet<>();

    private Ansi() {}

    static Html html(String line) {
        var last = Escapes.lastWritten(line);
        return last.indexOf('\u001B') < 0 ? text(last) : new Ansi().read(last);
    }

    private Html read(String line) {
        var parts = new ArrayList<Html>();
        var found = COLOUR.matcher(line);
        int place = 0;
        while (found.find()) {
            add(line.substring(place, found.start()), parts);
            apply(numbers(found.group(1)));
            place = found.end();
        }
        add(line.substring(place), parts);
        return row(parts.toArray(Html[]::new));
    }

    private void add(String words, List<Html> parts) {
        var plain = Escapes.without(words);
        if (!plain.isEmpty()) {
            parts.add(classes.isEmpty() ? text(plain) : span(styled(String.join(" ", classes)), text(plain)));
        }
    }

    private static int[] numbers(String codes) {
        var numbers = codes.isEmpty() ? new String[] {"0"} : codes.split("[;:]");
        var read = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            read[i] = numbers[i].isEmpty() || numbers[i].length() > 4 ? 0 : Integer.parseInt(numbers[i]);
        }
        return read;
    }

    private void apply(int[] codes) {
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i];
            if (code == 38 || code == 48) {
                i = extended(codes, i, code == 38 ? "f" : "b");
            } else {
                plain(code);
            }
        }
    }

    private void plain(int code) {
        switch (code) {
            case 0 -> classes.clear();
            case 1 -> classes.add("a-bold");
            case 2 -> classes.add("a-dim");
            case 3 -> classes.add("a-italic");
            case 4 -> classes.add("a-under");
            case 7 -> classes.add("a-turned");
            case 22 -> classes.removeAll(List.of("a-bold", "a-dim"));
            case 23 -> classes.remove("a-italic");
            case 24 -> classes.remove("a-under");
            case 27 -> classes.remove("a-turned");
            case 39 -> clear("f");
            case 49 -> clear("b");
            default -> colour(code);
        }
    }

    private void colour(int code) {
        int bright = code >= 90 ? 60 : 0;
        int base = code - bright;
        if (base >= 30 && base <= 37) {
            set("f", base - 30 + (bright > 0 ? 8 : 0));
        } else if (base >= 40 && base <= 47) {
            set("b", base - 40 + (bright > 0 ? 8 : 0));
        }
    }

    private int extended(int[] codes, int i, String ground) {
        if (i + 2 < codes.length && codes[i + 1] == 5) {
            set(ground, of256(codes[i + 2]));
            return i + 2;
        }
        if (i + 4 < codes.length && codes[i + 1] == 2) {
            set(ground, nearest(codes[i + 2], codes[i + 3], codes[i + 4]));
            return i + 4;
        }
        return codes.length;
    }

    private static int of256(int number) {
        if (number < 16) {
            return number;
        }
        if (number >= 232) {
            int grey = 8 + (number - 232) * 10;
            return nearest(grey, grey, grey);
        }
        int cube = number - 16;
        return nearest(cube / 36 * 51, cube / 6 % 6 * 51, cube % 6 * 51);
    }

    private static int nearest(int red, int green, int blue) {
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < PALETTE.length; i++) {
            long distance = square(red - PALETTE[i][0]) + square(green - PALETTE[i][1]) + square(blue - PALETTE[i][2]);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static long square(long number) {
        return number * number;
    }

    private void set(String ground, int colour) {
        clear(ground);
        classes.add("a-" + ground + colour);
    }

    private void clear(String ground) {
        classes.removeIf(name -> name.matches("a-" + ground + "\\d+"));
    }
}
