package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Jobs of apps that run at their times.
public record JobList(List<Item> jobs) {

    /// @param app `shop`, or `shop/api`
    /// @param cron its line, in the time zone `zone`
    /// @param run what runs, as it was written
    /// @param enabled whether it runs by itself there
    /// @param next when it is due next
    /// @param running the run that goes on
    /// @param last the newest that is over, or that did not start
    public record Item(
            String app,
            String environment,
            String name,
            String cron,
            String zone,
            String run,
            boolean enabled,
            List<Instant> next,
            Optional<Run> running,
            Optional<Run> last) {
        /// When it is due, for a person: a zone that is UTC goes without saying.
        public String due() {
            return zone.equals("UTC") ? cron : cron + " " + zone;
        }

        /// How often it was due since the run started that goes on; empty where it never was.
        public OptionalInt skipped() {
            return running.flatMap(
                            run -> last.filter(each -> each.state().equals("skipped") && each.number() > run.number()))
                    .map(each -> OptionalInt.of(each.times()))
                    .orElse(OptionalInt.empty());
        }
    }

    /// A run, or several times at which none started.
    ///
    /// @param state `starting`, `running`, `done`, `failed`, `stopped`; `skipped` while the one before went on,
    ///     `missed` while the server was not there
    /// @param exit how it ended, or why it did not start
    /// @param by `schedule`, or a person
    /// @param times how often it was due without starting; 1 for a run
    /// @param instance under which it printed
    public record Run(
            int number,
            String state,
            int release,
            Instant planned,
            Optional<Instant> started,
            Optional<Instant> ended,
            String exit,
            String by,
            int times,
            Optional<String> instance) {}

    /// Of one job, newest first.
    public record Runs(List<Run> runs) {}

    /// @param stopped how many runs were ended
    public record Stopped(int stopped) {}
}
