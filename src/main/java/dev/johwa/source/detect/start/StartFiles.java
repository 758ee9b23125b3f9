package dev.johwa.source.detect.start;

import dev.johwa.lib.cron.JobName;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Who says what starts, the strongest first: johwa.yaml (by which settings are resolved), Procfile, heroku.yml,
/// app.json, the stack itself, Makefile, start.sh. Used by one thread for one folder.
///
/// What was written for a platform comes before what a stack does by itself; a Makefile and a start.sh are as often
/// meant for the developer's own machine, so they count only where nothing else starts. The rest of each file (release
/// command, tests, values, health) is used where nobody stronger says it.
public final class StartFiles {
    public static final String ORDER =
            "johwa.yaml, Dockerfile, Procfile, heroku.yml, app.json, the stack, Makefile, start.sh";

    private static final List<Function<Folder, Optional<Said>>> BEFORE =
            List.of(Procfile::read, HerokuYml::read, AppJson::read);
    private static final List<Function<Folder, Optional<Said>>> AFTER = List.of(Makefile::read, StartScript::read);

    private final Folder folder;
    private final Toolchains toolchains;
    private String starter = "";
    private String releaser = "";

    public StartFiles(Folder folder, Toolchains toolchains) {
        this.folder = folder;
        this.toolchains = toolchains;
    }

    /// What the stack found with what these files say; a draft of its own where there is no stack, and empty where
    /// nobody starts anything. What is wrong in these files is a warning.
    public Optional<Draft> with(Optional<Draft> stack) {
        var before = read(BEFORE);
        var after = read(AFTER);
        var draft = stack.or(() -> Stream.concat(before.stream(), after.stream())
                .filter(said -> !said.processes.isEmpty())
                .findFirst()
                .map(StartFiles::alone));
        draft.ifPresent(each -> {
            before.forEach(said -> use(said, each));
            if (each.start.isEmpty() && each.service == Service.LIBRARY) {
                after.forEach(said -> useOtherwise(said, each));
            }
        });
        return draft;
    }

    private List<Said> read(List<Function<Folder, Optional<Said>>> files) {
        return files.stream().flatMap(each -> each.apply(folder).stream()).toList();
    }

    /// Where nothing else is known, such a file is enough by itself.
    private static Draft alone(Said said) {
        var draft = new Draft(said.file.toLowerCase(Locale.ROOT).replace('.', '-'), said.file);
        draft.service = Service.LIBRARY;
        return draft;
    }

    private void use(Said said, Draft draft) {
        said.problems.forEach(draft::warn);
        said.remarks.forEach(remark -> draft.because(said.file, remark));
        said.environment.forEach(draft.environment::putIfAbsent);
        if (!said.required.isEmpty() || !said.generated.isEmpty()) {
            draft.needs = new Detection.Needs(List.copyOf(said.required), List.copyOf(said.generated));
        }
        said.health.filter(path -> draft.health.isEmpty()).ifPresent(path -> {
            draft.health = Optional.of(path);
            draft.because(said.file, "asks for " + path);
        });
        said.test.ifPresent(line -> test(said, line, draft));
        said.release.ifPresent(line -> release(said, line, draft));
        schedule(said, draft);
        if (!said.processes.isEmpty()) {
            start(said, draft);
        }
    }

    private void test(Said said, String line, Draft draft) {
        if (draft.test.isEmpty()) {
            draft.because(said.file, "tests by " + line);
            draft.test.add(new Test(shell(line, draft), "other", Optional.empty()));
        } else {
            draft.because(said.file, "its test is not run: those of the stack are");
        }
    }

    private void release(Said said, String line, Draft draft) {
        if (!releaser.isEmpty()) {
            draft.because(said.file, "its release command is not run: " + releaser + " comes first");
            return;
        }
        releaser = said.file;
        draft.release.clear();
        draft.release.add(shell(line, draft));
        draft.because(said.file, "releases by " + line);
    }

    /// Two jobs may run the same.
    private void schedule(Said said, Draft draft) {
        for (var timed : said.schedule) {
            var plain = JobName.of(timed.line());
            var name = plain;
            for (int number = 2; draft.schedule.containsKey(name); number++) {
                name = plain + "-" + number;
            }
            draft.schedule.put(name, new Detection.Job(timed.cron(), shell(timed.line(), draft)));
            draft.because(said.file, "runs " + timed.line() + " at " + timed.cron() + ", as the job " + name);
        }
    }

    private void start(Said said, Draft draft) {
        if (!starter.isEmpty()) {
            draft.because(said.file, "what it starts is not used: " + starter + " comes first");
            return;
        }
        starter = said.file;
        draft.warnings.removeIf(told -> told.code().equals(Draft.NOTHING_STARTS));
        draft.start.clear();
        said.processes.forEach((name, line) -> draft.start.put(name, shell(line, draft)));
        draft.service = draft.start.containsKey("web") ? Service.WEB : Service.WORKER;
        draft.guessed = false;
        draft.publish = Optional.empty();
        draft.aboveAll(said.file, "starts " + String.join(", ", draft.start.keySet()));
    }

    /// A file that counts where nothing else starts.
    private void useOtherwise(Said said, Draft draft) {
        said.remarks.forEach(remark -> draft.because(said.file, remark));
        if (said.processes.isEmpty() || !starter.isEmpty()) {
            return;
        }
        if (said.processes.values().stream().anyMatch(line -> line.startsWith("exec make "))) {
            toolchains.find("make").stream()
                    .findFirst()
                    .ifPresentOrElse(
                            draft::use,
                            () -> draft.warn(Detection.NO_RUNTIME, "there is no make on this machine", "install make"));
        }
        start(said, draft);
        if (draft.build.isEmpty()) {
            said.build.forEach(line -> draft.build.add(shell(line, draft)));
        }
        said.test.filter(line -> draft.test.isEmpty()).ifPresent(line -> test(said, line, draft));
    }

    private List<String> shell(String line, Draft draft) {
        return Draft.shell(Scripts.mended(line, folder, draft));
    }
}
