package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.process.Architecture;
import java.util.LinkedHashMap;
import java.util.Map;

/// The arguments that BuildKit sets by itself: for what and on what an image is built. Here both are this machine.
public final class Platform {
    private Platform() {}

    /// Whether a builder other than BuildKit leaves this one empty.
    public static boolean isArgument(String name) {
        return arguments(Map.of()).containsKey(name);
    }

    /// @param given which win
    static Map<String, String> arguments(Map<String, String> given) {
        var architecture = Architecture.ofThisMachine();
        var arguments = new LinkedHashMap<String, String>();
        for (var side : new String[] {"BUILD", "TARGET"}) {
            arguments.put(side + "PLATFORM", "linux/" + architecture);
            arguments.put(side + "OS", "linux");
            arguments.put(side + "OSVERSION", "");
            arguments.put(side + "ARCH", architecture);
            arguments.put(side + "VARIANT", "");
        }
        arguments.put("TARGETSTAGE", "default");
        arguments.replaceAll((name, value) -> given.getOrDefault(name, value));
        return arguments;
    }

    /// `OS[(VERSION)][/ARCH[/VARIANT]]`, or one of them alone.
    static boolean isOne(String text) {
        return text.matches("[A-Za-z0-9_.-]+(\\([A-Za-z0-9_.+-]*\\))?(/[A-Za-z0-9_.-]+){0,2}");
    }
}
