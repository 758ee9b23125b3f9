package dev.johwa.main;

import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.build.pipeline.RunStarted;
import dev.johwa.lib.event.Fact;
import dev.johwa.serve.backup.BackupFailed;
import dev.johwa.serve.backup.BackupRecovered;
import dev.johwa.serve.release.AppDiscarded;
import dev.johwa.serve.release.AppStarted;
import dev.johwa.serve.release.CommandRan;
import dev.johwa.serve.release.CommandStarted;
import dev.johwa.serve.release.DatabaseClosed;
import dev.johwa.serve.release.DatabaseOpened;
import dev.johwa.serve.release.DatabaseUpgraded;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentStarted;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.schedule.JobFailed;
import dev.johwa.serve.schedule.JobMissed;
import dev.johwa.serve.schedule.JobRecovered;
import dev.johwa.serve.schedule.JobResumed;
import dev.johwa.serve.schedule.JobSkipped;
import dev.johwa.source.git.Pushed;
import dev.johwa.source.host.ConnectionChanged;
import dev.johwa.source.identity.PeopleChanged;
import dev.johwa.watch.chaos.ExperimentPlayed;
import dev.johwa.watch.chaos.FaultBegun;
import dev.johwa.watch.chaos.FaultEnded;
import dev.johwa.watch.incident.IncidentEnded;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.util.List;

/// The facts that rooms keep.
final class Facts {
    static final List<Class<? extends Fact>> ALL = List.of(
            Pushed.class,
            ConnectionChanged.class,
            RunStarted.class,
            RunFinished.class,
            DeploymentStarted.class,
            DeploymentFinished.class,
            InstanceCrashed.class,
            AppStarted.class,
            CommandStarted.class,
            CommandRan.class,
            DatabaseOpened.class,
            DatabaseUpgraded.class,
            DatabaseClosed.class,
            JobFailed.class,
            JobRecovered.class,
            JobMissed.class,
            JobSkipped.class,
            JobResumed.class,
            BackupFailed.class,
            BackupRecovered.class,
            PeopleChanged.class,
            ReleaseJudged.class,
            AppDiscarded.class,
            IncidentEnded.class,
            FaultBegun.class,
            FaultEnded.class,
            ExperimentPlayed.class);

    private Facts() {}
}
