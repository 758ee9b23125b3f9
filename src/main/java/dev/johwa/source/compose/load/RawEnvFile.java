package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import java.util.Map;

/// Env files of the format `raw`, which is that of `docker run --env-file`: `NAME=value` a line as it stands, without
/// quotes and references.
final class RawEnvFile {
    private final String file;

    RawEnvFile(String file) {
        this.file = file;
    }

    /// @param around values of names that stand alone
    void read(String text, Map<String, String> values, Map<String, String> around) {
        int number = 0;
        for (var written : text.replace("\uFEFF", "").lines().toList()) {
            number++;
            var line = written.stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            var name = equals < 0 ? line : line.substring(0, equals);
            if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
                throw Problem.user("compose.env-file", "'" + name + "' is no name of a variable")
                        .at(new Place(file, number, 1))
                        .hint("write NAME=value")
                        .exception();
            }
            var value = equals < 0 ? around.get(name) : line.substring(equals + 1);
            if (value != null) {
                values.put(name, value);
            }
        }
    }
}
