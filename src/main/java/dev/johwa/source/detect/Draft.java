package dev.johwa.source.detect;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Evidence;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A detection that grows while a provider looks; used by one thread.
final class Draft {
    final String provider;
    final String language;
    Optional<String> packageManager = Optional.empty();
    Optional<String> version = Optional.empty();
    Service service = Service.WEB;
    final List<List<String>> install = new ArrayList<>();
    final List<List<String>> build = new ArrayList<>();
    final List<Test> test = new ArrayList<>();
    final Map<String, List<String>> start = new LinkedHashMap<>();
    final List<List<String>> release = new ArrayList<>();
    OptionalInt port = OptionalInt.empty();
    Optional<String> health = Optional.empty();
    Optional<Publish> publish = Optional.empty();
    final List<Cache> caches = new ArrayList<>();
    final List<String> layers = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final List<String> tools = new ArrayList<>();
    final List<Evidence> evidence = new ArrayList<>();
    final List<Problem> warnings = new ArrayList<>();

    Draft(String provider, String language) {
        this.provider = provider;
        this.language = language;
    }

    Draft because(String file, String why) {
        evidence.add(new Evidence(file, why));
        return this;
    }

    Draft warn(String code, String message, String hint) {
        warnings.add(Problem.user(code, message).hint(hint).as(dev.johwa.lib.problem.Severity.WARNING));
        return this;
    }

    /// Puts a runtime first on the PATH of steps and instances, and shows it to their sandbox.
    Draft use(Toolchains.Tool tool) {
        var rest = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        var bin = tool.bin().toString();
        if (!(":" + rest + ":").contains(":" + bin + ":")) {
            environment.put("PATH", bin + ":" + rest);
        }
        if (!tool.home().startsWith("/usr") && !tool.home().startsWith("/opt")) {
            tools.add(tool.home().toString());
        }
        return this;
    }

    /// A line that the project wrote for a shell.
    static List<String> shell(String line) {
        return List.of("sh", "-c", line);
    }

    Detection done() {
        return new Detection(
                provider,
                language,
                packageManager,
                version,
                service,
                List.copyOf(install),
                List.copyOf(build),
                List.copyOf(test),
                new LinkedHashMap<>(start),
                List.copyOf(release),
                port,
                health,
                publish,
                List.copyOf(caches),
                List.copyOf(layers),
                new LinkedHashMap<>(environment),
                List.copyOf(tools),
                List.copyOf(evidence),
                List.copyOf(warnings));
    }
}
