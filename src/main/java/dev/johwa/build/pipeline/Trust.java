package dev.johwa.build.pipeline;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Who wrote what a run may build on. Whoever may push a branch can leave something for the runs after it: a poisoned
/// package in HOME, a changed file among the dependencies. So production, each named environment, the previews, and
/// each change of a stranger have places of their own; a run reads those of its own and of production, and writes its
/// own alone.
///
/// @param name `production`, an environment, `preview`, or `foreign.` and a name for the ref
record Trust(String project, String name) {
    private static final String PRODUCTION = "production";
    private static final String FOREIGN = "foreign.";
    private static final String BRANCHES = "refs/heads/";
    private static final int LETTERS = 16;

    /// The most trusted first.
    static final Comparator<Trust> ORDER = Comparator.comparing(Trust::rank).thenComparing(Trust::name);

    /// Of a run: that of the environment that its branch goes to, also when the run itself goes nowhere. What is no
    /// branch of the project is a stranger's.
    ///
    /// @param layer whose settings hold: an environment, or `preview`
    static Trust of(String project, String ref, String layer) {
        if (!ref.startsWith(BRANCHES)) {
            return new Trust(project, FOREIGN + CacheKey.of(ref).substring(0, LETTERS));
        }
        return new Trust(project, layer);
    }

    static Trust production(String project) {
        return new Trust(project, PRODUCTION);
    }

    boolean isProduction() {
        return name.equals(PRODUCTION);
    }

    /// Whether it is of no branch of the project.
    boolean isForeign() {
        return name.startsWith(FOREIGN);
    }

    /// Those whose work may be read, its own first.
    List<Trust> read() {
        return isProduction() ? List.of(this) : List.of(this, production(project));
    }

    /// The names of those.
    List<String> readNames() {
        return read().stream().map(Trust::name).toList();
    }

    private int rank() {
        if (isProduction()) {
            return 0;
        }
        return name.equals(RefPolicy.PREVIEW) ? 2 : isForeign() ? 3 : 1;
    }

    /// The folder of those beside production, in that of the project.
    static Path layers(Path folder) {
        return folder.resolve("layers");
    }

    /// Where its HOME and its desks lie; production's lie in the folder of the project itself.
    Path below(Path folder) {
        return isProduction() ? folder : layers(folder).resolve(name);
    }
}
