package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Deno: the task that starts it, or its main file.
public final class Deno implements Provider {
    private static final Needed DENO = new Needed("deno", "install it on the server: https://docs.deno.com/runtime");
    private static final List<String> MAINS = List.of(
            "main.ts", "server.ts", "mod.ts", "index.ts", "app.ts", "main.tsx", "main.js", "server.js", "src/main.ts");
    private static final Pattern START = Pattern.compile("\"start\"\\s*:");
    private static final Pattern EXPORTS = Pattern.compile("export default \\{[^}]*\\bfetch\\b");
    private static final Pattern LISTENS =
            Pattern.compile("Deno\\.(serve|listen)|\\bserve\\(|\\.listen\\(|from \"(jsr:@)?(oak|hono|fresh)");
    private static final Pattern TEST = Pattern.compile("(.*/)?([^/]*[._])?test\\.(ts|tsx|js|mjs)");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var manifest = folder.first(List.of("deno.json", "deno.jsonc"));
        boolean isNodes = folder.has("package.json") && !folder.has("deno.lock");
        if (manifest.isEmpty() || isNodes) {
            return Optional.empty();
        }
        var draft = new Draft("deno", "Deno").because(manifest.get(), "a project of Deno");
        draft.packageManager = Optional.of("deno");
        DENO.languageOn(toolchains, folder, draft);
        draft.environment.put("DENO_NO_UPDATE_CHECK", "1");
        var main = folder.first(MAINS);
        main.ifPresent(file -> draft.install.add(List.of("deno", "cache", file)));
        if (!folder.files(name -> TEST.matcher(name).matches()).isEmpty()) {
            var report = Test.RESULTS + "/deno.xml";
            draft.test.add(
                    new Test(List.of("deno", "test", "-A", "--junit-path=" + report), "deno", Optional.of(report)));
        }
        start(folder, manifest.get(), main, draft);
        return Optional.of(draft);
    }

    private static void start(Folder folder, String manifest, Optional<String> main, Draft draft) {
        if (folder.says(manifest, START)) {
            draft.because(manifest, "tasks.start");
            draft.starts(List.of("deno", "task", "start"), true, true);
        } else if (main.isEmpty()) {
            draft.service = Service.LIBRARY;
        } else if (folder.says(main.get(), EXPORTS)) {
            draft.because(main.get(), "exports what answers requests");
            draft.starts(
                    Draft.shell(
                            "exec deno serve -A --host \"${HOST:-127.0.0.1}\" --port \"${PORT:-8000}\" " + main.get()),
                    true,
                    true);
        } else {
            draft.because(main.get(), "is started");
            draft.starts(List.of("deno", "run", "-A", main.get()), folder.says(main.get(), LISTENS), false);
        }
    }
}
