package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.regex.Pattern;

/// What all programs in C and C++ have in common, whatever builds them.
final class NativeProgram {
    private static final Needed COMPILER = Needed.packaged("cc", "build-essential");
    private static final Pattern LISTENS = Pattern.compile("\\blisten\\s*\\(|httplib|crow(_all)?\\.h|drogon|beast/http"
            + "|civetweb|mongoose|uWS::|pistache|oatpp|MHD_start_daemon|evhttp|acceptor");
    private static final Pattern STAYS =
            Pattern.compile("while\\s*\\(\\s*(1|true)\\s*\\)|for\\s*\\(\\s*;;\\s*\\)|\\bpause\\(\\)");
    private static final Pattern SOURCE = Pattern.compile(".*\\.(c|cc|cpp|cxx|h|hpp)");
    private static final int MOST_READ = 500;
    /// Where build tools put a program is theirs; it is copied from there, by its name.
    private static final String COPY =
            "mkdir -p bin && cp \"$(find build -type f -name \"$0\" -perm -100 | head -n 1)\" bin/app";

    private NativeProgram() {}

    static List<String> sources(Folder folder) {
        return folder.files(name -> SOURCE.matcher(name).matches()).stream()
                .limit(MOST_READ)
                .toList();
    }

    static void compiler(Toolchains toolchains, Draft draft) {
        COMPILER.on(toolchains, draft);
    }

    /// Builds in the folder `build`, which stays for the next time and out of the artifact.
    static void buildFolder(Draft draft) {
        draft.kept.add("build");
        draft.leftovers.add("build");
    }

    /// Takes a program out of the folder `build`.
    static List<String> copied(String name) {
        return List.of("sh", "-c", COPY, name);
    }

    static void start(Folder folder, String command, Draft draft) {
        var sources = sources(folder);
        boolean isWeb = sources.stream().anyMatch(name -> folder.says(name, LISTENS));
        boolean stays = sources.stream().anyMatch(name -> folder.says(name, STAYS));
        draft.starts(List.of(command), isWeb, stays).health(folder, sources);
    }
}
