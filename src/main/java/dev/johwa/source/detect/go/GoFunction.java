package dev.johwa.source.detect.go;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Functions that are registered with the functions framework in a package without a program: one is written around
/// them while they are built, as the hosts of functions do.
final class GoFunction {
    private static final Pattern REGISTERED =
            Pattern.compile("functions\\.(HTTP|CloudEvent|Typed)\\(\\s*\"([\\w-]+)\"");
    private static final String FRAMEWORK = "github.com/GoogleCloudPlatform/functions-framework-go";
    private static final String PLACE = "johwafunction";
    /// What is written comes as a word of its own, so that no shell reads it.
    private static final String WRITE = "mkdir -p " + PLACE + " && printf %s \"$1\" > " + PLACE + "/main.go";

    private final Folder folder;
    private final List<GoModule> modules;

    GoFunction(Folder folder, List<GoModule> modules) {
        this.folder = folder;
        this.modules = modules;
    }

    /// Fills in the build and the start; false where nothing is registered.
    boolean start(Draft draft) {
        var module = modules.getFirst();
        boolean isUsed = module.place().isEmpty()
                && folder.read("go.mod")
                        .filter(text -> text.contains(FRAMEWORK))
                        .isPresent();
        var functions = isUsed ? registered() : Map.<String, String>of();
        if (functions.isEmpty()) {
            return false;
        }
        var first = functions.entrySet().iterator().next();
        var target = first.getKey();
        draft.service = Service.FUNCTION;
        draft.because(first.getValue(), "registers the function " + target);
        if (functions.size() > 1) {
            draft.warn(
                    "detect.several-functions",
                    "there are several functions: " + String.join(", ", functions.keySet()) + "; " + target
                            + " answers",
                    "name another with `env: {FUNCTION_TARGET: NAME}` in johwa.yaml");
        }
        draft.environment.put("FUNCTION_TARGET", target);
        draft.build.add(List.of("sh", "-c", WRITE, "sh", program(module.path())));
        // Its server needs modules that the function alone does not, so go.sum may lack them.
        boolean isVendored = folder.has("vendor/modules.txt");
        draft.build.add(List.of("go", "build", isVendored ? "-mod=vendor" : "-mod=mod", "-o", "bin/app", "./" + PLACE));
        draft.start.put("web", List.of("./bin/app"));
        return true;
    }

    /// Names of functions with the files that register them; only those at the root, where the hosts look for them.
    private Map<String, String> registered() {
        var functions = new LinkedHashMap<String, String>();
        for (var file : folder.files(0, name -> name.endsWith(".go") && !name.endsWith("_test.go"))) {
            var found = REGISTERED.matcher(folder.read(file).orElse(""));
            while (found.find()) {
                functions.putIfAbsent(found.group(2), file);
            }
        }
        return functions;
    }

    private static String program(String module) {
        return """
            package main

            import (
            	"log"
            	"os"

            	_ "%s"

            	"%s/funcframework"
            )

            func main() {
            	port := os.Getenv("PORT")
            	if port == "" {
            		port = "8080"
            	}
            	log.Fatal(funcframework.Start(port))
            }
            """.formatted(module, FRAMEWORK);
    }
}
