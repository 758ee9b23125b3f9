package dev.johwa.source.detect.go;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// The programs of a folder: which one is started, how it is built, and what it is.
final class GoPrograms {
    static final Pattern MAIN = Pattern.compile("(?m)^package main\\b");
    static final Pattern ASIDE =
            Pattern.compile("(.*/)?(testdata|examples?|_examples?|internal/tools|tools|scripts|hack)/.*");
    private static final Pattern LISTENS =
            Pattern.compile("ListenAndServe|http\\.Serve|net\\.Listen|\"PORT\"|http\\.Server\\{|funcframework\\.Start");
    private static final Pattern FRAMEWORK = Pattern.compile(
            "\"(github\\.com/(gin-gonic/gin|labstack/echo|gofiber/fiber|go-chi/chi|gorilla/mux|beego/beego|kataras/iris"
                    + "|gobuffalo/buffalo|zeromicro/go-zero/rest|cloudwego/hertz|valyala/fasthttp|danielgtaylor/huma"
                    + "|julienschmidt/httprouter|pocketbase/pocketbase)[\"/]|google\\.golang\\.org/grpc\")");
    private static final Pattern STAYS =
            Pattern.compile("\\bfor\\s*\\{|signal\\.Notify|time\\.(NewTicker|Tick)\\(|select\\s*\\{\\s*}");
    /// A file or folder that the code opens by its name.
    private static final Pattern OPENS =
            Pattern.compile("\\b(?:ParseFiles|ParseGlob|LoadHTML\\w+|ReadFile|Open|Dir|ServeFile"
                    + "|Static\\w*)\\([^)\\n]*?\"(?:\\./)?(\\w[\\w./-]*)");
    private static final List<String> LIKELY = List.of("server", "web", "api", "app", "main", "http");
    private static final int MOST_READ = 1_000;

    private final Folder folder;
    private final List<GoModule> modules;
    private final List<String> sources;

    GoPrograms(GoFiles files, List<GoModule> modules) {
        this.folder = files.folder();
        this.modules = modules;
        this.sources = files.that(name -> name.endsWith(".go") && !name.endsWith("_test.go"))
                .limit(MOST_READ)
                .toList();
    }

    /// Fills in the build and the start; false where there is no program.
    boolean start(Draft draft) {
        var mains = mains();
        if (mains.isEmpty()) {
            return false;
        }
        var main = mains.getFirst();
        draft.because(main.equals(".") ? "*.go" : main.substring(2), "has package main");
        if (mains.size() > 1) {
            draft.warn(
                    "detect.several-programs",
                    "there are several programs: " + String.join(", ", mains) + "; " + main + " is started",
                    "name another with `build` and `start` in johwa.yaml");
        }
        var program = build(mains, draft);
        var near = mains.size() > 1 ? withoutOthers(mains) : sources;
        boolean isWeb = near.stream().anyMatch(this::listens);
        boolean stays = near.stream().anyMatch(name -> folder.says(name, STAYS));
        draft.starts(command(program, main, draft), isWeb, stays).health(folder, near);
        return true;
    }

    /// Names of files are meant from where it is started: that is beside it, where they lie there and not at the root.
    private List<String> command(String program, String main, Draft draft) {
        var place = main.equals(".") ? "" : main.substring(2) + "/";
        var file = sources.stream()
                .filter(name -> name.startsWith(place)
                        && !name.substring(place.length()).contains("/"))
                .flatMap(name -> OPENS.matcher(folder.read(name).orElse("")).results())
                .map(opened -> opened.group(1).replaceFirst("/$", ""))
                .filter(name -> !isThere(name) && isThere(place + name))
                .findFirst();
        if (file.isEmpty()) {
            return List.of("./" + program);
        }
        draft.because(place + file.get(), "is opened by its name, so the program is started in its own folder");
        var up = "../".repeat(place.split("/").length);
        return List.of("sh", "-c", "cd \"$0\" && exec \"$1\"", place, up + program);
    }

    private boolean isThere(String name) {
        return folder.has(name) || folder.hasFolder(name);
    }

    /// Builds the first, and what a Procfile calls by its name: Heroku lays programs there, and on the PATH.
    private String build(List<String> mains, Draft draft) {
        var said = folder.read("Procfile").orElse("");
        var called = mains.stream()
                .filter(main -> calls(said, name(main)))
                .distinct()
                .toList();
        var first = called.contains(mains.getFirst()) ? "bin/" + name(mains.getFirst()) : "bin/app";
        // With -trimpath nothing of what the tests compiled could be used again.
        draft.build.add(List.of("go", "build", "-o", first, mains.getFirst()));
        called.stream()
                .filter(main -> !main.equals(mains.getFirst()))
                .forEach(main -> draft.build.add(List.of("go", "build", "-o", "bin/" + name(main), main)));
        if (!called.isEmpty()) {
            draft.path("bin");
        }
        return first;
    }

    private static boolean calls(String said, String name) {
        return !name.isEmpty()
                && Pattern.compile("(?m)(?:[\\s/;&|])" + Pattern.quote(name) + "(?=\\s|$)")
                        .matcher(said)
                        .find();
    }

    /// By which `go install` knows it.
    private String name(String main) {
        return main.equals(".") ? modules.getFirst().name() : main.replaceFirst(".*/", "");
    }

    /// What the other programs say is not said of this one.
    private List<String> withoutOthers(List<String> mains) {
        var others = mains.stream()
                .skip(1)
                .map(main -> main.equals(".") ? "" : main.substring(2) + "/")
                .toList();
        return sources.stream()
                .filter(name -> others.stream().noneMatch(other -> !other.isEmpty() && name.startsWith(other)))
                .toList();
    }

    private boolean listens(String file) {
        return folder.says(file, LISTENS) || folder.says(file, FRAMEWORK);
    }

    /// Folders of programs, the likely one first: the root, then what is named like the module or like a server, and
    /// among equals what listens.
    private List<String> mains() {
        return sources.stream()
                .filter(name -> !ASIDE.matcher(name).matches())
                .filter(name -> folder.says(name, MAIN)
                        && BuildConstraint.takes(folder.read(name).orElse("")))
                .map(name -> name.contains("/") ? "./" + name.substring(0, name.lastIndexOf('/')) : ".")
                .distinct()
                .sorted(Comparator.comparing(this::rank).thenComparing(main -> main))
                .toList();
    }

    private int rank(String main) {
        if (main.equals(".")) {
            return 0;
        }
        var name = main.replaceFirst(".*/", "");
        boolean isOwn = modules.stream().anyMatch(module -> module.name().equals(name));
        int rank = isOwn ? 2 : LIKELY.stream().anyMatch(name::contains) ? 4 : 6;
        boolean listens = sources.stream()
                .filter(file -> file.startsWith(main.substring(2) + "/"))
                .anyMatch(this::listens);
        return rank + (listens ? 0 : 1);
    }
}
