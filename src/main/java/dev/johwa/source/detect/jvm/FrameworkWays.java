package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a framework is started where files of the project decide: its configuration, its own main class.
final class FrameworkWays {
    static final Pattern FUNCTION = Pattern.compile(
            "class\\s+(\\w+)[^{]*?\\b(?:HttpFunction|BackgroundFunction|RawBackgroundFunction|CloudEventsFunction)\\b");
    /// Puts the server that calls functions beside their libraries.
    static final List<String> INVOKER =
            List.of("dependency:copy", "-Dartifact=com.google.cloud.functions.invoker:java-function-invoker:1.4.1");

    private static final Pattern ENGINE_MAIN = Pattern.compile("EngineMain");
    private static final Pattern YAML = Pattern.compile("(conf(ig)?/)?[\\w-]+\\.ya?ml");
    private static final Pattern CONNECTORS = Pattern.compile("(?m)^\\s+applicationConnectors\\s*:");
    private static final Pattern SIMPLE = Pattern.compile("(?m)^\\s+type\\s*:\\s*simple\\b");
    private static final Pattern DROPWIZARD =
            Pattern.compile("(?m)^(server|logging|database|template|metrics|health)\\s*:");

    private final Folder folder;
    private final Sources sources;

    FrameworkWays(Folder folder, Sources sources) {
        this.folder = folder;
        this.sources = sources;
    }

    /// @param module its folder
    JavaStart start(Framework framework, String module) {
        var start = JavaStart.of(framework);
        return framework == Framework.DROPWIZARD ? dropwizard(start, module) : start;
    }

    /// With what a main class of the framework itself expects.
    ///
    /// @param type the main class; a program that starts Ktor's own from its main hands its arguments on
    JavaStart launched(Framework framework, JavaStart start, String type) {
        boolean isEngine = framework == Framework.KTOR && (type.endsWith("EngineMain") || sources.says(ENGINE_MAIN));
        return isEngine ? start.shellArgument("\"-port=${PORT:-8080}\" -host=0.0.0.0") : start;
    }

    /// Dropwizard takes its port from a file; single values of it can be said over again as properties.
    private JavaStart dropwizard(JavaStart start, String module) {
        var file = configuration(module);
        var text = file.flatMap(folder::read).orElse("");
        JavaStart told;
        if (file.isEmpty() || CONNECTORS.matcher(text).find()) {
            told = start.shellOption("\"-Ddw.server.applicationConnectors[0].port=${PORT:-8080}\""
                    + " \"-Ddw.server.adminConnectors[0].port=0\"");
        } else if (SIMPLE.matcher(text).find()) {
            told = start.shellOption("\"-Ddw.server.connector.port=${PORT:-8080}\"");
        } else {
            told = start.shellOption("-Ddw.server.type=simple -Ddw.server.connector.type=http"
                    + " -Ddw.server.applicationContextPath=/ -Ddw.server.adminContextPath=/admin"
                    + " \"-Ddw.server.connector.port=${PORT:-8080}\"");
        }
        return told.shellArgument("server" + file.map(name -> " " + name).orElse(""));
    }

    private Optional<String> configuration(String module) {
        var start = module.equals(".") ? "" : module + "/";
        return folder
                .files(name -> name.startsWith(start)
                        && YAML.matcher(name.substring(start.length())).matches())
                .stream()
                .filter(name -> name.matches("[\\w./-]+") && folder.says(name, DROPWIZARD))
                .findFirst();
    }
}
