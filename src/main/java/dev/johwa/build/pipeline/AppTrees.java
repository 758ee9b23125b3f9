package dev.johwa.build.pipeline;

import dev.johwa.source.git.Repositories;

/// Names for the files of which an app is made: equal names mean equal files.
final class AppTrees {
    private final Repositories repositories;
    private final Run run;
    private final String whole;

    AppTrees(Repositories repositories, Run run) {
        this.repositories = repositories;
        this.run = run;
        this.whole =
                repositories.resolve(run.project(), run.commit()).orElseThrow().tree();
    }

    /// @param own of the app's files: the whole commit but for other apps and what no program reads
    /// @param whole of the commit
    record Trees(String own, String whole) {
        boolean isWhole() {
            return own.equals(whole);
        }
    }

    Trees of(Job job) {
        if (job.foreign().isEmpty()) {
            return new Trees(whole, whole);
        }
        var own = repositories.treeWithout(run.project(), run.commit(), job.foreign(), path -> !isForPeople(path));
        return new Trees(own, whole);
    }

    /// Beside the apps, words for readers and settings of forges and editors change no app.
    private static boolean isForPeople(String path) {
        return path.matches("(?i)[^/]*\\.(md|rst|adoc)|license[^/]*|notice[^/]*|docs|\\.github|\\.gitlab[^/]*|\\.vscode"
                + "|\\.idea|\\.editorconfig|\\.gitignore|\\.gitattributes");
    }
}
