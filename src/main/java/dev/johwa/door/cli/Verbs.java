package dev.johwa.door.cli;

import dev.johwa.door.cli.local.LocalVerbs;
import java.util.List;
import java.util.stream.Stream;

/// The table of the verbs of this room, in the order of the help.
final class Verbs {
    private Verbs() {}

    static List<Verb> all() {
        return Stream.of(everyDay(), ship(), open(), give(), operate(), LocalVerbs.all().stream())
                .flatMap(verbs -> verbs)
                .toList();
    }

    private static Stream<Verb> everyDay() {
        return Stream.of(
                new Verb(Group.START, "status", "Show how apps are", StatusCommand::new),
                new Verb(Group.PROJECT, "init", "Make a folder a project with a remote named johwa", InitCommand::new),
                new Verb(
                        Group.PROJECT,
                        "connect",
                        "Follow a repository on GitHub, GitLab, Gitea or elsewhere",
                        ConnectCommands.Connect::new,
                        ConnectCommands.inner()),
                new Verb(Group.PIPELINE, "runs", "List runs", RunsCommand::new),
                new Verb(
                        Group.PIPELINE,
                        "run",
                        "Show, follow, repeat or cancel a run",
                        RunCommands.Run::new,
                        RunCommands.all()),
                new Verb(Group.LEARN, "explain", "Tell what a release did to its users", ExplainCommand::new),
                new Verb(
                        Group.LEARN,
                        "incidents",
                        "List what is wrong by its cause, silence or end it",
                        IncidentsCommands.Incidents::new,
                        IncidentsCommands.inner()),
                new Verb(
                        Group.LEARN,
                        "chaos",
                        "Break things on purpose, play experiments",
                        ChaosCommands.Chaos::new,
                        ChaosCommands.inner(LocalVerbs.chaosCheck())),
                new Verb(
                        Group.LEARN,
                        "issues",
                        "List issues, open, discuss and close them",
                        IssuesCommands.Issues::new,
                        IssuesCommands.inner()));
    }

    private static Stream<Verb> ship() {
        return Stream.of(
                new Verb(Group.SHIP, "deploy", "Make a release of what was built before", DeployCommand::new),
                new Verb(
                        Group.SHIP,
                        "apps",
                        "List apps, delete one, protect a branch",
                        AppsCommand::new,
                        List.of(
                                new Verb(Group.SHIP, "delete", "Delete an app", AppsDeleteCommand::new),
                                new Verb(Group.SHIP, "protect", "Protect a branch", AppsProtectCommand::new))),
                new Verb(Group.SHIP, "releases", "List releases", ReleasesCommand::new),
                new Verb(
                        Group.SHIP,
                        "images",
                        "List images that were pushed to the registry",
                        ImagesCommand::new,
                        List.of(
                                new Verb(Group.SHIP, "base", "Add what images stand on", ImagesBaseCommand::new),
                                new Verb(
                                        Group.SHIP, "mirror", "Pull from another registry", ImagesMirrorCommand::new))),
                new Verb(Group.SHIP, "rollback", "Go back to an earlier release", RollbackCommand::new),
                new Verb(Group.SHIP, "promote", "Take a canary on to all users", PromoteCommand::new),
                new Verb(Group.SHIP, "logs", "Show what an app printed", LogsCommand::new),
                new Verb(Group.SHIP, "exec", "Run a command within an instance that runs", ExecCommand::new),
                new Verb(Group.SHIP, "once", "Run a command once with what is live", OnceCommand::new),
                new Verb(
                        Group.SHIP,
                        "jobs",
                        "List jobs of the schedule, run one, show how they went",
                        JobsCommands.Jobs::new,
                        JobsCommands.inner()),
                new Verb(Group.SHIP, "scale", "Change how many instances run", ScaleCommand::new),
                new Verb(Group.SHIP, "restart", "Start what is live again, without a gap", RestartCommand::new));
    }

    /// Whether an app answers.
    private static Stream<Verb> open() {
        return Stream.of(
                new Verb(Group.SHIP, "wake", "Start an app that sleeps", WakeCommand::new),
                new Verb(Group.SHIP, "pause", "Let requests wait for a moment", ClosureCommands.Pause::new),
                new Verb(Group.SHIP, "resume", "Let requests go on after a pause", ClosureCommands.Resume::new),
                new Verb(
                        Group.SHIP,
                        "maintenance",
                        "Show visitors a page while you work",
                        ClosureCommands.Maintenance::new));
    }

    /// What releases are given, and what they are made of.
    private static Stream<Verb> give() {
        return Stream.of(
                new Verb(
                        Group.BUILD,
                        "artifact",
                        "Tell what a release is made of, verify it",
                        ArtifactCommands.Main::new,
                        ArtifactCommands.inner()),
                new Verb(
                        Group.SHIP,
                        "secrets",
                        "List, set and remove secrets",
                        SecretsCommands.Secrets::new,
                        SecretsCommands.inner()),
                new Verb(
                        Group.SHIP,
                        "envs",
                        "List, set and remove environment values",
                        EnvsCommands.Envs::new,
                        EnvsCommands.inner()),
                new Verb(
                        Group.SHIP,
                        "data",
                        "List, add and remove databases of apps",
                        DataCommands.Data::new,
                        DataCommands.inner()),
                new Verb(
                        Group.SHIP,
                        "domains",
                        "List, add and remove names of apps, with certificates",
                        DomainsCommands.Domains::new,
                        DomainsCommands.inner()));
    }

    private static Stream<Verb> operate() {
        return Stream.of(
                new Verb(Group.LEARN, "dora", "Show how a team delivers", DoraCommand::new),
                new Verb(Group.LEARN, "metrics", "Show what apps did to their users", MetricsCommand::new),
                new Verb(Group.LEARN, "top", "Watch how apps do now", TopCommand::new),
                new Verb(Group.LEARN, "alerts", "Show what is wrong, and what is left of budgets", AlertsCommand::new),
                new Verb(
                        Group.OPERATE,
                        "login",
                        "Keep a server and a token for later",
                        LoginCommand::new,
                        List.of(new Verb(Group.OPERATE, "git", "git", LoginGitCommand::new))),
                new Verb(Group.OPERATE, "gc", "Free what nobody needs, tell what is left", GcCommand::new),
                new Verb(
                        Group.OPERATE,
                        "backup",
                        "Copy the platform while it works, to come back from",
                        BackupCommands.Backup::new,
                        BackupCommands.inner()),
                new Verb(
                        Group.OPERATE,
                        "notify",
                        "Tell people when something goes wrong",
                        NotifyCommands.Notify::new,
                        NotifyCommands.inner()),
                new Verb(Group.OPERATE, "open", "Tell the address of an app", OpenCommand::new),
                new Verb(
                        Group.OPERATE,
                        "tokens",
                        "List, make and revoke access tokens",
                        TokensCommands.Tokens::new,
                        TokensCommands.inner()),
                new Verb(
                        Group.OPERATE,
                        "people",
                        "List, invite and remove people, change what they may do",
                        PeopleCommands.People::new,
                        PeopleCommands.inner()));
    }
}
