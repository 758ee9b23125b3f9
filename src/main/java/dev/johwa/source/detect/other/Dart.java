package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Dart, compiled to a program; Flutter's pages for the web.
public final class Dart implements Provider {
    private static final Needed DART = new Needed("dart", "install it on the server: https://dart.dev/get-dart");
    private static final Needed FLUTTER =
            new Needed("flutter", "install it on the server: https://docs.flutter.dev/install");
    private static final Pattern USES_FLUTTER = Pattern.compile("(?m)^\\s+sdk:\\s*flutter\\b");
    private static final Pattern LISTENS = Pattern.compile("HttpServer\\.bind|shelf_io|\\bserve\\(|ServerSocket");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        if (!folder.has("pubspec.yaml")) {
            return Optional.empty();
        }
        boolean isFlutter = folder.says("pubspec.yaml", USES_FLUTTER);
        var draft = new Draft("dart", isFlutter ? "Flutter" : "Dart").because("pubspec.yaml", "a package of Dart");
        draft.packageManager = Optional.of("pub");
        (isFlutter ? FLUTTER : DART).languageOn(toolchains, folder, draft);
        var tool = isFlutter ? "flutter" : "dart";
        draft.install.add(List.of(tool, "pub", "get"));
        if (!folder.files(name -> name.matches("test/.*_test\\.dart")).isEmpty()) {
            draft.test.add(new Test(List.of(tool, "test"), "other", Optional.empty()));
        }
        if (isFlutter) {
            pages(folder, draft);
        } else {
            program(folder, draft);
        }
        return Optional.of(draft);
    }

    private static void pages(Folder folder, Draft draft) {
        if (!folder.hasFolder("web")) {
            draft.service = Service.LIBRARY;
            return;
        }
        draft.build.add(List.of("flutter", "build", "web"));
        draft.service = Service.STATIC;
        draft.publish = Optional.of(new Publish("build/web", true));
    }

    private static void program(Folder folder, Draft draft) {
        var main = folder.first(List.of("bin/server.dart", "bin/main.dart"))
                .or(() -> folder.files(name -> name.matches("bin/[^/]+\\.dart")).stream()
                        .findFirst());
        if (main.isEmpty()) {
            draft.service = Service.LIBRARY;
            return;
        }
        draft.because(main.get(), "is compiled and started");
        draft.build.add(List.of("dart", "compile", "exe", main.get(), "-o", "bin/app"));
        var sources = folder.files(name -> name.endsWith(".dart") && !name.startsWith("test/"));
        boolean isWeb = sources.stream().anyMatch(name -> folder.says(name, LISTENS));
        draft.starts(List.of("./bin/app"), isWeb, false).health(folder, sources);
    }
}
