package dev.johwa.source.detect;

import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detector.Wish;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.dockerfile.Dockerfile;
import dev.johwa.source.dockerfile.ImageDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What a Dockerfile makes of a folder: it decides what is built and what runs. Of the stack that was found beside it
/// stay the tests, since they always run; where a stage of the Dockerfile is named `test`, that stage is the tests.
final class FromDockerfile {
    /// A heroku.yml that has images built says what starts in them.
    private static final String HEROKU = "heroku.yml";
    private static final Pattern BUILDS = Pattern.compile("(?m)^\\s+docker:");
    private static final Pattern RUNS = Pattern.compile("(?m)^run:");

    private final Draft draft = new Draft("dockerfile", "Dockerfile");
    private final Folder folder;
    private final Wish wish;
    private final Optional<Draft> stack;

    private FromDockerfile(Folder folder, Wish wish, Optional<Draft> stack) {
        this.folder = folder;
        this.wish = wish;
        this.stack = stack;
    }

    /// @param stack what the folder is without it, with what the files say that start it
    /// @return empty where there is none
    static Optional<Draft> of(Folder folder, Wish wish, Optional<Draft> stack) {
        return text(folder, wish).map(text -> new FromDockerfile(folder, wish, stack).read(text));
    }

    private static Optional<String> text(Folder folder, Wish wish) {
        return wish.text().isEmpty() ? folder.read(wish.file()) : Optional.of(wish.text());
    }

    private Draft read(String text) {
        var name = folder.place().isEmpty() ? wish.file() : folder.place() + "/" + wish.file();
        var file = Dockerfile.read(name, text.getBytes(StandardCharsets.UTF_8), wish.arguments());
        boolean isTested = file.stages().contains(Container.TEST);
        draft.container = Optional.of(
                new Container(wish.file(), wish.stage(), wish.arguments(), isTested, ContainerRun.NONE, wish.text()));
        boolean isReadable = file.obstacles().isEmpty() && wish.stage().stream().allMatch(file.stages()::contains);
        // What is wrong is told before it is built; until then it may be anything.
        runs(isReadable ? Optional.of(file.describe(wish.stage())) : Optional.empty());
        startsByHeroku();
        if (folder.has("Procfile")) {
            draft.because("Procfile", "not used: the Dockerfile decides what runs");
        }
        stack.ifPresent(each -> draft.needs = each.needs);
        if (isTested) {
            draft.because(wish.file(), "its stage " + Container.TEST + " is the tests");
        } else {
            stack.filter(each -> !each.test.isEmpty())
                    .ifPresentOrElse(
                            this::test,
                            () -> draft.because(
                                    wish.file(),
                                    "no tests were found; a stage named " + Container.TEST + " would run them"));
        }
        return draft;
    }

    private void runs(Optional<ImageDescription> image) {
        var web = image.flatMap(ImageDescription::web);
        draft.service = web.isPresent() ? Service.WEB : Service.WORKER;
        draft.guessed = web.isEmpty();
        // The image says by itself what it starts.
        draft.start.put(web.isPresent() ? "web" : "worker", List.of());
        web.ifPresent(port -> {
            draft.port = OptionalInt.of(port.number());
            draft.health = port.path();
        });
        draft.because(
                wish.file(),
                web.map(port -> "an image, served at its port " + port.number() + ": " + port.why())
                        .orElse("an image, served at a port that its base image exposes; without one a worker"));
    }

    /// Its commands run in the image.
    private void startsByHeroku() {
        boolean isSaid = !folder.has("Procfile") && folder.says(HEROKU, BUILDS) && folder.says(HEROKU, RUNS);
        stack.filter(each -> isSaid && !each.start.isEmpty()).ifPresent(each -> {
            draft.start.clear();
            draft.start.putAll(each.start);
            draft.release.addAll(each.release);
            draft.service = each.start.containsKey("web") ? Service.WEB : Service.WORKER;
            draft.guessed = false;
            draft.because(HEROKU, "starts " + String.join(", ", each.start.keySet()) + " in the image");
        });
    }

    /// Those of the stack, with what they need.
    private void test(Draft found) {
        draft.missing.addAll(found.missing);
        var lacking = found.warnings.stream()
                .filter(told ->
                        told.code().equals(Detection.NO_RUNTIME) || told.code().equals(Detection.OLD_RUNTIME))
                .findFirst();
        if (lacking.isPresent()) {
            draft.warn(
                    "detect.untested",
                    "the tests of " + found.language + " are not run: "
                            + lacking.get().message(),
                    "a stage named `" + Container.TEST + "` in the Dockerfile runs them in the image");
            return;
        }
        draft.because(wish.file(), "the tests of " + found.language + " run before it is built");
        draft.packageManager = found.packageManager;
        draft.install.addAll(found.install);
        draft.test.addAll(found.test);
        draft.lint.addAll(found.lint);
        draft.caches.addAll(found.caches);
        draft.layers.addAll(found.layers);
        draft.kept.addAll(found.kept);
        draft.madeOf.putAll(found.madeOf);
        draft.environment.putAll(found.environment);
        draft.buildEnvironment.putAll(found.buildEnvironment);
        draft.testEnvironment.putAll(found.testEnvironment);
        draft.tools.addAll(found.tools);
        draft.testsNeedBuild = found.testsNeedBuild;
        if (found.testsNeedBuild) {
            draft.build.addAll(found.build);
        }
    }
}
