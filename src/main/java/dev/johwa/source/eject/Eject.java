package dev.johwa.source.eject;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.source.eject.Ejection.File;
import dev.johwa.source.eject.Subject.App;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a project as standard files. Of one thread.
public final class Eject {
    public static final String DOCKERFILE = "dockerfile";
    public static final String COMPOSE = "compose";
    public static final String GITHUB = "github";

    private final Subject subject;
    private final Map<String, Optional<Recipe>> recipes = new LinkedHashMap<>();
    private final List<File> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Eject(Subject subject) {
        this.subject = subject;
        subject.apps().forEach(app -> recipes.put(app.name(), Recipes.of(subject, app)));
    }

    /// For what files can be written.
    public static List<String> targets() {
        return List.of(DOCKERFILE, COMPOSE, GITHUB);
    }

    /// @param targets of [#targets]
    /// @throws dev.johwa.lib.problem.ProblemException for another one
    public static Ejection of(Subject subject, Collection<String> targets) {
        for (var target : targets) {
            if (!targets().contains(target)) {
                throw Problem.user("eject.to", "nothing is written for '" + target + "'")
                        .hint(Near.question(target, targets()).orElse("there are " + String.join(", ", targets())))
                        .exception();
            }
        }
        var eject = new Eject(subject);
        if (targets.contains(DOCKERFILE)) {
            subject.apps().forEach(eject::dockerfile);
        }
        if (targets.contains(COMPOSE)) {
            eject.compose();
        }
        if (targets.contains(GITHUB)) {
            eject.github();
        }
        return new Ejection(eject.files, eject.notes);
    }

    private void dockerfile(App app) {
        if (app.hasImage()) {
            notes.add(app.name() + " has a Dockerfile, which stays");
            return;
        }
        var recipe = recipes.getOrDefault(app.name(), Optional.empty());
        if (recipe.isEmpty()) {
            notes.add("no Dockerfile is written for " + app.name() + ": no usual image of "
                    + app.detection().language() + " is known here");
            return;
        }
        files.add(new File(app.path("Dockerfile"), Dockerfiles.of(subject, app, recipe.get())));
        if (!subject.has(app, ".dockerignore")) {
            files.add(new File(app.path(".dockerignore"), Dockerfiles.ignored(subject, app)));
        }
    }

    private void github() {
        var workflow = new Workflow(subject, recipes);
        subject.apps().stream()
                .filter(app -> !workflow.hasWork(app))
                .forEach(app -> notes.add("the workflow has nothing to do for " + app.name()));
        if (subject.apps().stream().anyMatch(workflow::hasWork)) {
            files.add(new File(".github/workflows/ci.yml", workflow.text()));
        }
    }

    private void compose() {
        var file = new ComposeText(subject);
        files.add(new File("compose.yaml", file.text()));
        file.example().ifPresent(text -> files.add(new File(".env.example", text)));
        notes.addAll(file.notes());
    }
}
