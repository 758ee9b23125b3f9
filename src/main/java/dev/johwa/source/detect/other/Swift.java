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

/// Swift packages: the first program, Vapor's by its own command.
public final class Swift implements Provider {
    private static final Needed SWIFT = new Needed("swift", "install it on the server: https://www.swift.org/install");
    private static final Pattern PROGRAM = Pattern.compile("\\.executable(?:Target)?\\(\\s*name:\\s*\"([\\w.-]+)\"");
    private static final Pattern VAPOR = Pattern.compile("vapor/vapor");
    private static final Pattern LISTENS =
            Pattern.compile("vapor/vapor|hummingbird|swift-nio|Kitura|smoke-framework|swifter");
    /// With the bundles of resources that a program looks for beside itself.
    private static final String COPY = "mkdir -p bin && cp \".build/release/$0\" bin/app"
            + " && for each in .build/release/*.resources; do [ ! -e \"$each\" ] || cp -R \"$each\" bin/; done";

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var manifest = folder.read("Package.swift");
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("swift", "Swift").because("Package.swift", "a package of Swift");
        draft.packageManager = Optional.of("swift");
        SWIFT.languageOn(toolchains, folder, draft);
        draft.kept.add(".build");
        draft.leftovers.add(".build");
        draft.install.add(List.of("swift", "package", "resolve"));
        if (!folder.files(name -> name.matches("Tests/.*\\.swift")).isEmpty()) {
            var report = Test.RESULTS + "/swift.xml";
            draft.test.add(new Test(
                    List.of("swift", "test", "--parallel", "--xunit-output", report), "other", Optional.of(report)));
        }
        var program = PROGRAM.matcher(manifest.get());
        if (!program.find()) {
            draft.service = Service.LIBRARY;
            draft.build.add(List.of("swift", "build", "-c", "release"));
            return Optional.of(draft);
        }
        var name = program.group(1);
        draft.build.add(List.of("swift", "build", "-c", "release", "--product", name));
        draft.build.add(List.of("sh", "-c", COPY, name));
        var command = VAPOR.matcher(manifest.get()).find()
                ? Draft.shell("exec ./bin/app serve --env production --hostname \"${HOST:-127.0.0.1}\""
                        + " --port \"${PORT:-8080}\"")
                : List.of("./bin/app");
        draft.starts(command, LISTENS.matcher(manifest.get()).find(), false);
        return Optional.of(draft);
    }
}
