package dev.johwa.door.web;

import dev.johwa.lib.problem.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The fields of a form as browsers send it (`application/x-www-form-urlencoded`); the last of one name counts.
final class FormBody {
    private FormBody() {}

    /// @throws dev.johwa.lib.problem.ProblemException when it is written wrongly
    static Map<String, String> fields(byte[] body) {
        var fields = new LinkedHashMap<String, String>();
        all(body).forEach((name, values) -> fields.put(name, values.getLast()));
        return fields;
    }

    /// All of one name, in order.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it is written wrongly
    static Map<String, List<String>> all(byte[] body) {
        var fields = new LinkedHashMap<String, List<String>>();
        for (var pair : new String(body, StandardCharsets.UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            fields.computeIfAbsent(decoded(name), any -> new ArrayList<>())
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.user("request.form", "the form has a field that is written wrongly: " + e.getMessage())
                    .hint("send it as application/x-www-form-urlencoded")
                    .exception();
        }
    }
}
