package dev.johwa.source.dockerfile.instruction;

import dev.johwa.lib.text.Near;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.Runes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The flags that an instruction was given, each one that it knows.
///
/// @param values by the name of the flag, in the order given
public record FlagValues(Map<String, List<String>> values) {
    /// What a flag takes.
    enum Kind {
        /// `--x`, `--x=true`, `--x=false`
        SWITCH,
        TEXT,
        /// as often as wanted
        TEXTS
    }

    /// @throws Refused at the first that is not right
    static FlagValues read(List<String> words, Map<String, Kind> known) throws Refused {
        var values = new LinkedHashMap<String, List<String>>();
        for (var word : words) {
            if (word.equals("--")) {
                break;
            }
            if (!word.startsWith("--")) {
                throw new Refused("flag", "'" + RawNames.text(word) + "' is no flag", word);
            }
            int equals = word.indexOf('=');
            var name = equals < 0 ? word.substring(2) : word.substring(2, equals);
            var kind = known.get(name);
            if (kind == null) {
                throw unknown(name, known);
            }
            if (values.containsKey(name) && kind != Kind.TEXTS) {
                throw new Refused("flag", "--" + name + " stands here a second time", "--" + name);
            }
            var value = equals < 0 ? "" : word.substring(equals + 1);
            check(name, kind, equals >= 0, value);
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return new FlagValues(values);
    }

    private static Refused unknown(String name, Map<String, Kind> known) {
        var choices = new TreeSet<>(known.keySet());
        var text = RawNames.text(name);
        return new Refused(
                "flag",
                "--" + text + " is no flag of this instruction",
                "--" + name,
                Near.question(text, choices)
                        .orElseGet(
                                () -> choices.isEmpty() ? "it has none" : "it has --" + String.join(" --", choices)));
    }

    private static void check(String name, Kind kind, boolean hasValue, String value) throws Refused {
        var flag = "--" + name;
        if (kind != Kind.SWITCH) {
            if (!hasValue) {
                throw new Refused("flag", flag + " needs a value", flag, "write " + flag + "=VALUE");
            }
            return;
        }
        var lower = Runes.lower(value);
        if (hasValue && value.isEmpty() || !List.of("", "true", "false").contains(lower)) {
            throw new Refused(
                    "flag", flag + " is true or false, not '" + RawNames.text(value) + "'", flag, "write " + flag);
        }
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// Empty when it was not given.
    public String text(String name) {
        return texts(name).isEmpty() ? "" : texts(name).getLast();
    }

    public List<String> texts(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// Whether a switch is on.
    public boolean isOn(String name) {
        return has(name) && !Runes.lower(text(name)).equals("false");
    }
}
