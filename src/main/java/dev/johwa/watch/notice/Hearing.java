package dev.johwa.watch.notice;

import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.lib.event.Fact;
import dev.johwa.serve.backup.BackupFailed;
import dev.johwa.serve.backup.BackupRecovered;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.schedule.JobFailed;
import dev.johwa.serve.schedule.JobMissed;
import dev.johwa.serve.schedule.JobRecovered;
import dev.johwa.serve.schedule.JobResumed;
import dev.johwa.serve.schedule.JobSkipped;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Said;
import dev.johwa.watch.notice.Sign.Words;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// What facts mean for who wants to be told: a sign that something is wrong, or that it is well. A new kind of fact is
/// a case here.
final class Hearing {
    /// As often in a row makes a loop.
    private static final int LOOP = 4;

    private final Evidence evidence;
    private final Closer closer;
    private final Predicate<String> isOpen;

    /// @param isOpen whether a condition with a key lasts
    Hearing(Evidence evidence, Closer closer, Predicate<String> isOpen) {
        this.evidence = evidence;
        this.closer = closer;
        this.isOpen = isOpen;
    }

    /// What a fact says.
    sealed interface Meaning {
        record Bad(Sign sign) implements Meaning {}

        /// It is over as it is told.
        record Once(Sign sign) implements Meaning {}

        /// @param over what is said
        record Good(String key, String over) implements Meaning {}
    }

    Optional<Meaning> of(Fact fact) {
        return switch (fact) {
            case RunFinished run -> run(run);
            case DeploymentFinished deployment -> deployment(deployment);
            case InstanceCrashed crash -> crash(crash);
            case BackupFailed backup -> Optional.of(new Meaning.Bad(backup(backup)));
            case BackupRecovered backup ->
                Optional.of(new Meaning.Good(
                        key(backup.what(), backup.where()),
                        "The " + backup.what() + " of " + backup.where() + " went well again"));
            case JobFailed job -> job(job);
            case JobRecovered job ->
                Optional.of(new Meaning.Good(
                        key("job", job.project(), job.app(), job.environment(), job.job()),
                        "Job " + job.job() + " of " + name(job.project(), job.app()) + " went well again"));
            case JobMissed job -> missed(job);
            case JobSkipped job -> skipped(job);
            case JobResumed job ->
                Optional.of(new Meaning.Good(
                        key("skipped", job.project(), job.app(), job.environment(), job.job()),
                        "Job " + job.job() + " of " + name(job.project(), job.app()) + " runs again"));
            case ReleaseJudged judged -> new Judged(evidence).meaning(judged);
            default -> Optional.empty();
        };
    }

    /// Whether that of which a condition is exists at all; keys are those that are made here.
    boolean isThere(Condition condition) {
        var words = condition.key().split(":", -1);
        return switch (words[0]) {
            case "release" -> evidence.isThere(new Evidence.Place(words[1], "", "", ""));
            case "crash", "verdict" -> evidence.isThere(place(words, ""));
            case "job", "missed", "skipped" -> evidence.isThere(place(words, words[3]));
            default -> true;
        };
    }

    private static Evidence.Place place(String[] words, String job) {
        var name = words[1].split("/", 2);
        return new Evidence.Place(name[0], name[name.length - 1], words[2], job);
    }

    private Optional<Meaning> missed(JobMissed missed) {
        if (evidence.isPreview(missed.project(), missed.app(), missed.environment())) {
            return Optional.empty();
        }
        var name = name(missed.project(), missed.app());
        var job = typed(missed.project(), missed.app(), missed.environment(), missed.job());
        var often = missed.times() == 1 ? "a time" : missed.times() + " times";
        var words = Words.of(
                        name + ": job " + missed.job() + " was missed",
                        "Job " + missed.job() + " of " + name + " was missed " + often + ": the server was not there"
                                + (missed.late() ? "; it runs now, once" : ""),
                        "/" + missed.project())
                .details(new Detail("Environment", missed.environment()))
                .advice(
                        missed.late()
                                ? "How that goes: johwa jobs history " + job
                                : "To make up for it: johwa jobs run " + job,
                        "`late: true` in johwa.yaml makes up for it by itself.");
        var key = key("missed", missed.project(), missed.app(), missed.environment(), missed.job());
        return Optional.of(new Meaning.Once(new Sign(
                Kind.JOBS, key, missed.project(), "", words, "Job " + missed.job() + " of " + name + " was missed")));
    }

    private Optional<Meaning> skipped(JobSkipped skipped) {
        if (evidence.isPreview(skipped.project(), skipped.app(), skipped.environment())) {
            return Optional.empty();
        }
        var name = name(skipped.project(), skipped.app());
        var job = typed(skipped.project(), skipped.app(), skipped.environment(), skipped.job());
        var words = Words.of(
                        name + ": job " + skipped.job() + " was skipped",
                        "Job " + skipped.job() + " of " + name + " was skipped " + skipped.times()
                                + " times in a row: run " + skipped.run() + " still goes on",
                        "/" + skipped.project())
                .details(new Detail("Environment", skipped.environment()))
                .advice(
                        "What it prints: johwa jobs logs " + job,
                        "To end it: johwa jobs stop " + job,
                        "`limit: 10m` in johwa.yaml ends it by itself, `overlap: true` lets the next run beside it.");
        return Optional.of(new Meaning.Bad(new Sign(
                Kind.JOBS,
                key("skipped", skipped.project(), skipped.app(), skipped.environment(), skipped.job()),
                skipped.project(),
                "",
                words,
                "Job " + skipped.job() + " of " + name + " runs again")));
    }

    private Optional<Meaning> job(JobFailed failed) {
        if (evidence.isPreview(failed.project(), failed.app(), failed.environment())) {
            return Optional.empty();
        }
        var name = name(failed.project(), failed.app());
        var words = Words.of(
                        name + ": job " + failed.job(),
                        "Run " + failed.run() + " of job " + failed.job() + " of " + name + " failed: "
                                + evidence.hide(failed.project(), failed.exit()),
                        "/" + failed.project())
                .details(new Detail("Environment", failed.environment()))
                .advice("What it printed: johwa jobs logs "
                        + typed(failed.project(), failed.app(), failed.environment(), failed.job()));
        return Optional.of(new Meaning.Bad(new Sign(
                Kind.JOBS,
                key("job", failed.project(), failed.app(), failed.environment(), failed.job()),
                failed.project(),
                "",
                words,
                "Job " + failed.job() + " of " + name + " went well again")));
    }

    private static String typed(String project, String app, String environment, String job) {
        var where = new AppEnvironment(project, app, environment);
        return where.name() + " " + job + (where.isProduction() ? "" : " --environment " + environment);
    }

    private static String key(String what, String project, String app, String environment, String job) {
        return what + ":" + name(project, app) + ":" + environment + ":" + job;
    }

    /// A push ends with its run, which also tells of the release that it was to become. Who pushed what was refused
    /// knows it by now, and for all others everything is as it was.
    private Optional<Meaning> run(RunFinished run) {
        return evidence.run(run.project(), run.run())
                .filter(seen -> !seen.environment().isEmpty() && !seen.preview())
                .flatMap(seen -> switch (run.outcome()) {
                    case "failed" ->
                        seen.refused() ? Optional.empty() : Optional.of(new Meaning.Bad(failed(run, seen)));
                    case "passed" -> {
                        var over = "Run " + run.run() + " of " + run.project() + " passed, and serves as "
                                + seen.environment();
                        yield Optional.of(new Meaning.Good(release(run.project(), seen.environment()), over));
                    }
                    default -> Optional.empty();
                });
    }

    private Sign failed(RunFinished run, Evidence.RunSeen seen) {
        var project = run.project();
        var why = evidence.hide(project, run.reason());
        var words = Words.of(
                        project + ": release to " + seen.environment(),
                        "Run " + run.run() + " of " + project + " failed" + (why.isEmpty() ? "" : ": " + why),
                        "/" + project + "/runs/" + run.run())
                .details(
                        new Detail("Environment", seen.environment()),
                        new Detail("Commit", evidence.commit(project, run.commit())),
                        new Detail("Pushed by", seen.by()))
                .advice(evidence.hide(project, seen.advice()))
                .changes(evidence.hide(project, evidence.changes(project, seen.environment(), run.commit())))
                .said(new Said(
                        evidence.hide(project, seen.words().first()),
                        evidence.hide(project, seen.words().last())));
        // What serves meanwhile, where the project is one app.
        boolean isServing = evidence.isThere(new Evidence.Place(project, project, seen.environment(), ""));
        var shown = isServing ? words.of(new App(project, seen.environment())) : words;
        return new Sign(
                Kind.RELEASES,
                release(project, seen.environment()),
                project,
                run.commit(),
                shown,
                project + " can be released to " + seen.environment() + " again");
    }

    /// Those that no run tells of: settings, and what somebody released by hand.
    private Optional<Meaning> deployment(DeploymentFinished done) {
        boolean isOfRun = done.kind().equals("push");
        if (isOfRun || evidence.isPreview(done.project(), done.app(), done.environment())) {
            return Optional.empty();
        }
        var key = release(done.project(), done.environment());
        if (done.outcome().equals("failed")) {
            return Optional.of(new Meaning.Bad(failed(done, key)));
        }
        boolean isRepaired = done.outcome().equals("live") && !done.kind().equals("rollback");
        var over = "Release " + done.release() + " of " + name(done.project(), done.app()) + " is live as "
                + done.environment();
        return isRepaired ? Optional.of(new Meaning.Good(key, over)) : Optional.empty();
    }

    private Sign failed(DeploymentFinished done, String key) {
        var name = name(done.project(), done.app());
        var details = new ArrayList<>(List.of(
                new Detail("Environment", done.environment()),
                new Detail("Made by", done.kind().equals("settings") ? "changed settings" : done.kind()),
                new Detail("Commit", evidence.commit(done.project(), done.commit()))));
        var app = new App(name, done.environment());
        details.add(
                new Detail("Serving", done.previousRelease() == 0 ? "nothing" : "release " + done.previousRelease()));
        var words = Words.of(
                        done.project() + ": release to " + done.environment(),
                        "Release " + done.release() + " of " + name + " did not go live: "
                                + evidence.hide(done.project(), done.reason()),
                        "/" + done.project())
                .details(details.toArray(Detail[]::new))
                .changes(evidence.hide(
                        done.project(), evidence.changes(done.project(), done.environment(), done.commit())))
                .said(evidence.said(done.project(), done.app(), done.environment(), done.release()))
                .of(app);
        return new Sign(
                Kind.RELEASES,
                key,
                done.project(),
                "release " + done.app() + " " + done.release(),
                words,
                name + " can be released to " + done.environment() + " again");
    }

    /// A crash that is not the first, until it is none for a while.
    private Optional<Meaning> crash(InstanceCrashed crash) {
        var name = name(crash.project(), crash.app());
        var key = "crash:" + name + ":" + crash.environment();
        boolean isKnown = isOpen.test(key);
        if (!isKnown && crash.times() < LOOP || evidence.isPreview(crash.project(), crash.app(), crash.environment())) {
            return Optional.empty();
        }
        var where = new AppEnvironment(crash.project(), crash.app(), crash.environment());
        var words = Words.of(
                name + ": crash loop in " + crash.environment(),
                name + " keeps ending in " + crash.environment() + ": " + crash.times() + " times in a row, last with "
                        + crash.exit(),
                "/" + crash.project());
        // Of those that only show that it goes on nobody reads the log.
        var told = isKnown
                ? words
                : closer.of(
                        words.details(new Detail("Ended with", crash.exit()))
                                .advice(
                                        "It is started again by itself, after pauses that grow to a minute.",
                                        "To go back: johwa rollback " + where.typed()),
                        App.of(where),
                        OptionalInt.of(crash.release()));
        return Optional.of(new Meaning.Bad(new Sign(
                Kind.CRASHES,
                key,
                crash.project(),
                "",
                told,
                name + " has not ended in " + crash.environment() + " for "
                        + Kind.CRASHES.calm().toMinutes() + " minutes")));
    }

    private static Sign backup(BackupFailed failed) {
        var what = failed.what();
        var words = Words.of(what + " to " + failed.where(), "The " + what + " failed: " + failed.problem(), "")
                .details(new Detail("Place", failed.where()))
                .advice("It is tried again each quarter of an hour. By hand: johwa backup " + failed.where());
        return new Sign(
                Kind.BACKUPS,
                key(what, failed.where()),
                "",
                "",
                words,
                "The " + what + " of " + failed.where() + " went well again");
    }

    private static String key(String what, String where) {
        return "backup:" + what + ":" + where;
    }

    private static String release(String project, String environment) {
        return "release:" + project + ":" + environment;
    }

    private static String name(String project, String app) {
        return app.equals(project) ? project : project + "/" + app;
    }
}
