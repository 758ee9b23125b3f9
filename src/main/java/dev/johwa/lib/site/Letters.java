package dev.johwa.lib.site;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Letters of addresses: encoded, decoded, put in for names.
final class Letters {
    private static final Pattern NAME = Pattern.compile(":([A-Za-z]\\w*)");
    private static final String PLAIN = "-._~/";
    private static final int SHOWN = 60;

    private Letters() {}

    /// `%C3%A9` becomes é; a percent sign that begins nothing stays one.
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var bytes = new ByteArrayOutputStream();
        var raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            if (raw[i] == '%' && high >= 0 && low >= 0) {
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Everything but letters, digits, `-._~` and slashes.
    static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = each >= 'a' && each <= 'z'
                    || each >= 'A' && each <= 'Z'
                    || each >= '0' && each <= '9'
                    || PLAIN.indexOf(each) >= 0;
            encoded.append(isPlain ? String.valueOf((char) each) : "%%%02X".formatted(each & 0xFF));
        }
        return encoded.toString();
    }

    /// What an address may not hold is encoded, the rest stays as it was written.
    static String address(String written) {
        var address = new StringBuilder();
        written.codePoints().forEach(letter -> {
            boolean isPlain = letter > ' ' && letter < 127 && letter != '\\';
            address.append(isPlain ? Character.toString(letter) : encode(Character.toString(letter)));
        });
        return address.toString();
    }

    /// Names that stand for something are replaced by it, the others stay.
    static String fill(String template, Map<String, String> values, boolean encoded) {
        if (values.isEmpty()) {
            return template;
        }
        return NAME.matcher(template).replaceAll(found -> {
            var value = values.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : encoded ? encode(value) : value);
        });
    }

    /// As a regular expression (RE2) of the text as it is sent: what an address may say both ways is taken both ways.
    static String expression(String text) {
        var expression = new StringBuilder();
        text.codePoints().forEach(letter -> {
            var plain = Character.toString(letter);
            var encoded = encode(plain);
            if (encoded.equals(plain)) {
                expression.append(letter == '.' ? "\\." : plain);
            } else if (letter < 128) {
                expression.append("(?:\\x%02X|(?i:%s))".formatted(letter, encoded));
            } else {
                expression.append("(?i:").append(encoded).append(')');
            }
        });
        return expression.toString();
    }

    static String shortened(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
